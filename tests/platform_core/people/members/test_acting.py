from datetime import timedelta

import pytest
from django.utils import timezone

from platform_core.people.members.models import Affiliation, Membership, Organisation
from platform_core.people.members.selectors import acted_for, acting_for

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def elder(people) -> Organisation:
    """An organisation for which wanda has acted longer than for her own; it is no member."""
    found = Organisation.objects.get(code="org-carl")
    Affiliation.objects.create(person=people.wanda, organisation=found, begins=TODAY - timedelta(days=9000))
    return found


def test_of_several_organisations_the_oldest_affiliation_counts(people, elder):
    own = people.wanda.affiliations.exclude(organisation=elder).get().organisation

    assert acted_for([people.wanda.pk]) == {people.wanda.pk: [elder, own]}
    assert acting_for([people.wanda.pk, people.ana.pk])[people.wanda.pk] == elder


def test_among_full_members_another_one_may_count(people, elder):
    own = people.wanda.affiliations.exclude(organisation=elder).get().organisation

    assert acting_for([people.wanda.pk, people.ana.pk], full=True) == {people.wanda.pk: own}


def test_what_was_on_a_day_is_asked_of_that_day(people, elder):
    Affiliation.objects.filter(organisation=elder).update(ends=TODAY - timedelta(days=1))
    own = people.wanda.affiliations.exclude(organisation=elder).get().organisation
    days = [TODAY - timedelta(days=1), TODAY]

    assert [acting_for([people.wanda.pk], day)[people.wanda.pk] for day in days] == [elder, own]


def test_a_full_membership_counts_while_it_lasts(people):
    pk, yesterday = people.wanda.pk, TODAY - timedelta(days=1)
    Membership.objects.filter(organisation__affiliations__person=pk).update(begins=TODAY)
    Affiliation.objects.filter(person=pk).update(begins=yesterday)

    assert [pk in acting_for([pk], day, full=True) for day in (yesterday, TODAY)] == [False, True]
