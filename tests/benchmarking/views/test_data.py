"""What everybody sees of indicators and data sets."""

import csv
import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarking.models import Indicator
from benchmarking.selectors import comparison
from benchmarking.services import areas, datasets
from platform_core.identity.access import services as access
from tests.consultations.views.pages import texts
from tests.factories import data as factory
from tests.people import browser_of

pytestmark = pytest.mark.django_db

OLD = [
    ("gdp", "AT11", 2019, 20.0),
    ("gdp", "AT11", 2020, 21.5, "p"),
    ("gdp", "AT12", 2019, None, ":c"),
    ("rd", "AT12", 2020, 2.0),
]
NEW = [("gdp", "AT11", 2019, 20.0), ("gdp", "AT11", 2020, 22.0), ("gdp", "AT13", 2020, 5.0), ("rd", "AT12", 2020, 2.0)]


def published(code="figures", *, group=4, number=1, cells=OLD, told=None):
    made = told or factory.data_set(code, group)
    version = factory.version(made, *cells, number=number, published_at=timezone.now())
    for one in Indicator.objects.all():
        access.set_audience(one, {"public"})
    access.set_audience(made, {"public"})
    access.set_audience(version, {"public"})
    return version


def draft(told, number, cells=NEW):
    version = factory.version(told, *cells, number=number)
    access.set_audience(version, datasets.keys_inside(told))
    return version


def status(people, name, address):
    return browser_of(people.named(name)).get(f"/en/benchmarking/{address}").status_code


