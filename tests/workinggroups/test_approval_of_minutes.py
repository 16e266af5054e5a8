"""What a later meeting makes of the minutes of an earlier one, and what their paper says of it."""

import io

import docx
import pytest
from django.core.exceptions import ValidationError

from tests.factories.meetings import minuted, took_place
from tests.people import browser_of
from workinggroups.selectors import minutes as selectors
from workinggroups.services import agenda, meeting_files, meetings, minutes as services

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


@pytest.mark.parametrize(("outcome", "stays"), [("corrected", True), ("refused", False)])
def test_an_approval_is_taken_back_where_the_later_minutes_come_to_say_otherwise(people, outcome, stays):
    last, approval = approved_later(people)
    services.reopen(approval.meeting, "They were not.", by=people.wanda)
    services.write(approval, "What was said of them.", 1, by=people.wanda, outcome=outcome)

    services.finalise(approval.meeting, by=people.wanda)

    assert selectors.minutes_of(last).approved_in == (approval if stays else None)


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


def lines_of(made, person) -> list[str]:
    paper = docx.Document(io.BytesIO(meeting_files.paper(made, person, "docx")))
    return [line.text for line in paper.paragraphs if line.text.strip()]


def begun_with(lines: list[str], *words: str) -> list[str]:
    return [line for line in lines if line.startswith(words)]


@pytest.mark.parametrize(("outcome", "words"), [("approved", "approved"), ("corrected", "approved with corrections")])
def test_their_paper_says_where_they_were_approved(people, outcome, words):
    last, _approval = approved_later(people, outcome)
    type(last).objects.filter(pk=_approval.meeting_id).update(title="Fourth *meeting*")

    found = begun_with(lines_of(last, people.wanda), "Final")

    print_of = selectors.minutes_of(last).fingerprint
    assert found == [f"Final, {words} at “Fourth *meeting*”, SHA-256 {print_of}"]


def test_the_paper_of_the_later_meeting_says_what_became_of_them(people):
    _last, approval = approved_later(people, "refused")

    lines = lines_of(approval.meeting, people.wanda)

    place = lines.index("1. Minutes of the last meeting")
    assert lines[place + 1 : place + 3] == ["Not approved", "What was said of them."]


def test_their_paper_names_who_else_was_present_to_those_who_work_together(people):
    made, _point = minuted(people.wanda, marking="public")
    present = {row.pk: "here" for row in made.participants.all()}
    meetings.note_attendance(made, present, by=people.wanda, others="Ilse Müller *(Graz)*")
    services.finalise(made, by=people.wanda)

    found = {person.name: begun_with(lines_of(made, person), "Also") for person in (people.wanda, people.marko)}

    assert found == {"Wanda": ["Also present: Ilse Müller *(Graz)*"], "Marko": []}


def test_their_paper_says_why_they_were_opened_again_to_those_who_work_together(people):
    made, _point = minuted(people.wanda, marking="public")
    services.finalise(made, by=people.wanda)
    services.reopen(made, "A wrong\nsum.", by=people.wanda)
    services.finalise(made, by=people.wanda)

    found = {
        person.name: [line for line in lines_of(made, person) if "sum" in line]
        for person in (people.wanda, people.marko)
    }

    assert [line.partition(": ")[2] for line in found["Wanda"]] == ["A wrong sum."]
    assert found["Marko"] == []
