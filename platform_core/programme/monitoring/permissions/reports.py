from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .indicators import LEAD


def own(narrative) -> list[str]:
    return [f"org:{narrative.organisation_id}"]


RIGHTS = [
    Right(code="monitoring.view_report", name=_("See the report of a period"), who=("audience",)),
    Right(
        code="monitoring.make_report",
        name=_("Begin the report of a period, freeze its figures and open it again"),
        who=(LEAD,),
        states=("open", "frozen"),
    ),
    Right(
        code="monitoring.file_report",
        name=_("Have the files of an approved report made in every language"),
        who=(LEAD,),
        states=("approved",),
    ),
    Right(
        code="monitoring.write_narrative",
        name=_("Write what one's organisation did in a period"),
        who=("named",),
        named=own,
        states=("open",),
    ),
    Right(
        code="monitoring.approve_report",
        name=_("Approve the report of a period, for everybody to read"),
        who=(LEAD,),
        decides=True,
        states=("frozen",),
    ),
]
