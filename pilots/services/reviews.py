"""A peer review from its application to its report."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.ground.vocabulary.days import later, platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import holders, require
from platform_core.identity.accounts.services import wait_for_turn
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import own_organisations

from ..models import FollowUp, Peer, PeerReview
from ..selectors import reviews as selectors
from .unsent import delete_unsent

State = PeerReview.State


def locked(review: PeerReview) -> PeerReview:
    return PeerReview.objects.select_for_update(of=("self",)).get(pk=review.pk)


def share(review: PeerReview) -> None:
    """The host while it is written; then who decides and the peers; everybody once it is published."""
    if review.state == State.PUBLISHED:
        access.set_audience(review, {PUBLIC})
        return
    people = review.peers.exclude(state=Peer.State.DECLINED).exclude(person=None).values_list("person", flat=True)
    keys = {f"org:{review.host_id}", "role:lead_partner", *(f"person:{pk}" for pk in people)}
    access.set_audience(review, keys | ({f"role:wg_leader@{review.scope}"} if review.state != State.DRAFT else set()))


def handler(review: PeerReview) -> str:
    """The leader of the topic's group decides; the lead partner where there is none or the leader is of the host."""
    leaders = set(holders("wg_leader", review.scope))
    own = set(review.host.affiliations.values_list("person", flat=True))
    return f"role:wg_leader@{review.scope}" if leaders - own else "role:lead_partner"


@transaction.atomic
def begin(host: Organisation, *, by, key: str = "", **fields) -> PeerReview:
    require(by, "pilots.apply_for_review")
    wait_for_turn(by)
    if not own_organisations(by).filter(pk=host.pk).exists():
        raise PermissionDenied
    if key and (held := PeerReview.objects.filter(host=host, key=key).first()):
        return held
    made = PeerReview(host=host, applied_by=by, key=key)
    keep(made, fields, by)
    audit.record("pilots.review_begun", made, by=by)
    return made


def keep(review: PeerReview, fields: dict, by) -> None:
    for name, value in fields.items():
        setattr(review, name, value)
    if review.host.country_id != review.region.country_id:
        raise ValidationError({"region": _("The region has to be one of the country of the host.")})
    review.full_clean(exclude=["key"])
    review.save()
    share(review)
    note_translations(review, by=by)


@transaction.atomic
def change(review: PeerReview, *, by, **fields) -> PeerReview:
    review = locked(review)
    require(by, "pilots.change_review", review)
    keep(review, fields, by)
    audit.record("pilots.review_changed", review, by=by)
    return review


def delete(review: PeerReview, *, by) -> None:
    """A draft nobody was ever asked to decide on."""
    delete_unsent(review, "pilots.change_review", verb="pilots.review_deleted", by=by)


@transaction.atomic
def apply(review: PeerReview, *, by) -> PeerReview:
    """Send the application: a case opens with who decides."""
    review = locked(review)
    require(by, "pilots.change_review", review)
    move(review, State.APPLIED)
    audit.record("pilots.review_applied", review, by=by)
    return review


def move(review: PeerReview, state: str, reason: str = "") -> None:
    review.state, review.reason = state, reason
    review.save(update_fields=["state", "reason"])
    share(review)


@transaction.atomic
def accept(review: PeerReview, *, by, reason: str = "") -> PeerReview:
    """Eligible: peers can be found now. Nobody decides on an application of her own organisation."""
    review = locked(review)
    require(by, "pilots.decide_review", review)
    demand_distance(review, by)
    move(review, State.ELIGIBLE)
    audit.record("pilots.review_accepted", review, by=by)
    return review


def demand_distance(review: PeerReview, by) -> None:
    if own_organisations(by).filter(pk=review.host_id).exists():
        raise ValidationError(_("You act for the host: somebody else decides."))


@transaction.atomic
def refuse(review: PeerReview, *, by, reason: str) -> PeerReview:
    review = locked(review)
    require(by, "pilots.decide_review", review)
    demand_distance(review, by)
    move(review, State.REFUSED, reason)
    audit.record("pilots.review_refused", review, by=by)
    return review


@transaction.atomic
def take_back(review: PeerReview, *, by) -> PeerReview:
    review = locked(review)
    if review.state == State.APPLIED:
        move(review, State.DRAFT)
        audit.record("pilots.review_taken_back", review, by=by)
    return review


