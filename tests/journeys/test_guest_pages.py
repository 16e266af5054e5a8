"""What every public page owes a guest: no cookie, no token, no session, one address per language; and its cache."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from platform_core.ground.ui.languages import NATIVE_NAMES, language_tag
from tests.factories.events import event
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db

PAGES = [
    "",
    "topics/",
    "topics/4-finance/",
    "repository/",
    "repository/?topic=4",
    "repository/vouchers/",
    "search/?q=x",
]
PAGES += [
    "search/",
    "events/",
    "events/?past=1",
    "events/cluster-week/",
    "about/",
    "privacy/",
    "accessibility/",
    "members/",
]
MACHINES = ["/api/v1/records", "/api/v1/openapi.json", "/oai?verb=Identify", "/feeds/records.atom", "/feeds/events.ics"]
MACHINES += ["/sitemap.xml", "/en/repository/vouchers/cite/bib/"]


@pytest.fixture
def things(db):
    record("Vouchers")
    event("Cluster week")
    settle()
    Client().get("/en/")  # reference rows are read once per process
    cache.clear()


def fetch(address: str, client=None, **how):
    """The answer with the queries it took."""
    with CaptureQueriesContext(connection) as asked:
        answer = (client or Client()).get(address, **how)
    assert (address, answer.status_code) == (address, 200)
    return answer, [row["sql"] for row in asked.captured_queries]


@pytest.mark.parametrize("path", PAGES)
def test_public_page_leaves_the_guest_alone(things, path):
    answer, asked = fetch(f"/en/{path}")

    assert answer.cookies == {}
    assert [sql for sql in asked if "django_session" in sql or "accounts_user" in sql] == []
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert "nonce-" not in answer.headers["Content-Security-Policy"]
    assert len(asked) <= 14


@pytest.mark.parametrize("address", MACHINES)
def test_machines_are_given_no_cookie_either(things, address):
    answer, asked = fetch(address)

    assert answer.cookies == {}
    assert [sql for sql in asked if "django_session" in sql] == []


@pytest.mark.parametrize("path", PAGES)
def test_page_names_itself_and_its_other_languages(things, settings, path):
    answer, _asked = fetch(f"/el/{path}")
    page, bare = html.fromstring(answer.content.decode()), path.split("?")[0]

    assert page.xpath("//link[@rel='canonical']/@href") == [f"{settings.SITE_URL}/el/{bare}"]
    links = page.xpath("//link[@rel='alternate'][@hreflang]")
    there = {language_tag(code): f"{settings.SITE_URL}/{code}/{bare}" for code in NATIVE_NAMES}
    assert {link.get("hreflang"): link.get("href") for link in links} == there
    assert page.get("lang") == "el"


@pytest.mark.parametrize("path", PAGES)
def test_page_is_there_in_all_eleven_languages(things, path):
    for code in NATIVE_NAMES:
        answer, _asked = fetch(f"/{code}/{path}")
        assert (code, answer.headers["Content-Language"]) == (code, code)


@pytest.mark.parametrize("path", PAGES)
def test_second_look_costs_nothing(things, path):
    first, _asked = fetch(f"/en/{path}")

    second, asked = fetch(f"/en/{path}")

    assert asked == []
    assert (second.content, second.headers["Content-Type"]) == (first.content, first.headers["Content-Type"])
    assert second.headers["Vary"].lower().split(", ") == first.headers["Vary"].lower().split(", ")


def test_any_event_empties_the_cache(things, django_capture_on_commit_callbacks):
    fetch("/en/repository/")

    with django_capture_on_commit_callbacks(execute=True):
        record("Skills")

    assert fetch("/en/repository/")[1] != []


def test_index_in_order_empties_the_cache_again(things):
    record("Skills")
    fetch("/en/repository/")

    settle()

    answer, _asked = fetch("/en/repository/")
    assert [row.title for row in answer.context["rows"]] == ["Skills", "Vouchers"]


def test_people_with_a_session_are_never_served_from_the_cache(things, people):
    fetch("/en/repository/")

    answer, asked = fetch("/en/repository/", browser_of(people.carl))

    assert asked != []
    assert "Carl" in answer.content.decode()


def test_pages_of_people_are_never_kept_for_guests(things, people):
    fetch("/en/repository/", browser_of(people.carl))

    answer, asked = fetch("/en/repository/")

    assert asked != []
    assert "Carl" not in answer.content.decode()


@pytest.mark.parametrize("verb", ["head", "post", "options"])
def test_only_looking_is_kept(things, verb):
    getattr(Client(), verb)("/en/repository/")

    answer, asked = fetch("/en/repository/")

    assert asked != []
    assert b"Vouchers" in answer.content


def test_languages_hosts_and_questions_are_kept_apart(things):
    fetch("/en/repository/?q=vouchers")

    for address, how in (
        ("/el/repository/?q=vouchers", {}),
        ("/en/repository/?q=skills", {}),
        ("/en/repository/?q=vouchers", {"HTTP_HOST": "localhost"}),
    ):
        assert (address, fetch(address, **how)[1] != []) == (address, True)


def test_missing_pages_are_not_kept(things):
    client = Client()
    assert client.get("/en/repository/skills/").status_code == 404

    record("Skills")

    assert client.get("/en/repository/skills/").status_code == 200


def test_message_for_a_guest_is_not_kept_for_others(things):
    client = Client()
    client.cookies["messages"] = "x"

    client.get("/en/repository/")

    assert fetch("/en/repository/")[1] != []
