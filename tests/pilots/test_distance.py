"""Nobody decides on what is her own, and nobody reads what competes with hers before the call has closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pilots.models import Proposal, Recommendation
from pilots.services import changes, evaluations, pilots, proposals, reports, review_results, reviews
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import may_see
from platform_core.people.members import services as members
from tests.factories import changes as recorded, pilots as made, reviews as reviewed
from tests.factories.assessments import add_experts
from tests.factories.repository import record
from tests.people import add_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def of_the_lead(people, person) -> None:
    members.affiliate(person, made.own(people.marko))


def test_a_pilot_is_begun_by_somebody_else(people):
    pilot = made.set_up(made.prepared(people), people.marko)
    of_the_lead(people, people.wanda)

    with pytest.raises(ValidationError, match="carries it out"):
        pilots.begin(pilot, by=people.wanda)


def test_a_report_is_reviewed_by_somebody_else(people):
    report = made.report(made.running(people), people.marko)
    of_the_lead(people, people.wanda)

    for deed in (reports.accept, lambda found, by: reports.return_it(found, "More figures.", by=by)):
        with pytest.raises(ValidationError, match="carries it out"):
            deed(report, by=people.wanda)


def test_evaluators_are_asked_by_somebody_else(people):
    proposal = made.proposal(made.call(people.wanda), people.marko, submitted=True)
    made.close(proposal.call)
    of_the_lead(people, people.wanda)

    with pytest.raises(ValidationError, match="of this call"):
        proposals.call_judges(
            Proposal.objects.get(), [people.ana], by=people.wanda, due_on=made.today() + timedelta(weeks=2)
        )


def test_rivals_have_an_interest(people):
    call = made.call(people.wanda)
    one = made.proposal(call, people.marko, submitted=True)
    made.proposal(call, people.lena, submitted=True, title={"en": "Rival"})
    made.proposal(call, people.ana, title={"en": "Only a draft"})

    assert proposals.interested(one) == {people.marko.pk, people.lena.pk}


def test_while_the_call_is_open_only_leaders_read_what_was_submitted(people, expert):
    proposal = made.proposal(made.call(people.wanda), people.marko, submitted=True)
    assert [may_see(one, proposal) for one in (people.wanda, people.lena, expert)] == [True, True, False]

    made.judged(proposal, add_experts(), people.wanda)
    assert may_see(expert, proposal)


@pytest.fixture
def expert(people):
    access.give_role(people.carl, "wg_expert", scope="group:4")
    return people.carl


def test_whoever_recorded_a_change_does_not_confirm_it(people):
    authority, second = made.own(people.marko), add_person("peter")
    members.affiliate(second, authority)
    change = recorded.recorded(people.marko, authority=authority, learned=[record()])
    changes.ask(change, by=second)

    with pytest.raises(ValidationError, match="You recorded this"):
        changes.confirm(change, by=people.marko)


def test_the_host_s_people_neither_invite_peers_nor_publish(people):
    review = reviewed.written(people)
    members.affiliate(people.wanda, review.host)

    with pytest.raises(ValidationError, match="act for the host"):
        reviews.publish(review, by=people.wanda)
    with pytest.raises(ValidationError, match="act for the host"):
        reviews.invite(review, people.ana, "expertise", by=people.wanda)


def test_an_owner_tells_of_her_own_recommendation_alone(people):
    review = reviewed.written(people)
    own = review_results.recommend(
        review, by=people.marko, text={"en": "Ana's part."}, owner=made.own(people.ana), due_on=reviewed_day()
    )
    reviews.publish(review, by=people.wanda)
    other = Recommendation.objects.exclude(pk=own.pk).get(review=review)

    review_results.update(own, "done", {"en": "It is done."}, by=people.ana)
    with pytest.raises(PermissionDenied):
        review_results.update(other, "done", {"en": "It is done."}, by=people.ana)
    with pytest.raises(PermissionDenied):
        review_results.follow_up(review.follow_ups.first(), {"en": "All is well."}, by=people.ana)


def reviewed_day():
    return made.today() + timedelta(days=60)


def test_evaluators_of_a_pilot_are_asked_by_somebody_else(people):
    pilot = made.finished(people)
    type(pilot).objects.filter(pk=pilot.pk).update(self_assessed_on=made.today())
    of_the_lead(people, people.wanda)

    with pytest.raises(ValidationError, match="carries it out"):
        evaluations.call_evaluators(pilot, [people.ana], by=people.wanda, due_on=reviewed_day())
