from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, JobKind, NoticeKind, PersonalData, Thing
from platform_core.ground.texts.notices import teller
from platform_core.people.members.models import Affiliation

from ..models import PeriodReport
from ..selectors import reports as selectors
from ..selectors.indicators import full_members
from ..services import reports as services

VERBS = {
    "report_begun": _("The report of a period was begun"),
    "report_changed": _("The report of a period was written on"),
    "freeze_asked": _("The figures of a report were to be frozen"),
    "report_frozen": _("The figures of a report were frozen"),
    "report_reopened": _("The report of a period was opened again"),
    "report_approved": _("The report of a period was approved"),
    "files_asked": _("The files of a report were asked for"),
    "report_filed": _("The files of a report were made"),
}


def title(report: PeriodReport) -> str:
    return gettext("Report of period %(number)s") % {"number": report.period.code}


def contacts(event) -> list[int]:
    rows = Affiliation.objects.filter(organisation__in=full_members(), is_contact=True, ends__isnull=True)
    return sorted(set(rows.values_list("person", flat=True)))


def facts(event) -> tuple[dict, str]:
    found = PeriodReport.objects.select_related("period").get(pk=event.thing_id)
    return {"title": title(found)}, found.get_absolute_url()


about = teller(facts)
reports = [
    Thing(
        label=selectors.LABEL,
        name=_("Report of a period"),
        title=title,
        address=lambda found: found.get_absolute_url(),
        visible=selectors.reports,
    ),
    *(EventKind(verb=f"monitoring.{verb}", name=name) for verb, name in VERBS.items()),
    JobKind(
        code=services.FREEZE,
        name=_("Freezing the figures of a report"),
        perform="platform_core.programme.monitoring.services.reports.freeze",
    ),
    JobKind(
        code=services.FILES,
        name=_("Making the files of a report"),
        perform="platform_core.programme.monitoring.paper.make",
    ),
    NoticeKind(
        code="monitoring.report_begun",
        name=_("A period is to be reported"),
        verb="monitoring.report_begun",
        recipients=contacts,
        content=about(_("%(title)s: your part"), _("Please tell there what your organisation did in this period.")),
    ),
    NoticeKind(
        code="monitoring.report_approved",
        name=_("The report of a period is approved"),
        verb="monitoring.report_approved",
        recipients=contacts,
        content=about(_("Approved: %(title)s"), _("Everybody can read it, with the evidence behind every number.")),
        pace="daily",
    ),
    PersonalData(
        label="monitoring.narrative",
        fields=("text", "written_by"),
        holder="written_by",
        purpose=_("To say who wrote for a partner in the report of a period"),
        erasure="unlink",
    ),
]
