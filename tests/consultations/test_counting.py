"""What of consultations counts for the programme: answers, and registered people once over all consultations."""

from datetime import date

import pytest

from consultations import services
from consultations.counting import policy_makers, stakeholders
from consultations.models import Outreach, Response
from consultations.selectors.registration import digest_of
from tests.factories.consultations import consultation

pytestmark = pytest.mark.database


def answered(code: str, *channels: str, over: bool = True):
    found = consultation(code)
    for channel in channels:
        Response.objects.create(
            questionnaire=found.versions.get(), language="en", channel=channel, answers={}, day=date(2026, 11, 20)
        )
    if over:
        services.close(found)
        type(found).objects.filter(pk=found.pk).update(state="closed")
    return found


def register(found, *names: str) -> None:
    for name in names:
        services.register(found, digest_of(f"{name}@example.org"), audience="policy", country="AT", org_type="")


def counted() -> dict[int, int]:
    found: dict[int, int] = {}
    for entry in stakeholders():
        found[entry.pk] = found.get(entry.pk, 0) + 1
    return found


def test_somebody_registered_twice_is_counted_once(people):
    first, second = answered("finance", "", ""), answered("skills", "", "", "")
    register(first, "a", "b")
    register(second, "a", "c")

    assert counted() == {first.pk: 2, second.pk: 2}


def test_who_is_asked_helps_to_prepare_a_policy(people):
    answered("finance", "", "")

    assert {entry.stage for entry in stakeholders()} == {"preparation"}


def test_answers_by_a_partners_link_are_left_out_last(people):
    organisation = people.wanda.affiliations.first().organisation
    first, second = answered("finance", "", ""), answered("skills", "partner", "")
    Outreach.objects.create(consultation=second, organisation=organisation, code="partner")
    register(first, "a")
    register(second, "a")

    assert [entry.organisation for entry in stakeholders() if entry.pk == second.pk] == [organisation.pk]


def test_while_it_is_open_nothing_is_left_out(people):
    first, second = answered("finance", ""), answered("skills", "", over=False)
    register(first, "a")
    register(second, "a")

    assert counted() == {first.pk: 1, second.pk: 1}


def test_who_says_she_makes_policy_counts_for_the_partner_whose_link_brought_her(people):
    organisation = people.wanda.affiliations.first().organisation
    found = answered("finance", "partner", "")
    Outreach.objects.create(consultation=found, organisation=organisation, code="partner")
    Response.objects.update(answers={"org_type": "regional_authority", "country": "AT"})

    told = {(entry.organisation, entry.country, entry.is_self_declared) for entry in policy_makers()}

    assert told == {(organisation.pk, "AT", True), (None, "AT", True)}
