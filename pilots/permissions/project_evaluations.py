from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEAD = "role:lead_partner"
WRITERS = (LEAD, "role:wp_coordinator")


def owners(recommendation) -> list[str]:
    return [LEAD, f"org:{recommendation.owner_id}"]


RIGHTS = [
    Right(code="pilots.view_project_evaluation", name=_("See an evaluation of the project"), who=("audience",)),
    Right(
        code="pilots.read_project_findings",
        name=_("Read what an evaluation of the project found before it is published"),
        who=("members", *WRITERS),
    ),
    Right(code="pilots.write_project_evaluation", name=_("Write an evaluation of the project"), who=WRITERS),
    Right(
        code="pilots.publish_evaluation_report",
        name=_("Publish a report of an evaluation of the project"),
        who=(LEAD,),
        decides=True,
        states=("draft",),
    ),
    Right(
        code="pilots.follow_recommendation",
        name=_("Say what was done about a recommendation"),
        who=("named",),
        named=owners,
    ),
]
