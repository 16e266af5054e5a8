from django.db.models import Count, Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import require
from platform_core.people.members import selectors as members
from platform_core.people.members.models import Organisation

from ..models import Consultation, Invitation, InvitationLetter, Outreach, Reminder, Response


def invitations(user, consultation: Consultation, words: str = "", state: str = "") -> QuerySet[Invitation]:
    require(user, "consultations.invite", consultation)
    rows = consultation.invitations.select_related("use").order_by("email")
    if hides_use(consultation) and state in ("waiting", "answered"):
        state = ""
    if words:
        rows = rows.filter(email__icontains=words)
    return rows.filter(STATES[state]) if state in STATES else rows


STATES = {
    "unsent": Q(mails=0, declined=False),
    "waiting": Q(mails__gt=0, use__isnull=True, declined=False),
    "answered": Q(use__isnull=False),
    "declined": Q(declined=True),
}


def hides_use(consultation: Consultation) -> bool:
    """While answers come in, who has answered would tell whose the newest answer is."""
    return consultation.mode == Consultation.Mode.ANONYMOUS and consultation.state == Consultation.State.OPEN


def unanswered(consultation: Consultation) -> QuerySet[Invitation]:
    """Asked at least once, neither answered nor declined."""
    return consultation.invitations.filter(STATES["waiting"])


def next_round(consultation: Consultation) -> int:
    """The number of the reminder that comes next: 1 after the invitation."""
    written = InvitationLetter.objects.filter(invitation__consultation=consultation)
    return (written.aggregate(last=Max("round"))["last"] or 0) + 1


def invitation_counts(consultation: Consultation) -> dict[str, int]:
    wanted = {name: Count("pk", filter=state) for name, state in STATES.items()}
    return consultation.invitations.aggregate(all=Count("pk"), **wanted)


def outreach(consultation: Consultation) -> list[tuple[Outreach, int]]:
    """Links of organisations with the answers that came by each."""
    rows = consultation.outreach.select_related("organisation").order_by("organisation__sort_name")
    return with_counts(list(rows), consultation)


def with_counts(rows: list[Outreach], consultation: Consultation) -> list[tuple[Outreach, int]]:
    counted = Response.objects.filter(
        questionnaire__consultation=consultation,
        state=Response.State.COUNTED,
        channel__in=[row.code for row in rows],
    )
    found = dict(counted.order_by().values_list("channel").annotate(Count("pk")))
    return [(row, found.get(row.code, 0)) for row in rows]


def own_outreach(user, consultation: Consultation) -> list[tuple[Outreach, int]]:
    """The links of the organisations a person acts for."""
    if not user.is_authenticated:
        return []
    organisation = members.acts_for(user.pk)
    rows = consultation.outreach.filter(organisation=organisation).select_related("organisation")
    return with_counts(list(rows), consultation) if organisation else []


def link_for(consultation: Consultation, code: str) -> Outreach:
    return get_object_or_404(consultation.outreach.select_related("organisation"), code=code)


def reminder_for(consultation: Consultation, pk: int) -> Reminder:
    return get_object_or_404(consultation.reminders, pk=pk)


def organisations_without_link(user, consultation: Consultation) -> QuerySet[Organisation]:
    held = consultation.outreach.values("organisation")
    return members.organisations(user).exclude(pk__in=held)
