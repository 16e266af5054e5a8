"""What happens at the same time: two delegates, two proxies, a vote and the count, two who count."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event
from platform_core.people.members import services as members
from platform_core.programme.governance import services
from platform_core.programme.governance.models import Decision, Participation, SecretVote, Vote
from tests.factories.governance import ballot, over
from tests.people import add_person, gather, hold_anyway
from tests.platform_core.identity.threads import TOGETHER, in_parallel, with_several_writers

pytestmark = pytest.mark.database


def two_delegates(**fields):
    """An open ballot and the two people who vote for one organisation."""
    people = gather()
    colleague = add_person("mira")
    members.affiliate(colleague, people.marko.affiliations.get().organisation)
    found = ballot(people.lena, seats=[people.marko], **fields)
    hold_anyway(colleague, "sc_member")
    return found, people.marko, colleague


def cast_together(found, choices: dict) -> list[str]:
    ready, answers = threading.Barrier(len(choices)), []

    def cast(person, choice):
        voter = User.objects.get(pk=person.pk)
        ready.wait(TOGETHER)
        try:
            services.cast(Decision.objects.get(pk=found.pk), voter.affiliations.get().organisation, choice, by=voter)
            answers.append("cast")
        except (ValidationError, PermissionDenied):
            answers.append("refused")

    in_parallel(*(lambda pair=pair: cast(*pair) for pair in choices.items()))
    return sorted(answers)


@with_several_writers
def test_two_delegates_of_one_organisation_leave_one_vote(committed_rows):
    found, marko, mira = two_delegates()

    assert cast_together(found, {marko: "agree", mira: "disagree"}) == ["cast", "cast"]
    assert Vote.objects.count() == 1


@with_several_writers
def test_two_delegates_leave_one_secret_vote(committed_rows):
    found, marko, mira = two_delegates(is_secret=True)

    assert cast_together(found, {marko: "agree", mira: "disagree"}) == ["cast", "refused"]
    assert (SecretVote.objects.count(), Participation.objects.count()) == (1, 1)


@with_several_writers
def test_two_who_close_at_once_leave_one_result(committed_rows):
    found, ready, closed = over(two_delegates()[0]), threading.Barrier(2), []

    def close():
        ready.wait(TOGETHER)
        closed.append(services.close(found.pk))

    in_parallel(close, close)

    assert (sorted(closed), Event.objects.filter(verb="governance.decided").count()) == ([0, 1], 1)


@with_several_writers
def test_two_decisions_that_end_together_get_two_numbers(committed_rows):
    people = gather()
    decisions, ready = [over(ballot(people.lena)) for _number in range(2)], threading.Barrier(2)

    def close(found):
        ready.wait(TOGETHER)
        services.close(found.pk)

    in_parallel(*(lambda found=found: close(found) for found in decisions))

    numbers = sorted(Decision.objects.values_list("number", flat=True))
    assert [number[-3:] for number in numbers] == ["001", "002"]


@with_several_writers
def test_a_count_that_fails_leaves_nothing_half_done(committed_rows):
    found = over(two_delegates()[0])
    year = found.closes_at.astimezone(found.body.zone).year
    taken = Decision.objects.create(
        body_id="steering",
        title={"en": "x"},
        number=f"SC-{year}-002",
        state="decided",
        result={},
        closed_at=found.closes_at,
    )

    with pytest.raises(IntegrityError):
        services.close(found.pk)
    found.refresh_from_db()
    assert (found.state, found.number, found.result) == ("open", "", None)

    taken.delete()
    assert services.close_due() == 1
