"""What the demonstration shows of mechanisms, rounds and reports, on the people, groups and records it stands on."""

import pytest

from pilots.demonstration import final_reports, mechanisms, rounds
from pilots.models import FinalReport, Mechanism, ReflectiveRound
from pilots.selectors import mechanisms as selectors
from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Demonstration
from platform_core.identity.accounts.models import User
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BELOW = 30  # people, groups and records are loaded up to here


def test_it_shows_the_seven_with_their_evidence_and_loads_once():
    for found in declared(Demonstration):
        if found.order <= BELOW:
            found.load()
    own = (mechanisms, rounds, final_reports)
    first, second = ([one.load() for one in own] for _time in range(2))

    lead = User.objects.get(email=mechanisms.AUTHOR)
    assert first == ["7 learning mechanisms", "2 reflective rounds", "1 final report of a working group"]
    assert second == ["", "", ""]
    assert [len(place.published) for place in selectors.seven(lead)] == [1] * 7
    bare = [row.code for row in Mechanism.objects.select_related("published") if len(evidence(row)) < 4]
    assert (bare, [one.is_closed for one in ReflectiveRound.objects.order_by("pk")]) == ([], [True, False])
    pages = [*Mechanism.objects.all(), *ReflectiveRound.objects.all(), *FinalReport.objects.all()]
    assert [browser_of(lead).get(page.get_absolute_url()).status_code for page in pages] == [200] * 10


def evidence(row: Mechanism) -> list:
    return row.published.content["evidence"]
