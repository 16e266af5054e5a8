from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    JobKind,
    NoticeKind,
    Panel,
    PersonalData,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of

from ..demonstration import final_reports as demonstration
from ..models import FinalReport
from ..permissions import final_reports as permissions
from ..selectors import final_reports as selectors
from ..services.final_reports import KIND

SHOWN = 6
VERBS = {
    "final_report_begun": _("The final report of a working group was begun"),
    "report_assembled": _("A final report was put together anew"),
    "report_written": _("A part of a final report was written"),
    "report_section_removed": _("A part of a final report was removed"),
    "report_files_asked": _("The files of a final report were asked for"),
    "report_files_made": _("The files of a final report were made"),
    "report_final": _("A report of a working group became final"),
}


def group_of(event) -> set[int]:
    found = FinalReport.objects.filter(pk=event.thing_id).first()
    return people_of(found.scope, platform_day()) if found else set()


def facts(event) -> tuple[dict, str]:
    found = FinalReport.objects.get(pk=event.thing_id)
    return {"title": found.title}, found.get_absolute_url()


def of_the_app(request, **subject) -> dict | None:
    rows, own = list(selectors.listed(request.user)[:SHOWN]), selectors.may_begin(request.user)
    return {"reports": rows, "groups": own} if rows or own else None


final_reports = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Final report of a working group"),
        title=lambda report: report.title,
        address=lambda report: report.get_absolute_url(),
        visible=selectors.final_reports,
        public=True,
        route="pilots:final_report",
    ),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.report_final",
        name=_("The final report of your group is final"),
        verb="pilots.report_final",
        recipients=group_of,
        content=teller(facts)(_("Final: %(title)s"), _("“%(title)s” is final; everybody can read it.")),
        pace="daily",
    ),
    JobKind(code=KIND, name=_("Writing the files of a final report"), perform="pilots.services.final_reports.make"),
    Panel(place="pilots.index", order=60, template="pilots/panel_final_reports.html", context=of_the_app),
    Demonstration(order=68, load=demonstration.load),
    PersonalData(
        label=selectors.LABEL,
        fields=("begun_by", "title"),
        holder="begun_by",
        purpose=_("To know who began a final report"),
        erasure="unlink",
    ),
    PersonalData(
        label="pilots.reportsection",
        fields=("heading", "text"),
        holder="",
        purpose=_("To keep what a working group reports"),
        erasure="keep",
    ),
]
