from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .consultations import RUNNERS, scope

OVER = ("closed", "published")

RIGHTS = [
    Right(
        code="consultations.read_texts",
        name=_("Read what people wrote in a consultation"),
        who=RUNNERS,
        scope=scope,
        states=OVER,
    ),
    Right(
        code="consultations.release_quotes",
        name=_("Release words people wrote, to be read by everybody"),
        who=RUNNERS,
        scope=scope,
        decides=True,
        states=OVER,
    ),
]
