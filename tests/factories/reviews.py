"""Peer reviews at every stage."""

from datetime import timedelta

from django.utils import timezone

from pilots.models import Peer, PeerReview
from pilots.services import review_results as results, reviews as services
from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members import services as members
from platform_core.people.members.models import Stance
from tests.factories.changes import own
from tests.people import add_organisation, add_person
from tests.settling import settle

AGENDA = [[["09:00", "Welcome"]], [["09:00", "Recommendations"]]]


def begun(by, title: str = "Which field suits us?", **fields) -> PeerReview:
    given = {
        "title": {"en": title},
        "question": {"en": "Which field of health?"},
        "background": {"en": "One branch is not enough."},
        "region": vocabulary.region("AT12"),
        "topic": vocabulary.topic(4),
    }
    return services.begin(own(by), by=by, **{**given, **fields})


def case_about(thing) -> Case:
    return Case.objects.filter(thing=thing._meta.label_lower, object_id=thing.pk).latest("pk")


def applied(by, **fields) -> PeerReview:
    made = services.apply(begun(by, **fields), by=by)
    settle()
    return made


def eligible(people, **fields) -> PeerReview:
    """Marko's organisation asks, wanda decides."""
    made = applied(people.marko, **fields)
    cases.answer(case_about(made), "eligible", by=people.wanda, reason="A good question.")
    settle()
    return PeerReview.objects.get(pk=made.pk)


def peer(name: str, country: str, *, region: str = "", tier: str = "full"):
    """Somebody of another country whose organisation shares experience in topic 4."""
    organisation = add_organisation(f"org-{name}", tier=tier, country=country)
    if region:
        organisation.region = vocabulary.region(region)
        organisation.save()
    person = add_person(name)
    members.affiliate(person, organisation, is_contact=True)
    Stance.objects.create(organisation=organisation, topic_id=4, side="shares")
    return person


def joined(people, review: PeerReview, person, answer: str = "join") -> Peer:
    made = services.invite(review, person, "expertise", by=people.wanda)
    settle()
    cases.answer(case_about(made), answer, by=person, reason="Gladly.")
    settle()
    return Peer.objects.get(pk=made.pk)


def planned(people, **fields) -> PeerReview:
    """Held yesterday by zora of Slovenia and hugo of Hungary."""
    made = eligible(people, **fields)
    for name, country in (("zora", "SI"), ("hugo", "HU")):
        held = Peer.objects.filter(person__name=name.title()).first()
        joined(people, made, held.person if held else peer(name, country))
    first = timezone.localdate() - timedelta(days=2)
    return services.plan(made, first, "St. Pölten", AGENDA, "en", by=people.wanda)


def written(people, **fields) -> PeerReview:
    made = planned(people, **fields)
    results.summarise(made, {"en": "One field is enough."}, by=people.marko)
    results.find(made, {"en": "Health is too wide."}, by=people.marko)
    recommended(made, people.marko)
    return PeerReview.objects.get(pk=made.pk)


def recommended(review: PeerReview, by, title: str = "Name one field.", days: int = 60, **fields):
    due_on = timezone.localdate() + timedelta(days=days)
    return results.recommend(review, by=by, text={"en": title}, owner=own(by), due_on=due_on, **fields)


def published(people, **fields) -> PeerReview:
    made = services.publish(written(people, **fields), by=people.wanda)
    settle()
    return PeerReview.objects.get(pk=made.pk)
