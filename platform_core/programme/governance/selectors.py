import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from platform_core.ground.registry.catalogue import label_of, thing_kind
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import visible
from platform_core.people.members.models import Affiliation, Membership, Organisation, Tier
from platform_core.people.members.selectors import acting_for

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


def committees() -> QuerySet[Body]:
    """Those of the whole partnership, without those of its groups."""
    return Body.objects.filter(scope="")


def body_of(scope: str) -> Body | None:
    """What decides within a scope."""
    return Body.objects.filter(scope=scope).first()


def open_to_proposals(user) -> QuerySet[Body]:
    """The committees a person may propose something to."""
    return Body.objects.filter(pk__in=[body.pk for body in bodies() if user.has_perm("governance.propose", body)])


def seats(body: Body, day: date | None = None) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.on(day or platform_day()).filter(role__in=body.roles, scope=body.scope)


def members_of(user, body: Body) -> list[Member]:
    """Who sits in a committee today; names for those who may see contacts, organisations for everyone."""
    held = list(seats(body).select_related("person"))
    acts_for = acting_for([seat.person_id for seat in held], full=True)
    named = user.has_perm("members.view_contacts")
    rows = [
        Member(str(seat.person) if named else "", acts_for.get(seat.person_id), seat.begins, seat.ends) for seat in held
    ]
    return sorted(rows, key=lambda member: (str(member.organisation or ""), member.person))


def eligible_organisations(body: Body, day: date | None = None) -> list[int]:
    """The full members of a day, today, one vote each; a suspended membership has none. Of a group those that sit in it."""
    day = day or platform_day()
    full = Membership.objects.on(day).filter(tier=Tier.FULL).exclude(suspended_at__date__lte=day)
    found = set(full.values_list("organisation_id", flat=True))
    if body.scope:
        seated = seats(body, day).values_list("person_id", flat=True)
        found &= {one.pk for one in acting_for(seated, day, full=True).values()}
    return sorted(found)


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


def taken_at(user, thing: Model) -> QuerySet[Decision]:
    """What was decided at a thing, such as a meeting, as far as a person may see it."""
    return decisions(user).filter(origin_thing=label_of(thing), origin_id=thing.pk).order_by("pk")


def running(user, *, body: str = "") -> QuerySet[Decision]:
    """What is prepared, discussed or voted on, the one that closes first on top."""
    rows = decisions(user).filter(state__in=RUNNING)
    rows = rows.filter(body=body) if body else rows
    return rows.prefetch_related("proxies").order_by("closes_at", "-pk")


def decision_for(user, pk: int) -> Decision:
    return get_object_or_404(decisions(user).prefetch_related("proxies__person"), pk=pk)


def documents(decision: Decision) -> list[tuple[Document, str]]:
    """With the names of their languages."""
    rows = decision.documents.select_related("file")
    return [(document, native_name(interface_code(document.language))) for document in rows]


def document_for(user, pk: int, document: int) -> Document:
    return get_object_or_404(decision_for(user, pk).documents.select_related("file"), pk=document)


def seat_of(user, body: Body) -> set[int]:
    """The one organisation for which a person sits in a committee; none when she has no seat. Asked once per request."""
    held = user.__dict__.setdefault("_seats", {})
    if body.pk not in held:
        seated = seats(body).filter(person=user.pk).exists()
        held[body.pk] = {one.pk for one in acting_for([user.pk], full=True).values()} if seated else set()
    return held[body.pk]


def votes_for(user, decision: Decision) -> list[Organisation]:
    """The organisations a person may vote for now: those she is the delegate of, and those that named her."""
    if not user.has_perm("governance.cast_vote", decision):
        return []
    proxies = list(decision.proxies.all())
    found = seat_of(user, decision.body) - {proxy.organisation_id for proxy in proxies}
    found |= {proxy.organisation_id for proxy in proxies if proxy.person_id == user.pk}
    return list(Organisation.objects.filter(pk__in=found & set(decision.eligible)).order_by("sort_name"))


def own_proxies(user, decision: Decision) -> list[tuple[Organisation, Proxy | None]]:
    """The organisations a person may name a proxy for, with the one they have."""
    looks_after = Affiliation.objects.on(platform_day()).filter(person=user.pk, is_admin=True)
    speaks = seat_of(user, decision.body) | set(looks_after.values_list("organisation_id", flat=True))
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
    """Who casts the votes of the eligible organisations: proxies where named, else the delegates. Before the vote is open,
    those are eligible that would be if it were opened now.
    """
    held = seats(decision.body)
    acts_for = acting_for(held.values_list("person_id", flat=True), full=True)
    before = decision.state in (State.DRAFT, State.DISCUSSION)
    eligible = eligible_organisations(decision.body) if before else decision.eligible
    wanted = set(eligible) - (voted(decision) if only_missing else set())
    named = {proxy.organisation_id: proxy.person_id for proxy in decision.proxies.all()}
    people = {named[pk] for pk in wanted if pk in named}
    return sorted(people | {pk for pk, one in acts_for.items() if one.pk in wanted and one.pk not in named})


def opinions() -> QuerySet[Opinion]:
    return Opinion.objects.exclude(verdict="").order_by("-pk")


def origin_of(user, decision: Decision) -> tuple[str, str] | None:
    """Title and address of what a decision was taken at, for those who may see it."""
    kind = thing_kind(decision.origin_thing) if decision.origin_thing else None
    thing = kind.visible(user).filter(pk=decision.origin_id).first() if kind else None
    return (str(kind.title(thing)), kind.address(thing)) if kind and thing else None
