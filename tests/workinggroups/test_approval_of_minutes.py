"""What a later meeting makes of the minutes of an earlier one."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.meetings import minuted, took_place
from tests.people import browser_of
from workinggroups.selectors import minutes as selectors
from workinggroups.services import agenda, minutes as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def approved_later(people, outcome: str = "approved"):
    """Last week's minutes are on the agenda of a meeting of yesterday, whose minutes say so and are final."""
    last, _point = minuted(people.wanda)
    services.finalise(last, by=people.wanda)
    following, _other = minuted(people.wanda)
    approval = following.items.get(kind="approval")
    services.write(approval, "What was said of them.", 0, by=people.wanda, outcome=outcome)
    services.finalise(following, by=people.wanda)
    return last, approval


@pytest.mark.parametrize(
    ("outcome", "approved"), [("approved", True), ("corrected", True), ("refused", False), ("", False)]
)
def test_the_next_final_minutes_approve_the_last_where_they_say_so(people, outcome, approved):
    last, approval = approved_later(people, outcome)

    assert selectors.minutes_of(last).approved_in == (approval if approved else None)


def test_what_became_of_earlier_minutes_is_part_of_the_fingerprint(people):
    _last, approval = approved_later(people)
    minutes = selectors.minutes_of(approval.meeting)
    whole = services.fingerprint_of(approval.meeting, minutes)
    approval.meeting.items.filter(pk=approval.pk).update(outcome="refused")

    assert (whole, services.fingerprint_of(approval.meeting, minutes) == whole) == (minutes.fingerprint, False)


def test_what_was_noted_stays_when_only_words_are_written(people):
    minuted(people.wanda)
    approval = took_place(people.wanda).items.get(kind="approval")
    services.write(approval, "Yes.", 0, by=people.wanda, outcome="corrected")

    services.write(approval, "Yes, with a comma.", 1, by=people.wanda)

    approval.refresh_from_db()
    assert approval.outcome == "corrected"


def test_what_was_noted_of_minutes_holds_for_no_others(people):
    minuted(people.wanda)
    approval = took_place(people.wanda).items.get(kind="approval")
    services.write(approval, "Yes.", 0, by=people.wanda, outcome="approved")

    agenda.change_item(approval, by=people.wanda, approves=None)

    approval.refresh_from_db()
    assert approval.outcome == ""


def test_an_item_that_approves_nothing_takes_no_outcome(people):
    _made, point = minuted(people.wanda)

    with pytest.raises(ValidationError, match="approves no minutes"):
        services.write(point, "Yes.", 1, by=people.wanda, outcome="approved")


@pytest.mark.parametrize("outcome", ["approved", "corrected", "refused"])
def test_the_desk_asks_what_became_of_them(people, outcome):
    minuted(people.wanda)
    approval = took_place(people.wanda).items.get(kind="approval")
    desk, browser = f"{approval.meeting.get_absolute_url()}minutes/{approval.pk}/write/", browser_of(people.wanda)
    asked = [value for value, _words in browser.get(desk).context["form"].fields["outcome"].choices]

    browser.post(desk, {"base": "0", "text": "We read them.", "outcome": outcome})

    approval.refresh_from_db()
    assert (asked, approval.outcome) == (["approved", "corrected", "refused"], outcome)


def test_approved_minutes_are_not_opened_again(people):
    last, _approval = approved_later(people)

    with pytest.raises(ValidationError, match="later meeting"):
        services.reopen(last, "A wrong sum.", by=people.wanda)
