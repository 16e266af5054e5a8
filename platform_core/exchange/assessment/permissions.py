from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right


def handler(assessment) -> list[str]:
    return [assessment.handler]


RIGHTS = [
    Right(code="assessment.view_assessment", name=_("See an assessment"), who=("audience",)),
    Right(
        code="assessment.conclude",
        name=_("Conclude an assessment, ask further evaluators, abandon it"),
        who=("named",),
        decides=True,
        states=("open",),
        named=handler,
    ),
    Right(
        code="assessment.evaluate",
        name=_("Evaluate by a criteria grid"),
        who=("owner",),
        decides=True,
        states=("asked", "begun"),
        owner=lambda evaluation: evaluation.evaluator_id,
    ),
]
