from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser

from pilots.demonstration import pilots as demonstration
from pilots.models import Call, Pilot, Proposal, Report, Scheme
from pilots.selectors.evaluations import published_lessons
from platform_core.identity.accounts.models import User
from platform_core.people.members import demonstration as members
from platform_core.people.members.models import Organisation
from workinggroups import demonstration as workinggroups

pytestmark = pytest.mark.django_db


def test_seven_pilots_in_every_state_are_there_once_and_labelled():
    members.load()
    workinggroups.load()

    assert [demonstration.load(), demonstration.load()] == ["7 pilot actions", ""]
    states = Counter(Pilot.objects.values_list("state", flat=True))
    assert states == {"running": 4, "prepared": 1, "finished": 1, "evaluated": 1}
    assert set(Report.objects.values_list("state", flat=True)) == {"accepted", "submitted", "returned"}
    assert set(Proposal.objects.values_list("state", flat=True)) == {"selected", "judged", "draft"}
    marks = [model.objects.values_list("is_demonstration", flat=True) for model in (Pilot, Proposal, Call, Scheme)]
    assert {mark for rows in marks for mark in rows} == {True}
    lesson = published_lessons(AnonymousUser(), Pilot.objects.get(state="evaluated"))
    assert [str(one.record.kind) for one in lesson] == ["lesson"]
    assert [call.state for call in Call.objects.order_by("pk")] == ["closed", "open"]


def test_without_its_people_nothing_is_loaded(people):
    assert demonstration.load() == ""
    assert (
        User.objects.filter(email=demonstration.LEADER).count(),
        Organisation.objects.filter(code="isk").count(),
    ) == (
        0,
        0,
    )
