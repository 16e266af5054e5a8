import pytest
from lxml import etree

from repository import services
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.platform_core.programme.search.asking import open_to

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(client, query: str = "") -> list[tuple[str, str]]:
    answer = client.get(f"/feeds/records.atom{query}")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(answer.content)
    rows = root.xpath("//a:entry", namespaces=ATOM)
    return [(row.findtext("a:title", namespaces=ATOM), row.find("a:link", ATOM).get("href")) for row in rows]


def test_feed_gives_the_newest_first(client):
    for number, title in enumerate(("Old", "New")):
        made = record(title)
        Record.objects.filter(pk=made.pk).update(published_on=f"2025-0{number + 1}-01")

    assert [title for title, _address in entries(client)] == ["New", "Old"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ("Vouchers", "http://testserver/en/repository/vouchers/")),
        ("?language=el", ("Κουπόνια", "http://testserver/el/repository/vouchers/")),
        ("?language=sr", ("Vouchers", "http://testserver/sr-latn/repository/vouchers/")),
        ("?language=xx", ("Vouchers", "http://testserver/en/repository/vouchers/")),
    ],
)
def test_feed_comes_in_the_language_asked_for(client, query, expected):
    made = record("Vouchers")
    made.title = made.title.with_text("el", "Κουπόνια")
    made.save()

    assert entries(client, query) == [expected]


def test_feed_is_what_guests_see_whoever_asks(people):
    record("Draft", publish=False, by=people.marko)
    open_to(record("Members"), "members")
    services.withdraw(record("Gone"), by=people.lena, why="wrong")
    record("Public")

    for name, person in people.each():
        assert (name, [title for title, _address in entries(browser_of(person))]) == (name, ["Public"])


def test_feed_ends_after_thirty(client):
    for number in range(31):
        record(f"V{number}", code=f"v{number}")

    assert [title for title, _address in entries(client)] == [f"V{number}" for number in range(30, 0, -1)]


def test_marks_are_escaped(client):
    record("<b>R&D</b> ]]>")

    assert [title for title, _address in entries(client)] == ["<b>R&D</b> ]]>"]
