import json

import pytest
from lxml import etree

from repository import services
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

from .asking import open_to, written

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(client, query: str = "", feed: str = "records") -> list[tuple[str, str]]:
    settle()
    answer = client.get(f"/feeds/{feed}.atom{query}")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(answer.content)
    rows = root.xpath("//a:entry", namespaces=ATOM)
    return [(row.findtext("a:title", namespaces=ATOM), row.find("a:link", ATOM).get("href")) for row in rows]


def titles(client, query: str = "", feed: str = "records") -> list[str]:
    return [title for title, _address in entries(client, query, feed)]


def test_feed_gives_the_newest_first(client):
    for number, title in enumerate(("Old", "New")):
        made = record(title)
        Record.objects.filter(pk=made.pk).update(published_on=f"2025-0{number + 1}-01")

    assert titles(client) == ["New", "Old"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ("Vouchers", "http://testserver/en/repository/vouchers/")),
        ("?lang=el", ("Κουπόνια", "http://testserver/el/repository/vouchers/")),
        ("?lang=sr", ("Vouchers", "http://testserver/sr-latn/repository/vouchers/")),
        ("?lang=xx", ("Vouchers", "http://testserver/en/repository/vouchers/")),
    ],
)
def test_feed_comes_in_the_language_asked_for(client, query, expected):
    written("vouchers", {"en": "Vouchers", "el": "Κουπόνια"}, {"en": "What came of Vouchers."})

    assert entries(client, query) == [expected]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=guarantee", ["Guarantees"]),
        ("?topic=1&lang=sr", ["Vouchers"]),
        ("?topic=1&q=guarantee", []),
        ("?x=1", ["Vouchers", "Guarantees"]),
    ],
)
def test_any_search_is_a_feed(client, query, expected):
    record("Guarantees", topics=[4], summary={"en": "A guarantee fund"})
    record("Vouchers", topics=[1])

    found = {feed: titles(client, f"{query}&in=repository.record", feed) for feed in ("records", "search")}

    assert found == {"records": expected, "search": expected}


def test_feed_is_what_guests_see_whoever_asks(people):
    record("Draft", publish=False, by=people.marko)
    open_to(record("Members"), "members")
    services.withdraw(record("Gone"), by=people.lena, why="wrong")
    record("Public")

    for name, person in people.each():
        assert (name, titles(browser_of(person))) == (name, ["Public"])
        items = json.loads(browser_of(person).get("/feeds/search.json?in=repository.record").content)["items"]
        assert (name, [item["title"] for item in items]) == (name, ["Public"])


def test_feed_ends_after_thirty(client):
    for number in range(31):
        record(f"V{number}", code=f"v{number}")

    assert titles(client) == [f"V{number}" for number in range(30, 0, -1)]


def test_marks_are_escaped(client):
    record("<b>R&D</b> ]]>")

    assert titles(client) == ["<b>R&D</b> ]]>"]


def test_json_feed(client):
    made = written("vouchers", {"en": "Vouchers", "el": "Κουπόνια"}, {"en": "What came of Vouchers."}, countries=["AT"])
    settle()

    answer = client.get("/feeds/search.json?in=repository.record&q=vouchers&lang=el")
    feed = json.loads(answer.content)

    assert answer["Content-Type"] == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "http://testserver/el/repository/?q=vouchers"
    assert feed["items"] == [
        {
            "id": "http://testserver/el/repository/vouchers/",
            "url": "http://testserver/el/repository/vouchers/",
            "title": "Κουπόνια",
            "content_text": "What came of Vouchers.",
            "date_published": f"{made.published_on}T12:00:00+00:00",
            "language": "el",
            "tags": ["AT", "report", "en", "4", "2024"],
        }
    ]


def test_a_list_names_its_own_feeds(client):
    record("Vouchers")
    settle()

    context = client.get("/el/repository/?q=vouchers&topic=4&page=1&sort=newest").context

    assert context["atom"] == "/feeds/search.atom?q=vouchers&topic=4&in=repository.record&lang=el"
    assert context["json_feed"] == "/feeds/search.json?q=vouchers&topic=4&in=repository.record&lang=el"
