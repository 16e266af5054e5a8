"""The address of a meeting's recording: kept once it has begun, also when it is over."""

import io

import docx
import pytest
from django.core.exceptions import ValidationError

from platform_core.identity.audit.models import Event
from tests.factories.meetings import meeting, minuted, took_place
from tests.people import browser_of
from workinggroups.services import meeting_files, meetings

pytestmark = pytest.mark.django_db

ADDRESS = "https://films.example.org/third_meeting"


def page_of(made) -> str:
    return f"{made.get_absolute_url()}recording/"


def test_who_leads_keeps_it_once_the_meeting_is_over(people):
    made = took_place(people.wanda)
    before = (made.sequence, made.changed_at, made.state)

    answer = browser_of(people.wanda).post(page_of(made), {"recording": ADDRESS})

    made.refresh_from_db()
    assert (answer.status_code, answer.url, made.recording) == (302, made.get_absolute_url(), ADDRESS)
    assert (made.sequence, made.changed_at, made.state) == before
    assert Event.objects.order_by("pk").last().verb == "workinggroups.recording_kept"


def test_it_is_taken_away_again(people):
    made = took_place(people.wanda)
    meetings.keep_recording(made, ADDRESS, by=people.wanda)

    browser_of(people.wanda).post(page_of(made), {"recording": ""})

    made.refresh_from_db()
    assert made.recording == ""


@pytest.mark.parametrize(
    "address", ["http://films.example.org/1", "javascript:alert(1)", "films", "ftp://example.org/1"]
)
def test_only_an_address_by_https_is_kept(people, address):
    made = took_place(people.wanda)

    answer = browser_of(people.wanda).post(page_of(made), {"recording": address})

    made.refresh_from_db()
    assert (answer.status_code, made.recording) == (400, "")
    assert answer.context["form"].errors == {"recording": ["Please give an address that begins with https://."]}


def test_there_is_none_of_a_meeting_to_come(people):
    made = meeting(people.wanda)

    with pytest.raises(ValidationError, match="has begun"):
        meetings.keep_recording(made, ADDRESS, by=people.wanda)


def test_who_may_keep_it(people):
    made = took_place(people.wanda, marking="public")

    pages = {name: browser_of(person).get(page_of(made)).status_code for name, person in people.each()}

    assert pages == {**dict.fromkeys(pages, 403), "wanda": 200, "lena": 200, "guest": 302}


def test_the_page_leads_there_for_who_may(people):
    made = took_place(people.wanda, marking="public")

    shown = {
        person.name: page_of(made) in browser_of(person).get(made.get_absolute_url()).content.decode()
        for person in (people.wanda, people.marko)
    }

    assert shown == {"Wanda": True, "Marko": False}


def test_the_paper_of_the_minutes_names_it(people):
    made, _point = minuted(people.wanda)
    made = meetings.keep_recording(made, ADDRESS, by=people.wanda)

    paper = docx.Document(io.BytesIO(meeting_files.paper(made, people.wanda, "docx")))

    lines = [line for line in paper.paragraphs if line.text.startswith("Recording")]
    assert [(line.text, line.hyperlinks[0].address) for line in lines] == [(f"Recording: {ADDRESS}", ADDRESS)]
