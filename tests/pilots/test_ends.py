"""What a pilot action gives up: a milestone that cannot be reached, or all that is left of it."""

import pytest
from django.core.exceptions import ValidationError

from pilots.declarations.pilots import carried_out
from pilots.models import Pilot
from pilots.services import pilot_changes, pilots as services
from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.messaging.models import Notice
from tests.consultations.views.pages import texts
from tests.factories.pilots import running, today
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def granted(pilot: Pilot, kind: str, people, **fields) -> None:
    pilot_changes.ask(pilot, kind, "It cannot be done.", by=people.marko, **fields)
    settle()
    cases.answer(Case.objects.get(), "granted", by=people.lena, reason="Agreed.")


def test_a_milestone_that_is_given_up_hinders_no_end(people):
    made = running(people)
    milestone = made.milestones.get()
    with pytest.raises(ValidationError, match="not reached yet"):
        services.finish(made, by=people.marko)

    granted(made, "drop", people, milestone=milestone)

    milestone.refresh_from_db()
    with pytest.raises(ValidationError, match="given up"):
        services.reach(milestone, today(), by=people.marko)
    services.finish(made, by=people.marko)
    assert (milestone.dropped_on, milestone.done_on) == (today(), None)


def test_a_pilot_that_ends_early_gives_up_what_is_open(people):
    made = running(people)

    granted(made, "end", people)

    made.refresh_from_db()
    rows = list(made.milestones.values_list("dropped_on", "done_on"))
    assert (made.state, made.finished_on, rows) == ("finished", today(), [(today(), None)])
    assert (
        texts(browser_of(people.guest).get(made.get_absolute_url()), "//p[@class='lead']")[0].split(" · ")[1]
        == "ended early"
    )
    assert carried_out() == []
    settle()
    assert Notice.objects.filter(kind="pilots.pilot_ended_early", recipient=people.marko, channel="site").count() == 1
