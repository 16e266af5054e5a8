"""What of the groups counts towards the indicators, and for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from platform_core.identity.access.models import RoleAssignment
from platform_core.people.members.models import Affiliation, Membership, Organisation
from tests.factories.meetings import minuted
from tests.factories.requests import organisation_of
from tests.factories.workinggroups import approved, change, group
from tests.people import add_member, hold_anyway
from workinggroups import counting
from workinggroups.services import meetings, minutes, setups

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_meeting_counts_for_the_countries_that_were_there(people):
    Organisation.objects.filter(code="org-ana").update(country="IT")
    Organisation.objects.filter(code="org-petra").update(country="RO")
    for kind in (Affiliation, Membership, RoleAssignment):
        kind.objects.update(begins=timezone.localdate() - timedelta(days=9))
    made, _point = minuted(people.wanda)
    meetings.invite(made, [people.ana, people.petra], by=people.wanda)
    there = {row.pk: "here" for row in made.participants.exclude(person=people.petra)}
    meetings.note_attendance(made, there, by=people.wanda)
    minutes.finalise(made, by=people.wanda)

    (found,) = counting.meetings()

    own = organisation_of(people.wanda)
    assert (found.pk, found.organisation, found.country, found.countries) == (made.pk, own.pk, "AT", ["AT", "IT"])


def test_a_concept_paper_counts_for_the_organisation_that_made_it(people):
    rita = add_member("rita", "full")
    hold_anyway(rita, "wg_representative", scope="group:4")
    paper = setups.begin_concept(group(), by=people.wanda, language="en")
    due = timezone.localdate() + timedelta(days=7)
    approved(change(paper, people.wanda, text="## Background\n\nWords.\n"), people.wanda, rita, due)

    (found,) = counting.concept_papers()

    own = organisation_of(people.wanda)
    assert (found.pk, found.organisation, found.country, found.topic) == (paper.pk, own.pk, own.country_id, 4)
