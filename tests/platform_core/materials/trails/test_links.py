"""Links that lead outside."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from platform_core.materials.jobs import runner, services as jobs
from platform_core.materials.jobs.models import Job
from platform_core.materials.trails import fetching, links
from platform_core.materials.trails.models import LinkUse, WebAddress
from repository import quality, services
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        moved = {"/moved": "/fine", "/round": "/round"}.get(self.path)
        self.send_response(301 if moved else 200 if self.path in {"/fine", "/fin%C3%A9"} else 404)
        if moved:
            self.send_header("Location", moved)
        self.end_headers()

    def log_message(self, *args) -> None:
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def asking(settings):
    settings.CHECK_LINKS = "anywhere"


def nowhere() -> str:
    """An address of this machine at which nobody listens."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as closed:
        return f"http://127.0.0.1:{closed.server_port}/"


def linking(*addresses: str, **fields):
    return record(description={"en": "\n\n".join(f"See [here]({address})." for address in addresses)}, **fields)


def sweep() -> Job | None:
    links.check_due()
    runner.finish_waiting()
    return Job.objects.filter(kind="trails.check_links").order_by("-created_at").first()


@pytest.mark.parametrize(
    ("path", "code"), [("/fine", 200), ("/moved", 200), ("/lost", 404), ("/round", 301), ("", 404)]
)
def test_the_status_an_address_ends_in(site, path, code):
    assert fetching.status(f"{site}{path}", anywhere=True) == code


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "file:///etc/passwd", "http://", "http://a b/"],
)
def test_our_own_network_is_never_asked(address):
    with pytest.raises(fetching.UnreachableError):
        fetching.status(address)


def test_addresses_are_found_in_texts():
    text = "See https://a.example/x?y=1, <http://b.example> and [c](https://c.example/d)."

    assert links.addresses_in(text) == ["https://a.example/x?y=1", "http://b.example", "https://c.example/d"]


def test_what_is_gone_is_told(asking, site):
    made = linking(f"{site}/fine", f"{site}/lost")
    settle()

    assert sweep().result == {"asked": 2, "answered": 2}

    assert [address.address for address in links.broken(made)] == [f"{site}/lost"]
    assert [hint.words for hint in quality.broken_links(made)] == [f"This link leads nowhere: {site}/lost"]


def test_no_answer_counts_on_the_third_time(asking, site):
    away = nowhere()
    made = linking(f"{site}/fine", away)
    settle()
    found = []
    for _day in range(3):
        sweep()
        found.append(len(links.broken(made)))
        WebAddress.objects.update(checked_at=timezone.now() - timedelta(days=31))

    assert found == [0, 0, 1]


def told_of_links(browser, made) -> list[list[str]]:
    """By the record's own page and by its form."""
    pages = [browser.get(made.get_absolute_url()), browser.get(f"{made.get_absolute_url()}change/")]
    assert [page.status_code for page in pages] == [200, 200]
    return [[str(hint.words) for hint in page.context["hints"] if "link" in hint.words] for page in pages]


BEING_CHECKED = "Its links are being checked. Those that lead nowhere are told here afterwards."
NO_ANSWER = "This link gave no answer when it was last asked; it is asked again every day:"


def test_a_draft_says_that_its_links_are_being_checked_until_they_were(asking, people, site):
    made = linking(f"{site}/fine", f"{site}/lost", publish=False, by=people.marko)
    marko = browser_of(people.marko)

    before = told_of_links(marko, made)
    settle()
    noted = told_of_links(marko, made)
    sweep()

    assert before == noted == [[BEING_CHECKED]] * 2
    assert told_of_links(marko, made) == [[f"This link leads nowhere: {site}/lost"]] * 2
    services.change(made, by=people.marko, description={"en": f"See {site}/other."})
    assert [rows[-1] for rows in told_of_links(marko, made)] == [BEING_CHECKED] * 2


