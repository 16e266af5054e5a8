"""Peer reviews: those everybody reads, those under way, and who could be a peer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Model, Prefetch, Q, QuerySet, When
from django.shortcuts import get_object_or_404

from benchmarking.selectors import neighbours
from platform_core.ground.registry.kinds import Counted
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import visible, visible_by
from platform_core.identity.accounts.models import User
from platform_core.people.members import people as members
from platform_core.people.members.models import Affiliation, Membership, Organisation, Stance
from platform_core.people.members.selectors import acted_for

from ..models import Finding, FollowUp, Peer, PeerReview, Recommendation, ReviewReport

LABEL, ABOUT = "pilots.peerreview", "pilots.reviews"
SUBJECTS = (
    "pilots.mechanism",
    "repository.record",
    "benchmarking.benchmark",
    "benchmarking.runfigure",
    "consultations.finding",
)
LEAST_COUNTRIES = 2
State = PeerReview.State


@dataclass
class Candidate:
    """An organisation of another country with somebody who could be asked; `place` among the regions most alike, and the
    structural `distance` of its region where a study of peers tells it."""

    organisation: Organisation
    place: int | None
    distance: float | None = None
    has_experience: bool = False
    people: list[User] = field(default_factory=list)

    @property
    def why(self) -> str:
        if self.place is not None:
            return Peer.Why.ALIKE
        return Peer.Why.EXPERTISE if self.distance is None else Peer.Why.DIFFERENT


def reviews(user) -> QuerySet[PeerReview]:
    return visible(PeerReview.objects.select_related("host", "region", "topic"), user)


def review_for(user, pk: int) -> PeerReview:
    return get_object_or_404(reviews(user), pk=pk)


def published(user, *, country: str = "", region: str = "", topic: str = "") -> QuerySet[PeerReview]:
    asked = {"region__country": country, "region__code": region, "topic": topic}
    wanted = {name: value for name, value in asked.items() if value}
    rows = reviews(user).filter(state=State.PUBLISHED, **wanted)
    done = Count("recommendations", filter=Q(recommendations__state="done"))
    return rows.annotate(done=done, advice=Count("recommendations")).order_by("-published_on", "-pk")


def under_way(user) -> QuerySet[PeerReview]:
    """What a person sees that is not published, the newest first; what was called off stands last."""
    over = Case(When(state=State.CALLED_OFF, then=1), default=0)
    return reviews(user).exclude(state=State.PUBLISHED).order_by(over, "-pk")


def peers_of(review: PeerReview) -> QuerySet[Peer]:
    return review.peers.select_related("person", "organisation__country")


def countries_of(peers) -> set[str]:
    return {peer.organisation.country_id for peer in peers if peer.state == Peer.State.ACCEPTED}


def findings_of(review: PeerReview) -> QuerySet[Finding]:
    return review.findings.all()


def recommendations_of(review: PeerReview) -> QuerySet[Recommendation]:
    return review.recommendations.select_related("owner")


def pieces(model: type[Model], user) -> QuerySet[Any]:
    """Findings, recommendations or follow-ups of the reviews a person may see."""
    rows = visible_by(model._default_manager.select_related("review"), user, PeerReview, "review_id")
    return rows.exclude(done_on=None) if model is FollowUp else rows


def recommendation_for(user, pk: int) -> Recommendation:
    rows = Recommendation.objects.select_related("review__region", "owner")
    return get_object_or_404(rows.filter(review__in=reviews(user).values("pk")), pk=pk)


def finding_for(user, pk: int) -> Finding:
    rows = Finding.objects.select_related("review")
    return get_object_or_404(rows.filter(review__in=reviews(user).values("pk")), pk=pk)


def follow_up_for(user, pk: int) -> FollowUp:
    rows = FollowUp.objects.select_related("review__host")
    return get_object_or_404(rows.filter(review__in=reviews(user).values("pk")), pk=pk)


def report_for(review: PeerReview, language: str) -> ReviewReport:
    return get_object_or_404(review.reports.select_related("file"), language=language)


def candidates(user, review: PeerReview, *, seek: str = "alike", country: str = "") -> list[Candidate]:
    """Members of other countries that share experience in the topic, or have somebody with expertise the reader may see.

    By the newest study of peers the most alike first, then those with experience; or the farthest first, where somebody
    different is sought on purpose.
    """
    alike: Sequence[str] = neighbours.peers_of(user, review.region.code) or ()
    held = Membership.objects.on(platform_day()).filter(suspended_at=None).values("organisation")
    elsewhere = Organisation.objects.filter(pk__in=held).exclude(country=review.region.country_id)
    shares = Stance.objects.filter(topic=review.topic_id, side__in=("shares", "both"))
    found: dict[int, Candidate] = {}
    rows = elsewhere.filter(pk__in=shares.values("organisation")).select_related("country", "region")
    for row in rows:
        found[row.pk] = Candidate(row, place_of(row, alike), has_experience=True)
    add_contacts(found)
    add_experts(user, review, found, set(elsewhere.values_list("pk", flat=True)), alike)
    asked = set(review.peers.values_list("person", flat=True))
    for one in found.values():
        one.people = [person for person in one.people if person.pk not in asked]
    distances = neighbours.distances_from(user, review.region.code)
    for one in found.values():
        one.distance = distances.get(one.organisation.region.code) if one.organisation.region else None
    left = [one for one in found.values() if one.people and country in ("", one.organisation.country_id)]
    return sorted(left, key=by_difference if seek == "different" else by_likeness)


def by_likeness(one: Candidate) -> tuple:
    return one.place or 999, not one.has_experience, one.organisation.sort_name


def by_difference(one: Candidate) -> tuple:
    return one.place is not None, -(one.distance or 0), one.organisation.sort_name


def place_of(organisation: Organisation, alike: Sequence[str]) -> int | None:
    code = organisation.region.code if organisation.region else ""
    return alike.index(code) + 1 if code in alike else None


def add_contacts(found: dict[int, Candidate]) -> None:
    rows = Affiliation.objects.on(platform_day()).filter(organisation__in=found, is_contact=True)
    for row in rows.filter(person__is_active=True).select_related("person"):
        found[row.organisation_id].people.append(row.person)


def add_experts(user, review: PeerReview, found: dict[int, Candidate], allowed: set[int], alike) -> None:
    """People whose name and expertise in the topic the reader may see."""
    experts = {row.person_id: row.person for row in members.people(user, topic=str(review.topic_id))}
    for pk, organisations in acted_for(experts).items():
        for organisation in organisations:
            if organisation.pk not in allowed:
                continue
            one = found.setdefault(organisation.pk, Candidate(organisation, place_of(organisation, alike)))
            one.has_experience = True
            if pk not in {person.pk for person in one.people}:
                one.people.append(experts[pk])


def due() -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(is_told=False, due_on__lte=platform_day()).select_related("review")


def whole(review: PeerReview) -> PeerReview:
    """With everything its report tells."""
    rows = PeerReview.objects.select_related("host", "region", "topic").prefetch_related(
        "findings",
        Prefetch("recommendations", Recommendation.objects.select_related("owner")),
        Prefetch("peers", Peer.objects.select_related("organisation__country").filter(state="accepted")),
    )
    return rows.get(pk=review.pk)


def counted() -> Iterator[Counted]:
    rows = PeerReview.objects.filter(state=State.PUBLISHED).select_related("region")
    for row in rows.order_by("pk"):
        yield Counted(
            thing=LABEL,
            pk=row.pk,
            key=f"peerreview:{row.pk}",
            day=row.published_on,
            organisation=row.host_id,
            country=row.region.country_id,
            region=row.region.code,
            topic=row.topic_id,
            stage="monitoring_evaluation",
        )
