"""Those who bring figures: who may, and their way from a file to a published version."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from benchmarking.models import DataImport, DataSet, DataVersion, Indicator
from benchmarking.services import datasets
from platform_core.identity.access import services as access
from platform_core.materials.jobs import runner
from tests.consultations.views.pages import texts
from tests.consultations.views.test_desk import expected, statuses
from tests.factories import data as factory
from tests.people import browser_of

pytestmark = pytest.mark.django_db

DESK = "/en/desk/benchmarking/data/"
DESCRIBED = {"group": 4, "title": "Regional figures", "source": "Eurostat, tgs00026", "licence": "CC BY 4.0"}
GOOD = b"geo,year,indicator,value\nAT11,2019,gdp,20.5\nAT12,2019,gdp,21 p\n"
BROKEN = b"geo,sex,year,value\nAT11,F,2019,1\nAT11,M,2019,2\n"


def file(content=GOOD, name="figures.csv"):
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def told(people):
    made = factory.data_set()
    access.set_audience(made, datasets.keys_inside(made))
    return made


@pytest.mark.parametrize("rest", ["", "new/", "figures/", "figures/bring/"])
def test_who_brings_figures(people, told, rest):
    hidden = 404 if rest.startswith("figures") else 403

    assert statuses(people, DESK + rest) == expected(hidden, lena=200, wanda=200)


def test_who_adds_indicators(people):
    assert statuses(people, "/en/desk/benchmarking/indicators/new/") == expected(lena=200, wanda=200)


def test_a_leader_brings_for_her_own_group_alone(people):
    browser = browser_of(people.wanda)

    assert texts(browser.get(f"{DESK}new/"), "//select[@name='group']/option") == ["Financial framework improvement"]
    assert browser.post(f"{DESK}new/", DESCRIBED | {"group": 5}).status_code == 422


def test_from_a_file_to_a_published_version(people):
    browser = browser_of(people.wanda)
    bring = browser.post(f"{DESK}new/", DESCRIBED).url
    assert bring == f"{DESK}regional-figures/bring/"
    address = browser.post(bring, file()).url
    assert b"Looking" in browser.get(address).content or b"Waiting" in browser.get(address).content
    runner.finish_waiting()

    page = browser.get(address)
    assert "Everything fits." in " ".join(texts(page, "//main"))
    assert browser.post(f"{address}take/", {"note": "First"}).url == address
    runner.finish_waiting()
    version = browser.get(address).url
    assert version == "/en/benchmarking/data/regional-figures/1/"

    shown = browser.get(version)
    assert "This version is not published" in " ".join(texts(shown, "//main"))
    assert browser_of(people.guest).get(version).status_code == 404
    browser.post(f"{DESK}regional-figures/1/publish/")
    assert browser_of(people.guest).get(version).status_code == 200
    assert texts(browser_of(people.guest).get("/en/benchmarking/data/"), "//main//h3") == ["Regional figures"]


def test_what_is_wrong_is_said_and_mended_by_reading_it_otherwise(people, told):
    browser = browser_of(people.wanda)
    address = browser.post(f"{DESK}figures/bring/", file(BROKEN)).url
    runner.finish_waiting()
    page = browser.get(address)

    assert texts(page, "//main//table[contains(@class,'data')]//tbody/tr/*") == [
        "2",
        "value",
        "figures, AT11, 2019 has several values: 1 / 2 (rows 2, 3), which differ in “sex”. Please choose below which one is "
        "meant.",
    ]
    assert "Keep as the next version" not in page.content.decode()
    browser.post(f"{address}take/")
    assert DataVersion.objects.count() == 0

    fields = {
        "layout": "tidy",
        "area": "geo",
        "year": "year",
        "value": "value",
        "decimal": ".",
        "filter-0": "F",
        "indicator-0": "+",
    }
    assert browser.post(f"{address}read/", fields).url == address
    runner.finish_waiting()
    assert "Everything fits." in " ".join(texts(browser.get(address), "//main"))


def test_a_form_that_does_not_fit_keeps_what_was_typed(people, told):
    browser = browser_of(people.wanda)
    address = browser.post(f"{DESK}figures/bring/", file(BROKEN)).url
    runner.finish_waiting()

    page = browser.post(
        f"{address}read/", {"layout": "tidy", "area": "geo", "year": "year", "decimal": ",", "indicator-0": "+"}
    )

    assert page.status_code == 422
    assert texts(page, "//select[@name='decimal']/option[@selected]") == ["Comma (12,5)"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "The submitted file is empty."),
        (
            b"PK\x03\x04broken",
            "a.xlsx",
            "The file cannot be read as a workbook (XLSX). Please open it and save it again.",
        ),
    ],
)
def test_files_that_cannot_be_read_are_refused_at_once(people, told, content, name, words):
    page = browser_of(people.wanda).post(f"{DESK}figures/bring/", file(content, name))

    assert page.status_code == 422
    assert words in " ".join(texts(page, "//main"))
    assert DataImport.objects.count() == 0


def test_a_file_that_is_no_table_of_areas_says_so(people, told):
    browser = browser_of(people.wanda)
    address = browser.post(f"{DESK}figures/bring/", file(b"place;year;value\nVienna;2019;1\n")).url
    runner.finish_waiting()

    page = browser.get(address)
    assert "No column with codes of countries or regions was found among: place, year, value." in " ".join(
        texts(page, "//main")
    )
    assert texts(page, "//select[@name='area']/option") == ["–", "place", "year", "value"]


def test_others_do_not_see_a_file_that_was_brought(people, told):
    address = browser_of(people.wanda).post(f"{DESK}figures/bring/", file()).url

    assert statuses(people, address) == expected(404, wanda=200)
    assert browser_of(people.lena).post(f"{address}take/").status_code == 404


def test_a_file_is_given_up(people, told):
    browser = browser_of(people.wanda)
    address = browser.post(f"{DESK}figures/bring/", file()).url

    assert browser.post(f"{address}give-up/").url == f"{DESK}figures/bring/"
    assert browser.get(address).status_code == 404


def test_a_double_click_begins_one_data_set(people):
    browser = browser_of(people.wanda)
    for _click in range(2):
        browser.post(f"{DESK}new/", DESCRIBED | {"key": "one"})

    assert DataSet.objects.count() == 1


def test_a_description_changed_meanwhile_is_not_overwritten(people, told):
    browser = browser_of(people.wanda)
    seen = texts_of_field(browser.get(f"{DESK}figures/"), "seen")
    DataSet.objects.update(source="Another")

    page = browser.post(f"{DESK}figures/", DESCRIBED | {"seen": seen})

    assert page.status_code == 422
    assert DataSet.objects.get().source == "Another"


def texts_of_field(page, name):
    from lxml import html  # noqa: PLC0415

    (field,) = html.fromstring(page.content.decode()).xpath(f"//input[@name='{name}']")
    return field.get("value")


FILLED = {
    "group": 4,
    "code": "loans",
    "name": "Loans to clusters",
    "role": "performance",
    "direction": 1,
    "decimals": 1,
    "periodicity": "yearly",
}


def test_an_indicator_is_added_and_changed(people):
    browser = browser_of(people.wanda)
    assert browser.post("/en/desk/benchmarking/indicators/new/", FILLED).url == "/en/benchmarking/indicators/loans/"
    assert browser.post("/en/desk/benchmarking/indicators/new/", FILLED).status_code == 422
    browser.post("/en/desk/benchmarking/indicators/loans/", FILLED | {"name": "Loans", "direction": -1})

    made = Indicator.objects.get()
    assert (str(made.name), made.direction, made.code) == ("Loans", -1, "loans")
