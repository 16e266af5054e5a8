import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.audit import services as audit
from platform_core.materials.files.services import store_pages
from repository import services
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

from .filing import attach

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def fill(number: int) -> None:
    """Records with everything a row can show; their files' text is given, not read."""
    for place in range(number):
        made = record(f"Voucher {place}", topics=[1, 4], countries=["AT", "EL"], regions=["EL30"], publish=False)
        attached = attach(made, f"The guarantee fund {place} of {Record.objects.count()}".encode())
        store_pages(attached.file, ["The guarantee fund"], "")
        services.publish(made)
    audit.dispatch_events()


def queries(browser, address: str) -> int:
    browser.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


LISTS = {
    "/en/repository/": 6,
    "/en/repository/?topic=4": 10,
    "/en/repository/?q=voucher": 10,
    "/en/search/?q=guarantee": 10,
    "/en/repository/?q=voucher&topic=4&country=AT": 10,
    "/api/v1/records": 6,
    "/en/topics/4-finance/": 10,
}


def test_lists_cost_the_same_at_1_3_and_20_rows(client):
    counts = []
    for more in (1, 2, 17):
        fill(more)
        counts.append({address: queries(client, address) for address in LISTS})
    cache.clear()

    assert len(client.get("/en/repository/?q=guarantee").context["rows"]) == 20
    assert counts == [counts[0]] * 3
    assert {address: number for address, number in counts[0].items() if number > LISTS[address]} == {}


def test_drafts_cost_the_same_at_1_3_and_20_rows(people):
    browser, counts = browser_of(people.marko), []

    for more in (1, 2, 17):
        for place in range(more):
            record(f"Draft {place}", publish=False, by=people.marko)
        counts.append(queries(browser, "/en/repository/drafts/"))

    assert len(set(counts)) == 1


def test_drafts_are_ones_own_and_the_editors(people):
    record("Of marko", publish=False, by=people.marko)
    record("Of ana", publish=False, by=people.ana, topics=[1])
    record("Public")

    found = {
        name: [str(row) for row, _kind in browser_of(people.named(name)).get("/en/repository/drafts/").context["rows"]]
        for name in ("lena", "wanda", "marko", "ana")
    }

    assert found == {
        "lena": ["Of ana", "Of marko"],
        "wanda": ["Of marko"],
        "marko": ["Of marko"],
        "ana": ["Of ana"],
    }


def test_rows_tell_title_place_kind_and_day(client):
    made = record("Vouchers", topics=[4], countries=["AT"], year=2021)
    settle()

    (row,) = client.get("/en/repository/").context["rows"]

    assert (row.title, row.language, row.address) == ("Vouchers", "", "/en/repository/vouchers/")
    assert row.meta == ["Good practice", "Austria", "2021"]
    assert (row.topic, row.topic_name, row.day) == (4, "Financial framework", made.published_on)


@pytest.mark.parametrize(
    ("language", "expected"), [("en", ("Vouchers", "")), ("el", ("Κουπόνια", "")), ("it", ("Vouchers", "en"))]
)
def test_row_says_which_language_its_title_is_in(client, language, expected):
    made = record("Vouchers", publish=False)
    made.title = made.title.with_text("el", "Κουπόνια")
    made.save()
    services.publish(made)
    settle()

    (row,) = client.get(f"/{language}/repository/").context["rows"]

    assert (row.title, row.language) == expected


def test_choices_are_links_that_toggle(client):
    record("Vouchers", topics=[4], countries=["AT"])
    settle()

    answer = client.get("/en/repository/?topic=4&q=vouchers&page=2")

    facets = {facet["code"]: facet["choices"] for facet in answer.context["facets"]}
    assert [(one["code"], one["count"], one["selected"]) for one in facets["topic"]] == [("4", 1, True)]
    assert facets["topic"][0]["address"] == "?q=vouchers"
    assert facets["country"][0]["address"] == "?topic=4&q=vouchers&country=AT"
    assert [chip["address"] for chip in answer.context["chosen"]] == ["?q=vouchers"]


def test_hostile_question_is_only_text_on_the_page(client):
    answer = client.get("/en/repository/", {"q": '"><script>alert(1)</script>', "topic": "<b>", "year": "'onx="})

    page = html.fromstring(answer.content.decode())
    assert page.xpath("//input[@type='search'][@name='q']/@value") == ['"><script>alert(1)</script>'] * len(
        page.xpath("//input[@type='search'][@name='q']")
    )
    assert page.xpath("//script[contains(., 'alert')]") == []


def test_empty_repository_is_a_page_too(client):
    answer = client.get("/en/repository/")

    assert (answer.status_code, answer.context["answer"].total, answer.context["rows"]) == (200, 0, [])


def test_page_beyond_the_last_shows_the_last(client):
    record("Vouchers")
    settle()

    answer = client.get("/en/repository/?page=7")

    assert [row.title for row in answer.context["rows"]] == ["Vouchers"]
    assert answer.context["page"].number == 1


@pytest.mark.parametrize(
    ("scheme", "code"),
    [("policy_stage", "governance"), ("maturity", "growth"), ("cluster_action", None), ("axis", None)],
)
def test_stages_and_actions_are_facets(client, scheme, code):
    code = code or vocabulary.terms(scheme)[0].code
    record("Vouchers", code="in", terms={scheme: [code]})
    record("Vouchers", code="out")
    settle()

    context = client.get(f"/en/repository/?{scheme}={code}").context
    (facet,) = [facet for facet in context["facets"] if facet["code"] == scheme]

    assert [row.address for row in context["rows"]] == ["/en/repository/in/"]
    assert [(choice["code"], choice["count"]) for choice in facet["choices"]] == [(code, 1)]
    assert [row["code"] for row in client.get(f"/api/v1/records?{scheme}={code}").json()["records"]] == ["in"]
