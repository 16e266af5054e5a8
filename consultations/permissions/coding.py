from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .consultations import RUNNERS, scope
from .findings import WRITERS
from .texts import OVER

RIGHTS = [
    Right(
        code="consultations.code_texts",
        name=_("Give codes to what people wrote in a consultation"),
        who=WRITERS,
        scope=scope,
        states=OVER,
    ),
    Right(
        code="consultations.publish_coding",
        name=_("Publish how often codes were given"),
        who=RUNNERS,
        scope=scope,
        decides=True,
        states=OVER,
    ),
]
