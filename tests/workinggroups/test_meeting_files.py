"""Minutes as a paper, and all of a meeting as a zip."""

import io
import zipfile

import docx
import pytest
from django.core.exceptions import PermissionDenied

from platform_core.identity.access.models import RoleAssignment
from platform_core.materials.jobs.models import Job
from tests.factories.meetings import item, meeting, minuted
from tests.factories.workinggroups import file_document
from tests.people import browser_of
from tests.settling import settle
from workinggroups.models import MadeFile, Meeting
from workinggroups.services import made_files as services, meetings, minutes

pytestmark = pytest.mark.django_db


def ask(found, ending: str, by) -> MadeFile:
    kind = "meeting" if ending == "zip" else "minutes"
    return services.ask(kind, ending, by=by, group=found.group, meeting=found)


def made(found, kind: str, by) -> bytes:
    asked = ask(found, kind, by)
    settle()
    asked.refresh_from_db()
    with asked.file.open("rb") as content:
        return content.read()


def texts(content: bytes) -> list[str]:
    paper = docx.Document(io.BytesIO(content))
    return [paragraph.text for paragraph in paper.paragraphs if paragraph.text.strip()]


def test_minutes_as_docx_say_what_the_page_says(people):
    found, point = minuted(people.wanda, "We *agreed* on [two](https://example.org) things.")
    minutes.act(point, by=people.wanda, title="Ask the banks", owner=people.wanda)

    lines = texts(made(found, "docx", people.wanda))

    assert lines[0] == "Minutes: Third meeting"
    assert [line for line in lines if line.startswith(("1.", "We", "To do"))] == [
        "1. Guarantee funds",
        "We agreed on two things.",
        "To do: Ask the banks (Wanda)",
    ]


def test_minutes_as_pdf_are_a_pdf(people):
    found, _point = minuted(people.wanda)

    assert made(found, "pdf", people.wanda)[:5] == b"%PDF-"


def test_minutes_are_made_for_nobody_who_may_not_read_them(people):
    found, _point = minuted(people.wanda, marking="public")

    with pytest.raises(PermissionDenied):
        ask(found, "pdf", people.marko)


def test_everything_of_a_meeting_is_in_the_zip_as_far_as_one_sees_it(people):
    found = meeting(people.wanda)
    shown, hidden = (
        file_document(people.wanda),
        file_document(people.wanda, b"Two.", "secret.txt", marking="restricted"),
    )
    item(found, people.wanda, documents=[shown, hidden])
    meetings.invite(found, [people.petra], by=people.wanda)

    names = {
        person.name: sorted(zipfile.ZipFile(io.BytesIO(made(found, "zip", person))).namelist())
        for person in (people.wanda, people.petra)
    }

    assert names == {
        "Wanda": ["agenda.pdf", "meeting.ics", "papers/1-1-plan.txt", "papers/1-2-secret.txt"],
        "Petra": ["agenda.pdf", "meeting.ics", "papers/1-1-plan.txt"],
    }


def test_a_title_that_looks_like_markup_stays_what_it_is(people):
    found, point = minuted(people.wanda)
    minutes.act(point, by=people.wanda, title="*All* [of](javascript:alert(1)) <b>it</b>")

    lines = texts(made(found, "docx", people.wanda))

    assert [line for line in lines if line.startswith("To do")] == ["To do: *All* [of](javascript:alert(1)) <b>it</b>"]


def test_a_file_is_for_who_asked_for_it(people):
    found, _point = minuted(people.wanda)
    asked = ask(found, "pdf", people.wanda)

    pages = {name: browser_of(person).get(asked.get_absolute_url()).status_code for name, person in people.each()}

    assert pages == {**dict.fromkeys(pages, 404), "wanda": 200, "guest": 302}


def test_who_has_lost_sight_of_the_meeting_gets_no_file(people):
    found = meeting(people.wanda)
    meetings.invite(found, [people.petra], by=people.wanda)
    ask(found, "zip", people.petra)
    meetings.uninvite(found.participants.get(person=people.petra), by=people.wanda)

    settle()

    assert (MadeFile.objects.get().file.name, Job.objects.get().state) == ("", "failed")


def test_the_entry_for_calendars_has_no_room_for_those_not_invited(people):
    found = meeting(people.wanda, marking="public", room="address", call="https://rooms.example.org/four")
    meetings.call(found, by=people.wanda)
    address = f"{found.get_absolute_url()}entry.ics"

    mine, theirs = (
        browser_of(person).get(address).text.replace("\r\n ", "") for person in (people.wanda, people.guest)
    )

    assert ["rooms.example.org" in text for text in (mine, theirs)] == [True, False]


def test_minutes_are_fetched_by_nobody_who_may_not_read_them_any_more(people):
    found, _point = minuted(people.wanda)
    asked = ask(found, "pdf", people.wanda)
    settle()
    browser = browser_of(people.wanda)
    before = browser.get(f"{asked.get_absolute_url()}file/")
    before.getvalue()
    RoleAssignment.objects.filter(person=people.wanda).delete()
    Meeting.objects.update(made_by=people.lena)

    assert (before.status_code, browser.get(f"{asked.get_absolute_url()}file/").status_code) == (200, 404)