def table(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def guest(people):
    return browser_of(people.guest)


def test_empty_pages_say_so(guest):
    for address in ("indicators/", "data/", "areas/?words=zzz", "methods/nuts/"):
        assert guest.get(f"/en/benchmarking/{address}").status_code == 200


def test_catalogue_is_found_by_words_and_narrowed(guest):
    published()
    Indicator.objects.filter(code="rd").update(name={"en": "Research", "de": "Forschung"}, role="structural")

    def found(query, language="en"):
        return texts(guest.get(f"/{language}/benchmarking/indicators/?{query}"), "//main//h3")

    assert found("") == ["GDP", "Research"]
    assert found("words=resear") == ["Research"]
    assert found("words=forsch", "de") == ["Forschung"]
    assert found("role=structural") == ["Research"]
    assert found("words=nothing") == []


def test_an_indicator_says_where_it_has_figures(guest):
    version = published()
    page = guest.get("/en/benchmarking/indicators/gdp/")

    assert texts(page, "//main//tbody/tr/*") == ["Figures version 1", "2019–2020", "2", "2", "1"]
    assert f"{version.get_absolute_url()}?indicator=gdp" in page.content.decode()


def test_coverage_counts_years_with_values(guest):
    page = guest.get(published().get_absolute_url())

    assert texts(page, "//main//thead//th") == ["Area", "GDP", "RD"]
    rows = [texts_of(row) for row in rows_of(page)]
    assert rows[:2] == [["Burgenland AT11", "2· some carry a flag", "0"], ["Niederösterreich AT12", "0 missing", "1"]]
    assert len(rows) == 9


def rows_of(page):
    from lxml import html  # noqa: PLC0415

    return html.fromstring(page.content.decode()).xpath("//main//div[contains(@class,'cross')]//tbody/tr")


def texts_of(row):
    return [" ".join(cell.text_content().split()) for cell in row]


def test_an_indicator_is_shown_by_year_with_flags(guest):
    page = guest.get(f"{published().get_absolute_url()}?indicator=gdp")

    assert [texts_of(row) for row in rows_of(page)][:3] == [
        ["Burgenland AT11", "20.0", "21.5 p"],
        ["Niederösterreich AT12", ":c", "nothing"],
        ["Wien AT13", "nothing", "nothing"],
    ]


def test_figures_are_fetched_in_full_precision(guest):
    version = published(
        cells=[("gdp", "AT11", 2019, 1 / 3), ("gdp", "AT12", 2019, None, ":"), ("gdp", "AT13", 2019, -0.5)]
    )

    assert table(guest.get(f"{version.get_absolute_url()}figures.csv")) == [
        ["indicator", "area", "area_name", "year", "value", "flag", "provenance"],
        ["gdp", "AT11", "Burgenland", "2019", "0.3333333333333333", "", ""],
        ["gdp", "AT12", "Niederösterreich", "2019", "", ":", ""],
        ["gdp", "AT13", "Wien", "2019", "-0.5", "", ""],
    ]


def test_what_is_lacking_is_fetched(guest):
    version = published()

    lines = table(guest.get(f"{version.get_absolute_url()}coverage.csv?country=AT"))

    assert lines[:3] == [
        ["area", "area_name", "indicator", "values", "years", "missing", "flagged", "national"],
        ["AT11", "Burgenland", "gdp", "2", "2", "0", "1", "0"],
        ["AT11", "Burgenland", "rd", "0", "1", "0", "0", "0"],
    ]


def test_two_versions_are_compared(guest):
    told = published().data_set
    published(told=told, number=2, cells=NEW)
    page = guest.get("/en/benchmarking/data/figures/compare/")

    assert texts(page, "//main//tbody/tr/*") == ["GDP", "1", "1", "1"]
    cells = guest.get("/en/benchmarking/data/figures/compare/?old=1&new=2&kind=revised&indicator=gdp")
    assert texts(cells, "//section[@id='cells']//tbody/tr/*") == ["Burgenland (AT11)", "2020", "21.5 p", "22.0"]
    assert table(guest.get("/en/benchmarking/data/figures/changes.csv?old=1&new=2"))[1:] == [
        ["added", "gdp", "AT13", "2020", "", "", "5.0", ""],
        ["dropped", "gdp", "AT12", "2019", "", ":c", "", ""],
        ["revised", "gdp", "AT11", "2020", "21.5", "p", "22.0", ""],
    ]


def test_large_versions_are_compared_when_they_are_stored(guest, monkeypatch):
    """The reader waits for no comparison of large ones: it was kept with the version, or she fetches the file."""
    told = published().data_set
    newer = published(told=told, number=2, cells=NEW)
    monkeypatch.setattr(comparison, "MOST_AT_ONCE", 0)
    address = "/en/benchmarking/data/figures/compare/?old=1&new=2"
    refused = texts(guest.get(address), "//p[@class='empty-title']")
    newer.report |= {"changes": comparison.since(told.versions.get(number=1), newer)}
    newer.save(update_fields=["report"])
    cache.clear()

    assert refused == ["These versions are too large to be compared while you wait"]
    assert texts(guest.get(address), "//main//tbody/tr/*") == ["GDP", "1", "1", "1"]


def test_the_same_version_twice_says_the_same(guest):
    told = published().data_set
    published(told=told, number=2, cells=OLD)

    page = guest.get("/en/benchmarking/data/figures/compare/?old=1&new=2")

    assert texts(page, "//main//tbody/tr/*") == []


@pytest.mark.parametrize(
    "rest", ["2/", "2/figures.csv", "2/coverage.csv", "compare/?old=1&new=2", "changes.csv?old=1&new=2"]
)
def test_drafts_are_for_the_group(people, rest):
    told = published().data_set
    draft(told, 2)

    seen = {name: status(people, name, f"data/figures/{rest}") for name, _person in people.each()}
    assert seen == {name: 200 if name in ("lena", "wanda") else 404 for name in seen}


def test_drafts_appear_in_no_list_or_count(people, guest):
    told = published().data_set
    draft(told, 2)

    assert texts(guest.get("/en/benchmarking/data/figures/"), "//main//h3") == ["Version 1"]
    assert "1 version" in texts(guest.get("/en/benchmarking/data/"), "//main//article")[0]
    assert len(texts(guest.get("/en/benchmarking/indicators/gdp/"), "//main//tbody/tr")) == 1
    own = browser_of(people.wanda)
    assert texts(own.get("/en/benchmarking/data/figures/"), "//main//h3") == ["Version 2", "Version 1"]


def test_who_brought_a_version_is_not_said_to_guests(people, guest):
    version = published()
    version.imported_by = people.wanda
    version.save()

    assert b"Wanda" not in guest.get(version.get_absolute_url()).content
    assert b"Wanda" in browser_of(people.marko).get(version.get_absolute_url()).content


def queries(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("address", ["indicators/", "data/", "data/figures-0/1/", "indicators/gdp/"])
def test_lists_ask_as_often_for_many_as_for_one(people, address):
    browser = browser_of(people.wanda)
    published("figures-0")
    one = queries(browser, f"/en/benchmarking/{address}")
    for place in (1, 2):
        published(
            f"figures-{place}", cells=[*OLD, (f"more-{place}", "AT21", 2020, 1.0), (f"m-{place}", "AT22", 2020, 1.0)]
        )

    assert queries(browser, f"/en/benchmarking/{address}") == one


@pytest.mark.parametrize(
    "address", ["data/none/", "data/figures/9/", "indicators/none/", "data/figures/compare/?old=1&new=9"]
)
def test_what_is_not_there(people, guest, address):
    published()

    assert guest.get(f"/en/benchmarking/{address}").status_code == 404


def test_strange_filters_do_no_harm(guest):
    address = published().get_absolute_url()

    for query in ("level=x", "indicator=%00", "country=ZZ", "page=-1", "columns=99", "level=99&indicator=none"):
        assert guest.get(f"{address}?{query}").status_code == 200


def test_codes_of_areas_are_found(guest):
    page = guest.get("/en/benchmarking/areas/?words=GR11")

    assert texts(page, "//main//tbody/tr/*") == [
        "GR11",
        "Anatoliki Makedonia, Thraki",
        "2006",
        "Has another code today",
        "EL51",
    ]


def test_loading_reference_again_changes_nothing(db):
    from benchmarking.models import Area, AreaCode  # noqa: PLC0415

    before = (
        set(Area.objects.values_list("pk", "code", "name")),
        set(AreaCode.objects.values_list("code", "first", "area")),
    )
    areas.load_reference()

    assert before == (
        set(Area.objects.values_list("pk", "code", "name")),
        set(AreaCode.objects.values_list("code", "first", "area")),
    )
