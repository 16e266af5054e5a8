from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, NoticeKind, PersonalData, Thing
from platform_core.ground.texts.notices import teller
from platform_core.identity.access.selectors import holders

from ..models import ManualEvidence
from ..selectors import handing_in as selectors
from ..selectors.evidence import MANUAL


def leaders(event) -> list[int]:
    return holders("lead_partner")


def proposer(event) -> list[int]:
    found = ManualEvidence.objects.filter(pk=event.thing_id, proposed_by__isnull=False)
    return list(found.values_list("proposed_by", flat=True))


def facts(event) -> tuple[dict, str]:
    found = ManualEvidence.objects.select_related("indicator").get(pk=event.thing_id)
    return {"title": found.title, "indicator": found.indicator.name}, found.get_absolute_url()


about = teller(facts)
handing_in = [
    Thing(
        label=MANUAL,
        name=_("Evidence handed in"),
        title=lambda found: found.title,
        address=lambda found: found.get_absolute_url(),
        visible=selectors.handed_in,
        route="monitoring:handed_in",
    ),
    EventKind(verb="monitoring.evidence_handed_in", name=_("Evidence was handed in")),
    EventKind(verb="monitoring.evidence_taken_back", name=_("Evidence was taken back")),
    EventKind(verb="monitoring.evidence_approved", name=_("Evidence was approved")),
    EventKind(verb="monitoring.evidence_declined", name=_("Evidence was not accepted")),
    EventKind(verb="monitoring.evidence_withdrawn", name=_("Approved evidence was withdrawn")),
    NoticeKind(
        code="monitoring.evidence_handed_in",
        name=_("Evidence waits for you"),
        verb="monitoring.evidence_handed_in",
        recipients=leaders,
        content=about(
            _("Evidence to decide on: %(title)s"), _("“%(title)s” was handed in for the indicator “%(indicator)s”.")
        ),
    ),
    NoticeKind(
        code="monitoring.evidence_approved",
        name=_("Your evidence is approved"),
        verb="monitoring.evidence_approved",
        recipients=proposer,
        content=about(_("Approved: %(title)s"), _("“%(title)s” counts now for the indicator “%(indicator)s”.")),
    ),
    NoticeKind(
        code="monitoring.evidence_declined",
        name=_("Your evidence is not accepted"),
        verb="monitoring.evidence_declined",
        recipients=proposer,
        content=about(
            _("Not accepted: %(title)s"),
            _("“%(title)s” does not count for the indicator “%(indicator)s”. The reasons stand beside it."),
        ),
    ),
    NoticeKind(
        code="monitoring.evidence_withdrawn",
        name=_("Your evidence counts no more"),
        verb="monitoring.evidence_withdrawn",
        recipients=proposer,
        content=about(
            _("Withdrawn: %(title)s"),
            _("“%(title)s” counts no more for the indicator “%(indicator)s”. The reasons stand beside it."),
        ),
    ),
    PersonalData(
        label=MANUAL,
        fields=("title", "text", "file_name", "proposed_by"),
        holder="proposed_by",
        purpose=_("To say who handed in evidence for an indicator of the programme"),
        erasure="unlink",
    ),
]
