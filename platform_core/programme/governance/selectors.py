import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import visible
from platform_core.people.members.models import Affiliation, Membership, Organisation, Tier

from .models import Body, Decision, Document, Opinion, Proxy, SecretVote, Vote

State = Decision.State
RUNNING = (State.DRAFT, State.DISCUSSION, State.OPEN)


@dataclass(frozen=True)
class Member:
    person: str
    organisation: Organisation | None
    begins: object
    ends: object


def bodies() -> QuerySet[Body]:
    return Body.objects.all()


def members_of(user, body: Body) -> list[Member]:
    """Who sits in a committee today; names for those who may see contacts, organisations for everyone."""
    held = list(RoleAssignment.objects.on(timezone.localdate()).filter(role=body.role).select_related("person"))
    acts_for = organisations_of([seat.person_id for seat in held])
    named = user.has_perm("members.view_contacts")
    rows = [
        Member(str(seat.person) if named else "", acts_for.get(seat.person_id), seat.begins, seat.ends) for seat in held
    ]
    return sorted(rows, key=lambda member: (str(member.organisation or ""), member.person))


def organisations_of(people: list[int]) -> dict[int, Organisation]:
    """The full member each person acts for today; of several the one of the oldest affiliation."""
    today = timezone.localdate()
    full = Membership.objects.on(today).filter(tier=Tier.FULL).values("organisation")
    rows = Affiliation.objects.on(today).filter(person__in=people, organisation__in=full).select_related("organisation")
    return {row.person_id: row.organisation for row in rows.order_by("-begins", "-pk")}


def eligible_organisations() -> list[int]:
    """The full members of today, one vote each; a suspended membership has none."""
    full = Membership.objects.on(timezone.localdate()).filter(tier=Tier.FULL, suspended_at=None)
    return sorted(full.values_list("organisation_id", flat=True))


def decisions(user) -> QuerySet[Decision]:
    return visible(Decision.objects.select_related("body"), user)


def register(user, *, body: str = "", words: str = "", year: str = "") -> QuerySet[Decision]:
    """What was decided, the newest first."""
    rows = decisions(user).filter(state=State.DECIDED)
    if body:
        rows = rows.filter(body=body)
    if re.fullmatch(r"20\d\d", year):
        rows = rows.filter(closed_at__year=int(year))
    if words:
        rows = rows.filter(Q(number__icontains=words) | Q(title__icontains=words) | Q(text__icontains=words))
    return rows.order_by("-closed_at", "-pk")


def running(user) -> QuerySet[Decision]:
    """What is prepared, discussed or voted on, the one that closes first on top."""
    return decisions(user).filter(state__in=RUNNING).prefetch_related("proxies").order_by("closes_at", "-pk")


def decision_for(user, pk: int) -> Decision:
    return get_object_or_404(decisions(user).prefetch_related("proxies__person"), pk=pk)


def documents(decision: Decision) -> list[tuple[Document, str]]:
    """With the names of their languages."""
    rows = decision.documents.select_related("file")
    return [(document, native_name(interface_code(document.language))) for document in rows]


def document_for(user, pk: int, document: int) -> Document:
    return get_object_or_404(decision_for(user, pk).documents.select_related("file"), pk=document)


def seat_of(user, role: str) -> set[int]:
    """The one organisation for which a person sits in a committee; none when she has no seat. Asked once per request."""
    held = user.__dict__.setdefault("_seats", {})
    if role not in held:
        seated = RoleAssignment.objects.on(timezone.localdate()).filter(person=user.pk, role=role).exists()
        held[role] = {one.pk for one in organisations_of([user.pk]).values()} if seated else set()
    return held[role]


def votes_for(user, decision: Decision) -> list[Organisation]:
    """The organisations a person may vote for now: those she is the delegate of, and those that named her."""
    if not user.has_perm("governance.cast_vote", decision):
        return []
    proxies = list(decision.proxies.all())
    found = seat_of(user, decision.body.role) - {proxy.organisation_id for proxy in proxies}
    found |= {proxy.organisation_id for proxy in proxies if proxy.person_id == user.pk}
    return list(Organisation.objects.filter(pk__in=found & set(decision.eligible)).order_by("sort_name"))


def own_proxies(user, decision: Decision) -> list[tuple[Organisation, Proxy | None]]:
    """The organisations a person may name a proxy for, with the one they have."""
    looks_after = Affiliation.objects.on(timezone.localdate()).filter(person=user.pk, is_admin=True)
    speaks = seat_of(user, decision.body.role) | set(looks_after.values_list("organisation_id", flat=True))
    named = {proxy.organisation_id: proxy for proxy in decision.proxies.select_related("person")}
    rows = Organisation.objects.filter(pk__in=speaks & set(decision.eligible)).order_by("sort_name")
    return [(organisation, named.get(organisation.pk)) for organisation in rows]


def vote_of(decision: Decision, organisation: Organisation) -> Vote | None:
    return Vote.objects.filter(decision=decision, organisation=organisation).first()


def voted(decision: Decision) -> set[int]:
    """Organisations that have voted."""
    rows = decision.participations if decision.is_secret else decision.votes
    return set(rows.values_list("organisation_id", flat=True))


def choices_cast(decision: Decision) -> list:
    """What was voted, in an order that tells nothing of who and when."""
    rows = SecretVote.objects.filter(decision=decision) if decision.is_secret else decision.votes
    return list(rows.order_by("receipt").values_list("choice", flat=True))


def receipts(decision: Decision) -> list[tuple[str, object]]:
    rows = SecretVote.objects.filter(decision=decision) if decision.is_secret else decision.votes
    return list(rows.order_by("receipt").values_list("receipt", "choice"))


def public_votes(decision: Decision) -> list[Vote]:
    """Who voted how, in an open ballot that is closed."""
    if decision.is_secret or decision.state != State.DECIDED:
        return []
    return list(decision.votes.select_related("organisation").order_by("organisation__sort_name"))


def due() -> QuerySet[Decision]:
    return Decision.objects.filter(state=State.OPEN, closes_at__lte=timezone.now())


def to_remind(days: int) -> QuerySet[Decision]:
    soon = timezone.now() + timedelta(days=days)
    return Decision.objects.filter(state=State.OPEN, reminded=False, closes_at__lte=soon, closes_at__gt=timezone.now())


def delegates(decision: Decision, *, only_missing: bool = False) -> list[int]:
    """Who casts the votes of the eligible organisations: proxies where named, else the delegates."""
    held = RoleAssignment.objects.on(timezone.localdate()).filter(role=decision.body.role)
    acts_for = organisations_of(list(held.values_list("person_id", flat=True)))
    wanted = set(decision.eligible) - (voted(decision) if only_missing else set())
    named = {proxy.organisation_id: proxy.person_id for proxy in decision.proxies.all()}
    people = {named[pk] for pk in wanted if pk in named}
    return sorted(people | {pk for pk, one in acts_for.items() if one.pk in wanted and one.pk not in named})


def opinions() -> QuerySet[Opinion]:
    return Opinion.objects.exclude(verdict="").order_by("-pk")
