"""Whom a consultation asks, and where that is used: its page, pages of regions and countries, briefs, search."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from consultations import services
from consultations.models import Consultation
from consultations.selectors import LABEL
from consultations.services import setups
from pilots import brief_paper
from pilots.selectors import briefs
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.search.models import SearchFacet
from tests.factories.consultations import consultation
from tests.people import browser_of
from tests.settling import settle

from .pages import parsed, queries, texts
from .test_editor import HOME, filled, keep

pytestmark = pytest.mark.django_db
ASKED = "//dt[.='Asked are']/following-sibling::dd"


def asking(code: str, countries=(), regions=(), **fields) -> Consultation:
    found = consultation(code, open_now=False, title={"en": code.title()}, **fields)
    setups.ask_in(found, countries=countries, regions=regions)
    return services.open_consultation(found)


def beside(browser, address: str) -> list[str]:
    cache.clear()
    return texts(browser.get(address), "//*[h2='Open for your view']//li/a")


def test_places_are_chosen_before_the_opening(people):
    consultation(open_now=False)

    keep(browser_of(people.wanda), "settings/", countries=["AT"], regions=["AT12", "EL30"])

    found = Consultation.objects.get()
    assert ([one.pk for one in found.countries.all()], [one.code for one in found.regions.all()]) == (["AT"], ["EL30"])


def test_once_open_whom_it_asks_is_locked(people):
    asking("finance", countries=["AT"])
    wanda = browser_of(people.wanda)

    wanda.post(HOME + "settings/", filled(wanda, HOME + "settings/", countries=["BG"], minutes="25"))

    found = Consultation.objects.get()
    assert (found.minutes, [one.pk for one in found.countries.all()]) == (25, ["AT"])


def test_choosing_places_makes_an_approval_void_once(people):
    found = consultation(open_now=False)

    told = [setups.set_up(found, by=people.wanda, countries=["AT"], regions=[]) for _time in range(2)]

    assert told == [["countries", "regions"], []]


def test_a_place_that_is_none_is_refused(people):
    with pytest.raises(ValidationError):
        setups.set_up(consultation(open_now=False), by=people.wanda, countries=["XX"], regions=[])


def test_its_page_says_whom_it_asks(people):
    asking("everywhere"), asking("some", ["BG"], ["EL30"])
    guest = browser_of(people.guest)
    pages = {code: guest.get(f"/en/consultations/{code}/") for code in ("everywhere", "some")}

    assert texts(pages["everywhere"], ASKED) == ["all countries and regions"]
    assert [one.get("href") for one in parsed(pages["some"]).xpath(ASKED + "/a")] == [
        "/en/countries/BG/",
        "/en/regions/EL30/",
    ]


def test_pages_of_places_list_what_asks_there_the_nearest_first(people):
    (
        asking("everywhere"),
        asking("austria", ["AT"]),
        asking("attica", regions=["EL30"]),
        asking("crete", regions=["EL43"]),
    )
    guest = browser_of(people.guest)

    told = {
        place: beside(guest, f"/en/{place}/")
        for place in ("regions/AT12", "countries/AT", "regions/EL30", "countries/EL", "countries/BG")
    }

    assert told == {
        "regions/AT12": ["Austria", "Everywhere"],
        "countries/AT": ["Austria", "Everywhere"],
        "regions/EL30": ["Attica", "Everywhere"],
        "countries/EL": ["Attica", "Crete", "Everywhere"],
        "countries/BG": ["Everywhere"],
    }


def test_a_brief_names_those_of_its_topic_that_ask_there(people):
    asking("austria", ["AT"]), asking("bulgaria", ["BG"]), asking("skills", ["AT"], topic_id=6)

    found = briefs.brief(people.guest, vocabulary.region("AT12"), vocabulary.topic(4))

    assert beside(browser_of(people.guest), "/en/learning/brief/AT12/4/") == ["Austria"]
    (told,) = [part.text for part in brief_paper.parts(found) if part.heading == "Open for your view"]
    assert told.startswith("- “Austria”, open until ")


@pytest.mark.parametrize("place", ["regions/EL30", "countries/EL"])
def test_the_page_of_a_place_costs_the_same_with_one_and_with_three(people, place):
    guest, seen = browser_of(people.guest), []
    for codes in (["one"], ["two", "three"]):
        [asking(code, ["EL"]) for code in codes]
        settle()
        cache.clear()
        seen.append(queries(guest, f"/en/{place}/"))

    assert seen[0] == seen[1]


def test_search_narrows_consultations_by_place(people):
    asking("some", ["BG"], ["EL30"])
    settle()

    rows = SearchFacet.objects.filter(entry__thing=LABEL, dimension__in=("country", "region")).order_by(
        "dimension", "value"
    )
    assert list(rows.values_list("dimension", "value")) == [("country", "BG"), ("country", "EL"), ("region", "EL30")]
