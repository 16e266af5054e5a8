"""More than 1,000 hits, and questions nobody should ask."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from hypothesis import HealthCheck, given, settings, strategies

from platform_core.identity.access.models import Audience
from platform_core.programme.search import selectors, services
from platform_core.programme.search.backends import backend
from platform_core.programme.search.models import SearchEntry, SearchFacet
from tests.factories.repository import record
from tests.settling import settle

from .asking import LABEL, ask, codes, counts, snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.database]

GUEST = AnonymousUser()
HOSTILE = [
    '"',
    '""" \' `',
    "voucher*",
    "voucher OR house",
    "NOT voucher",
    "NEAR(voucher house)",
    "title : voucher",
    "(((",
    "voucher & ! | <-> :A",
    "a\0b",
    "\0",
    "🙂🙂",
    "!!! ??? ---",
    "%%% %s %(x)s {0}",
    "\\",
    "; DROP TABLE search_entry_words; --",
    "<script>alert(1)</script>",
    "voucher " * 1250,
    "x" * 10000,
    "ß" * 200,
    "1e5 0x1F -3.5 1/2",
    "\u202e\u200b\ufeff",
]


def many(number: int) -> None:
    """Entries as the index would hold them, without the things behind them."""
    first = date(2020, 1, 1)
    rows = SearchEntry.objects.bulk_create(
        SearchEntry(
            thing=LABEL,
            object_id=10**6 + place,
            title={"en": f"Voucher {place}"},
            summary={"en": "x"},
            route="repository:record",
            key=f"voucher-{place}",
            day=first + timedelta(days=place),
            openness=0,
            digest="x",
            marks="topic=4",
        )
        for place in range(number)
    )
    Audience.objects.bulk_create(Audience(thing=LABEL, object_id=row.object_id, key="public") for row in rows)
    SearchFacet.objects.bulk_create(SearchFacet(entry=row, day=row.day, dimension="topic", value="4") for row in rows)
    for row in rows:
        backend().write_entry(row.pk, row.day, "voucher", f"number{row.object_id}")
    services.recount(kind.label for kind in selectors.kinds())
    if connection.vendor == "postgresql":
        backend().execute("ANALYZE search_searchentry, search_searchfacet, access_audience, search_entry_words")


@pytest.mark.parametrize(("number", "expected"), [(1000, (1000, False)), (1001, (1000, True))])
def test_counts_are_exact_up_to_a_thousand(number, expected):
    many(number)

    for question in ({"words": "voucher"}, {"topic": ["4"]}, {}):
        answer = ask(GUEST, **question)
        assert (answer.total, answer.more) == expected
        assert (answer.page_count, len(answer.entries)) == (50, 20)


def test_beyond_a_thousand_the_newest_are_counted_and_reached(client):
    many(1003)

    assert codes(GUEST, "voucher", order="newest", page=50)[-1] == "voucher-3"
    assert codes(GUEST, page=50)[-1] == "voucher-3"
    assert counts(ask(GUEST, "voucher")) == {"topic": {"4": 1001}}
    assert client.get("/en/repository/?q=voucher&page=50").status_code == 200


def test_title_hits_are_candidates_however_old_they_are(monkeypatch):
    monkeypatch.setattr(selectors, "CANDIDATES", 2)
    record("Voucher", code="old")
    for number in range(5):
        record(f"House {number}", summary={"en": "A voucher."})
    settle()

    assert codes(GUEST, "voucher")[0] == "old"
    assert len(codes(GUEST, "voucher")) == 6


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_questions_are_answered(query, client):
    record("Voucher", code="one")
    settle()

    answers = [client.get(f"/en/{page}/", {"q": query}) for page in ("search", "repository")]
    answers.append(client.get("/api/v1/records", {"q": query}))

    assert [answer.status_code for answer in answers] == [200, 200, 200]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("voucher*", ["one"]),
        ('"voucher', ["one"]),
        ("voucher OR house", []),
        ("title : voucher", []),
        ("NOT voucher", []),
        ("voucher & ! |", ["one"]),
        ("🙂 voucher", ["one"]),
        ("🙂🙂", []),
        ("!!!", []),
        ("集群", []),
        ("   ", ["one"]),
        ("voucher " * 1250, ["one"]),
    ],
)
def test_marks_of_the_engines_are_only_marks(query, expected):
    record("Voucher", code="one")
    settle()

    assert codes(GUEST, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=0",
        "page=99999999999999999999",
        "page=x",
        "page=%00",
        "page=٣",
        "topic=99",
        "topic=%00",
        "country=%00&country=AT",
        "colour=red",
        "in=nothing.atall",
        "sort=sideways",
        "year=" + "9" * 5000,
        "&".join(f"topic={number}" for number in range(500)),
    ],
)
def test_unknown_filters_and_wrong_pages_are_answered(query, client):
    record("Voucher")
    settle()

    assert [client.get(f"/en/{page}/?{query}").status_code for page in ("search", "repository")] == [200, 200]


@given(query=strategies.text(max_size=30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_question_is_answered(query):
    assert ask(GUEST, query).total == 0 or not query.strip()


def test_rebuild_mends_lost_words():
    made = record("Voucher", code="one")
    settle()
    before = snapshot()
    backend().execute("DELETE FROM search_entry_words")
    assert codes(GUEST, "voucher") == []

    services.rebuild()

    assert codes(GUEST, "voucher") == [made.code]
    assert snapshot() == before


def test_rebuild_drops_what_is_gone():
    record("Voucher", code="one")
    settle()
    before = snapshot()
    many(3)

    services.rebuild()

    assert snapshot() == before