def test_links_of_drafts_from_before_are_noted_by_a_job(asking, people, site):
    made = linking(f"{site}/lost", publish=False, by=people.marko)
    settle()
    LinkUse.objects.all().delete()
    job = jobs.start("repository.heed_drafts")
    runner.finish_waiting()
    sweep()

    assert Job.objects.get(pk=job.pk).result == {"drafts": 1}
    assert told_of_links(browser_of(people.marko), made) == [[f"This link leads nowhere: {site}/lost"]] * 2


def test_nothing_is_said_to_be_checked_where_nothing_is_asked(people, site, settings):
    settings.CHECK_LINKS = ""
    made = linking(f"{site}/fine", publish=False, by=people.marko)

    assert told_of_links(browser_of(people.marko), made) == [[], []]


def test_who_gave_no_answer_is_said_so_and_asked_again_the_next_day(asking, people):
    away = nowhere()
    made = linking(away, publish=False, by=people.marko)
    settle()
    sweep()

    assert told_of_links(browser_of(people.marko), made) == [[f"{NO_ANSWER} {away}"]] * 2
    assert links.due() == []
    WebAddress.objects.update(checked_at=timezone.now() - timedelta(days=2))
    assert links.due() == [WebAddress.objects.get().pk]


def test_what_was_never_asked_comes_first(asking, site, monkeypatch):
    monkeypatch.setattr(links, "AT_ONCE", 1)
    linking(f"{site}/old")
    settle()
    WebAddress.objects.update(checked_at=timezone.now() - timedelta(days=60))
    linking(f"{site}/new", code="new")
    settle()

    assert links.due() == [WebAddress.objects.get(address=f"{site}/new").pk]


def test_nobody_is_blamed_while_we_are_cut_off(asking):
    linking(nowhere())
    settle()
    sweep()

    assert WebAddress.objects.get().misses == 0


def test_each_is_asked_once_a_month(asking, site):
    linking(f"{site}/fine")
    settle()
    sweep()

    assert links.due() == []
    WebAddress.objects.update(checked_at=timezone.now() - timedelta(days=31))
    assert links.due() == [WebAddress.objects.get().pk]


def test_nothing_is_asked_unless_the_settings_say_so(site, settings):
    settings.CHECK_LINKS = ""
    linking(f"{site}/fine")
    settle()

    assert sweep() is None


def test_one_round_at_a_time(asking, site):
    linking(f"{site}/fine")
    settle()
    jobs.start("trails.check_links", addresses=[])
    links.check_due()

    assert Job.objects.filter(kind="trails.check_links").count() == 1


def test_what_is_no_longer_linked_is_forgotten(people, site, asking):
    made = linking(f"{site}/lost")
    settle()
    services.change(made, by=people.lena, note="Mended", description={"en": "No link."})
    settle()

    assert (links.broken(made), links.due()) == ([], [])


def test_whoever_looks_after_texts_sees_what_is_broken(asking, people, site):
    shown, hidden = linking(f"{site}/lost"), linking(f"{site}/gone", publish=False, by=people.marko, code="hidden")
    settle()
    sweep()

    statuses = {
        name: browser_of(person).get("/en/relations/broken-links/").status_code for name, person in people.each()
    }
    rows = browser_of(people.lena).get("/en/relations/broken-links/").context["rows"]

    assert statuses == {name: 200 if name in {"lena", "wanda"} else 403 for name in statuses}
    assert [(address.address, places) for address, places in rows] == [
        (f"{site}/gone", [(hidden.title, hidden.get_absolute_url())]),
        (f"{site}/lost", [(shown.title, shown.get_absolute_url())]),
    ]


def test_a_published_record_tells_who_may_revise_it(asking, people, site):
    made = linking(f"{site}/lost")
    settle()
    sweep()

    hints = {name: browser_of(person).get(made.get_absolute_url()).context["hints"] for name, person in people.each()}

    assert people.wanda.has_perm("repository.revise_record", made)
    assert {name for name, found in hints.items() if found} == {"lena", "wanda"}
