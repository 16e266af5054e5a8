"""Searches people keep: whose they are, what is new in them, and one notice for it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice
from platform_core.programme.search import saved
from platform_core.programme.search.models import SavedSearch
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

from .asking import LABEL, open_to

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def keep(person, query: str = "q=vouchers", alert: str = "daily") -> SavedSearch:
    return saved.save_search(person, "Vouchers", query, LABEL, alert)


def a_day_later() -> None:
    SavedSearch.objects.update(told_at=timezone.now() - timedelta(days=1))


def told(person) -> list[tuple[str, str]]:
    settle()
    rows = Notice.objects.filter(recipient=person, kind="search.found", channel=Notice.Channel.SITE)
    return list(rows.order_by("pk").values_list("subject", "text"))


def test_what_is_new_is_told_once(people):
    record("Vouchers of old")
    settle()
    keep(people.carl)
    record("Vouchers of today")
    record("Guarantees")
    settle()
    a_day_later()

    assert [saved.tell_of_news(), saved.tell_of_news()] == [1, 0]
    assert told(people.carl) == [("1 new result for “Vouchers”", "– Vouchers of today (Records)")]
    a_day_later()
    assert saved.tell_of_news() == 0


def test_nobody_is_told_of_what_she_may_not_see(people):
    for person in (people.carl, people.ana):
        keep(person)
    open_to(record("Vouchers for members"), "members")
    settle()
    a_day_later()

    saved.tell_of_news()

    assert told(people.carl) == []
    assert told(people.ana) == [("1 new result for “Vouchers”", "– Vouchers for members (Records)")]


def test_what_is_hidden_before_the_notice_is_written_is_not_in_it(people):
    keep(people.carl)
    made = record("Vouchers of today")
    record("More vouchers")
    settle()
    a_day_later()
    saved.tell_of_news()
    open_to(made, "members")

    assert told(people.carl) == [("1 new result for “Vouchers”", "– More vouchers (Records)")]


@pytest.mark.parametrize(
    ("alert", "waited", "expected"),
    [("", 30, 0), ("daily", 0.9, 0), ("daily", 1, 1), ("weekly", 6, 0), ("weekly", 7, 1)],
)
def test_how_often(people, alert, waited, expected):
    keep(people.carl, alert=alert)
    record("Vouchers")
    settle()
    SavedSearch.objects.update(told_at=timezone.now() - timedelta(days=waited))

    assert saved.tell_of_news() == expected


def test_a_question_is_kept_once_and_within_bounds(people, monkeypatch):
    monkeypatch.setattr(saved, "MOST", 2)
    keep(people.carl, "q=a&page=3&in=repository.record")
    keep(people.carl, "q=a", alert="")
    keep(people.carl, "q=b")

    assert [(row.query, row.alert) for row in saved.saved_searches(people.carl)] == [("q=a", ""), ("q=b", "daily")]
    with pytest.raises(ValidationError, match="You have kept 2 searches"):
        keep(people.carl, "q=c")


def test_kept_from_the_list_run_and_forgotten(people):
    record("Vouchers", topics=[4])
    settle()
    browser = browser_of(people.carl)
    form = browser.get("/en/repository/?q=vouchers&topic=4").context["search_form"]

    answer = browser.post("/en/search/saved/keep/", {**form.initial, "alert": "weekly"}, follow=True)

    assert [(row["saved"].name, row["number"], row["kind"]) for row in answer.context["rows"]] == [
        ("vouchers", 0, "Records")
    ]
    record("More vouchers", topics=[4])
    settle()
    (row,) = browser.get("/en/search/saved/").context["rows"]
    assert row["number"] == 1
    assert browser.get(row["saved"].get_absolute_url())["Location"] == "/en/repository/?q=vouchers&topic=4"
    assert [row["number"] for row in browser.get("/en/search/saved/").context["rows"]] == [0]
    browser.post(f"/en/search/saved/{row['saved'].pk}/forget/")
    assert SavedSearch.objects.count() == 0


def test_an_empty_name_is_asked_again(people):
    answer = browser_of(people.carl).post("/en/search/saved/keep/", {"name": "", "query": "q=a"})

    assert (answer.status_code, SavedSearch.objects.count()) == (422, 0)


@pytest.mark.parametrize(("method", "place"), [("get", ""), ("post", "alert/"), ("post", "forget/")])
def test_searches_of_others_are_not_there(people, method, place):
    kept = keep(people.carl)

    answers = {
        name: getattr(browser_of(people.named(name)), method)(f"/en/search/saved/{kept.pk}/{place}").status_code
        for name in ("lena", "guest")
    }

    assert answers == {"lena": 404, "guest": 302}
    assert SavedSearch.objects.get().alert == "daily"


def test_nothing_is_told_when_all_that_was_found_is_hidden_again(people):
    keep(people.carl)
    made = record("Vouchers of today")
    settle()
    a_day_later()
    saved.tell_of_news()
    open_to(made, "members")

    assert told(people.carl) == []


def test_the_page_of_searches_counts_what_is_new_in_one_query(people):
    browser, costs = browser_of(people.carl), []
    for queries in (["q=vouchers"], ["topic=4&q=guarantees", "country=AT"]):
        for query in queries:
            keep(people.carl, query)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/en/search/saved/")
        costs.append(len(asked))
    open_to(record("Vouchers for members"), "members")
    record("Vouchers")
    record("Guarantees", countries=[], topics=[3])
    settle()

    rows = browser.get("/en/search/saved/").context["rows"]
    assert {row["saved"].query: row["number"] for row in rows} == {
        "q=vouchers": 1,
        "topic=4&q=guarantees": 0,
        "country=AT": 1,
    }
    assert {row["saved"].query: len(saved.news(row["saved"])) for row in rows} == {
        row["saved"].query: row["number"] for row in rows
    }
    assert costs[0] == costs[1]
