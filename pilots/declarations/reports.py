from collections.abc import Collection

from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, NoticeKind, Overdue, PersonalData, Sweep, Thing
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import holders
from platform_core.identity.access.sight import people_of

from ..models import Report
from ..permissions import reports as permissions
from ..selectors import reports as selectors
from ..services import reports as services

VERBS = {
    "report_begun": _("A report of a pilot action was begun"),
    "report_kept": _("A report of a pilot action was kept"),
    "report_due": _("A report of a pilot action is due soon"),
    "report_submitted": _("A report of a pilot action was submitted"),
    "report_returned": _("A report of a pilot action was returned"),
    "report_accepted": _("A report of a pilot action was accepted"),
}


def title(report: Report) -> str:
    return gettext("%(title)s, period %(number)s") % {"title": report.pilot.title, "number": report.period.number}


def facts(event) -> tuple[dict, str]:
    found = Report.objects.select_related("pilot", "period").get(pk=event.thing_id)
    return {"title": title(found), "day": found.period.due_on}, found.get_absolute_url()


def of_lead(event) -> list[int]:
    found = Report.objects.filter(pk=event.thing_id).select_related("pilot").first()
    return sorted(people_of(f"org:{found.pilot.lead_id}", platform_day())) if found else []


def reviewers(event) -> list[int]:
    found = Report.objects.filter(pk=event.thing_id).select_related("pilot__scheme").first()
    if found is None:
        return []
    return sorted(set(holders("wg_leader", found.scope)) or people_of("role:lead_partner", platform_day()))


def late(organisations: Collection[int]) -> list[tuple]:
    words = gettext("Report of a pilot action: %(title)s, period %(number)s")
    return [
        (pilot.lead_id, words % {"title": pilot.title, "number": period.number}, period.due_on)
        for pilot, period in selectors.late_of(organisations)
    ]


about = teller(facts)
reports = [
    Overdue(code="pilots.reports", of=late),
    *permissions.RIGHTS,
    Thing(
        label=selectors.REPORT,
        name=_("Report of a pilot action"),
        title=title,
        address=lambda report: report.get_absolute_url(),
        visible=selectors.reports,
    ),
    Sweep(code="pilots.reports_due", perform=services.remind, minutes=60 * 6),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.report_due",
        name=_("A report of your pilot action is due soon"),
        verb="pilots.report_due",
        recipients=of_lead,
        content=about(_("Report due: %(title)s"), _("Please submit the report on “%(title)s” by %(day)s.")),
    ),
    NoticeKind(
        code="pilots.report_submitted",
        name=_("A report of a pilot action waits to be reviewed"),
        verb="pilots.report_submitted",
        recipients=reviewers,
        content=about(
            _("To be reviewed: %(title)s"), _("A report is in: “%(title)s”. Accept it, or return it with your reasons.")
        ),
    ),
    NoticeKind(
        code="pilots.report_returned",
        name=_("A report of your pilot action is returned"),
        verb="pilots.report_returned",
        recipients=of_lead,
        content=about(_("To be completed: %(title)s"), _("The report “%(title)s” is returned to you. Read there why.")),
    ),
    NoticeKind(
        code="pilots.report_accepted",
        name=_("A report of your pilot action is accepted"),
        verb="pilots.report_accepted",
        recipients=of_lead,
        content=about(
            _("Accepted: %(title)s"), _("The report “%(title)s” is accepted. Its figures are public from now on.")
        ),
    ),
    PersonalData(
        label=selectors.REPORT,
        fields=("submitted_by",),
        holder="submitted_by",
        purpose=_("To know who submitted a report, so that she does not review it"),
        erasure="unlink",
    ),
]
