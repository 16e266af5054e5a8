"""A calendar of others: read, chosen from, followed."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from platform_core.exchange.cases.models import Case
from platform_core.materials.jobs import runner
from platform_core.programme.events import selectors
from platform_core.programme.events.models import CalendarEvent, ImportSource
from platform_core.programme.events.services import imports as services
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db

SOON = (timezone.now() + timedelta(days=40)).date()


def book(*entries: tuple[str, str, int], status: str = "CONFIRMED") -> bytes:
    """Entries by identity, title and hour."""
    rows = [
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{title}\r\nSTATUS:{status}\r\n"
        f"DTSTART;TZID=Europe/Rome:{SOON:%Y%m%d}T{hour:02}0000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
        for uid, title, hour in entries
    ]
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{''.join(rows)}END:VCALENDAR\r\n".encode()


class Server(BaseHTTPRequestHandler):
    content = b""

    def do_GET(self) -> None:
        tag = f'"{hash(self.content)}"'
        same = self.headers.get("If-None-Match") == tag
        self.send_response(304 if same else 200 if self.path == "/book.ics" else 404)
        self.send_header("ETag", tag)
        self.end_headers()
        if not same:
            self.wfile.write(self.content)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def site(settings):
    settings.CHECK_LINKS = "anywhere"
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def source(address: str = "") -> ImportSource:
    found = ImportSource(name="Fairs", address=address, time_zone="Europe/Rome")
    return services.keep_source(found, [4])


def titles(person) -> list[str]:
    return [str(row) for row in selectors.upcoming(person)]


def test_a_file_is_looked_at_before_anything_is_taken(people):
    browser = browser_of(people.lena)
    file = SimpleUploadedFile("fairs.ics", book(("1", "Fair", 10), ("2", "Market", 12)))
    typed = {"name": "Fairs", "time_zone": "Europe/Rome", "language": "en", "topics": ["4"], "file": file}

    page = browser.get(browser.post("/en/events/sources/new/", typed).url)

    assert [str(entry) for entry in page.context["page"]] == ["Fair", "Market"]
    assert titles(people.guest) == []
    first = page.context["page"][0]
    browser.post(f"{page.context['source'].get_absolute_url()}decide/", {"entry": [first.pk], "take": "1"})
    assert titles(people.guest) == ["Fair"]
    made = CalendarEvent.objects.get()
    assert (made.is_european, made.organiser, [topic.pk for topic in made.topics.all()]) == (True, "Fairs", [4])


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [("x.ics", b"hello", "file"), ("x.ics", b"", "file"), ("big.ics", b"BEGIN:VCALENDAR" + b" " * 1_000_001, "file")],
)
def test_bad_files_leave_nothing_behind(people, name, content, field):
    typed = {"name": "Fairs", "time_zone": "Europe/Rome", "language": "en", "file": SimpleUploadedFile(name, content)}

    answer = browser_of(people.lena).post("/en/events/sources/new/", typed)

    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert ImportSource.objects.count() == 0


def test_what_was_taken_is_followed_and_never_doubled(people):
    found = source()
    services.take_in(found, book(("1", "Fair", 10), ("2", "Market", 12)))
    services.decide(found, None, by=people.lena, taken=True)

    assert services.take_in(found, book(("1", "Great fair", 11), ("2", "Market", 12))) == 0

    fair, market = CalendarEvent.objects.order_by("starts", "pk")
    assert (str(fair), fair.local_starts.hour, fair.sequence, fair.moved_from is None) == ("Great fair", 11, 1, False)
    assert (str(market), market.sequence, CalendarEvent.objects.count()) == ("Market", 0, 2)


def test_what_is_cancelled_there_is_cancelled_here(people):
    found = source()
    services.take_in(found, book(("1", "Fair", 10)))
    services.decide(found, None, by=people.lena, taken=True)

    services.take_in(found, book(("1", "Fair", 10), status="CANCELLED"))

    assert CalendarEvent.objects.get().is_cancelled


def test_what_is_no_longer_listed_is_marked_until_it_is_again(client, people):
    found = source()
    services.take_in(found, book(("1", "Fair", 10)))
    services.decide(found, None, by=people.lena, taken=True)
    address = CalendarEvent.objects.get().get_absolute_url()
    shown = [b"does not list it any more" in client.get(address).content]

    for content in (book(), book(("1", "Fair", 10))):
        services.take_in(found, content)
        cache.clear()
        shown.append(b"does not list it any more" in client.get(address).content)

    assert shown == [False, True, False]


def test_new_entries_are_one_case_for_who_decides(people):
    found = source()
    services.take_in(found, book(("1", "Fair", 10)))
    services.take_in(found, book(("1", "Fair", 10), ("2", "Market", 12)))
    settle()

    case = Case.objects.get()
    answer = browser_of(people.lena).post(f"/en/cases/{case.pk}/answer/take/", {"reason": "All of them fit."})

    assert (answer.status_code, titles(people.guest)) == (302, ["Fair", "Market"])
    services.take_in(found, book(("3", "Ball", 20)))
    settle()
    assert Case.objects.count() == 2


def test_an_address_is_read_once_a_day_and_only_when_it_has_changed(people, site):
    found = source(f"{site}/book.ics")
    Server.content = book(("1", "Fair", 10))

    asked = [services.read_due(), services.read_due()]
    runner.finish_waiting()

    found.refresh_from_db()
    assert (asked, [str(entry) for entry in found.entries.all()], found.failure) == ([1, 0], ["Fair"], "")
    assert found.etag != ""
    services.read_now(found, by=people.lena)
    job = runner.run(str(runner.Job.objects.latest("created_at").pk))
    assert job.result == {"failure": ""}


@pytest.mark.parametrize(
    ("path", "content", "failure"),
    [
        ("/gone.ics", b"", "The answer was 404 instead of a calendar."),
        ("/book.ics", b"hello", "This is neither a calendar (iCalendar) nor a news feed (RSS or Atom)."),
    ],
)
def test_what_cannot_be_read_is_told_on_its_page(people, site, path, content, failure):
    found = source(f"{site}{path}")
    Server.content = content

    services.read_due()
    runner.finish_waiting()

    assert browser_of(people.lena).get(found.get_absolute_url()).context["source"].failure == failure


def test_our_own_network_is_not_asked(settings, site):
    settings.CHECK_LINKS = "yes"
    found = source(f"{site}/book.ics")
    Server.content = book(("1", "Fair", 10))

    services.read_due()
    runner.finish_waiting()

    found.refresh_from_db()
    assert (found.failure, found.entries.count()) == ("There was no answer.", 0)


def test_an_entry_without_a_date_is_completed_by_hand(people):
    found = source()
    services.take_in(found, b"<rss><channel><item><title>Call</title><guid>1</guid></item></channel></rss>")
    entry = found.entries.get()
    assert services.decide(found, [entry.pk], by=people.lena, taken=True) == 0
    typed = {"title": "Call", "kind": "deadline", "begins_on": "2099-05-06", "begins_at": "10:00", "mode": "onsite"}
    typed |= {"place": "Rome", "time_zone": "Europe/Rome", "seen_by": "public"}

    answer = browser_of(people.lena).post(f"{found.get_absolute_url()}entries/{entry.pk}/", typed)

    entry.refresh_from_db()
    assert (answer.status_code, entry.state, str(entry.event)) == (302, "taken", "Call")


def test_only_editors_look_at_calendars_of_others(people):
    address = source().get_absolute_url()

    found = {name: browser_of(person).get(address).status_code for name, person in people.each()}

    assert found == {**dict.fromkeys(("wanda", "marko", "ana", "petra", "carl"), 403), "lena": 200, "guest": 302}