@transaction.atomic
def invite(review: PeerReview, person, why: str, *, by) -> Peer:
    """One of the candidates; she answers in her inbox."""
    review = locked(review)
    require(by, "pilots.invite_peers", review)
    demand_distance(review, by)
    if held := review.peers.filter(person=person).first():
        return held
    rows = selectors.candidates(by, review)
    organisation = next((one.organisation for one in rows if person.pk in {held.pk for held in one.people}), None)
    if organisation is None:
        raise ValidationError({"person": _("This person cannot be a peer of this review.")})
    made = Peer(review=review, person=person, organisation=organisation, why=why)
    made.full_clean()
    made.save()
    share(review)
    audit.record("pilots.peer_invited", made, by=by)
    return made


@transaction.atomic
def join(peer: Peer, *, by, reason: str = "") -> Peer:
    answer(peer, Peer.State.ACCEPTED, reason)
    audit.record("pilots.peer_joined", peer.review, by=by, peer=peer.pk)
    return peer


@transaction.atomic
def decline(peer: Peer, *, by, reason: str = "") -> Peer:
    answer(peer, Peer.State.DECLINED, reason)
    audit.record("pilots.peer_declined", peer.review, by=by, peer=peer.pk)
    return peer


def answer(peer: Peer, state: str, reason: str) -> None:
    review = locked(peer.review)
    if review.state not in (State.ELIGIBLE, State.PLANNED):
        raise ValidationError(_("This review is over."))
    peer.state, peer.reason = state, reason
    peer.save(update_fields=["state", "reason"])
    share(review)


@transaction.atomic
def take_back_invitation(peer: Peer, *, by) -> None:
    """The invitation was withdrawn before it was answered."""
    review = locked(peer.review)
    peer.state = Peer.State.DECLINED
    peer.save(update_fields=["state"])
    share(review)
    audit.record("pilots.peer_declined", review, by=by, peer=peer.pk)


@transaction.atomic
def plan(review: PeerReview, first_day: date, place: str, agenda: list, language: str, *, by) -> PeerReview:
    """Fix the two days, once peers of two other countries at least take part."""
    review = locked(review)
    require(by, "pilots.invite_peers", review)
    countries = selectors.countries_of(selectors.peers_of(review))
    if len(countries - {review.region.country_id}) < selectors.LEAST_COUNTRIES:
        raise ValidationError(_("Peers of at least two other countries have to take part first."))
    if len(agenda) != 2 or not all(agenda):
        raise ValidationError(_("Please give an agenda for both days."))
    review.first_day, review.place, review.agenda, review.language = first_day, place, agenda, language
    review.state = State.PLANNED
    review.save()
    share(review)
    audit.record("pilots.review_planned", review, by=by)
    return review


@transaction.atomic
def call_off(review: PeerReview, *, by, reason: str) -> PeerReview:
    """It does not take place: host and peers are told why, and who was invited need not answer any more."""
    review = locked(review)
    require(by, "pilots.call_off_review", review)
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons.")})
    move(review, State.CALLED_OFF, reason.strip())
    for peer in review.peers.filter(state=Peer.State.INVITED):
        cases.end_about(peer, by=by)
    audit.record("pilots.review_called_off", review, by=by)
    return review


@transaction.atomic
def publish(review: PeerReview, *, by) -> PeerReview:
    """For everybody from now on; the host is asked after 6 and 12 months what became of it."""
    review = locked(review)
    require(by, "pilots.publish_review", review)
    demand_distance(review, by)
    demand_complete(review)
    today = platform_day()
    review.state, review.published_on = State.PUBLISHED, today
    review.save()
    share(review)
    FollowUp.objects.bulk_create(
        FollowUp(review=review, months=n, due_on=later(today, n)) for n in FollowUp.Months.values
    )
    audit.record("pilots.review_published", review, by=by)
    return review


def demand_complete(review: PeerReview) -> None:
    if review.first_day and review.first_day >= platform_day():
        raise ValidationError(_("It has not taken place yet."))
    if not review.summary:
        raise ValidationError(_("Say in short what was found before it is published."))
    if not review.findings.exists() or not review.recommendations.exists():
        raise ValidationError(_("A report has at least one finding and one recommendation."))
