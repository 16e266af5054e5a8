from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .consultations import RUNNERS, scope

RIGHTS = [
    Right(code="consultations.export", name=_("Take a consultation's answers as files"), who=RUNNERS, scope=scope),
    Right(
        code="consultations.export_people",
        name=_("Take answers given with name as files with names"),
        who=RUNNERS,
        scope=scope,
        decides=True,
    ),
    Right(
        code="consultations.import_questions",
        name=_("Bring a questionnaire from a file"),
        who=RUNNERS,
        scope=scope,
        states=("draft", "open"),
    ),
    Right(
        code="consultations.import_answers",
        name=_("Bring answers from a file"),
        who=RUNNERS,
        scope=scope,
        states=("open", "closed"),
    ),
]
