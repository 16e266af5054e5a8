import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, transaction

from platform_core.ground.texts.codes import CODES
from platform_core.ground.vocabulary import selectors
from platform_core.ground.vocabulary.models import Country, Region, Term, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MODELS = (Topic, Country, Region, Term)


def snapshot() -> list[str]:
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in MODELS]


def test_loading_again_changes_nothing():
    before = snapshot()

    call_command("load_reference")
    call_command("load_reference")

    assert snapshot() == before


def test_loading_again_refreshes_what_was_altered():
    before = snapshot()
    Topic.objects.filter(number=4).update(short={"en": "Money"})

    call_command("load_reference")

    assert snapshot() == before


def test_there_are_six_topics_ten_countries_and_79_regions():
    assert [topic.number for topic in selectors.topics()] == [1, 2, 3, 4, 5, 6]
    assert len(selectors.countries()) == 10
    assert len(selectors.regions()) == 79


@pytest.mark.parametrize(
    ("country", "expected"),
    [("IT", 21), ("AT", 9), ("HU", 8), ("RO", 8), ("BG", 6), ("EL", 13), ("SI", 2), ("SK", 4), ("HR", 4), ("RS", 4)],
)
def test_regions_are_those_of_the_vintage_2021(country, expected):
    rows = [region for region in selectors.regions() if region.country_id == country]

    assert len(rows) == expected
    assert {region.vintage for region in rows} == {2021}
    assert {region.code[:2] for region in rows} == {country}


def test_every_region_has_a_tile_of_its_own():
    tiles = [(region.column, region.row) for region in selectors.regions()]

    assert len(set(tiles)) == 79
    assert [tile for tile in tiles if not (1 <= tile[0] <= 15 and 0 <= tile[1] <= 10)] == []


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("cycle_stage", ["preparation", "implementation", "monitoring_evaluation"]),
        ("level", ["cluster", "regional", "national", "eu"]),
        ("maturity", ["infancy", "growth", "maturity", "decline", "revitalisation"]),
        ("tier", ["full", "associated", "partner"]),
    ],
)
def test_terms_come_in_their_own_order(scheme, expected):
    assert [code for code, _name in selectors.term_choices(scheme)] == expected


def test_everything_is_named_in_eleven_languages():
    named = [topic.name for topic in selectors.topics()] + [country.name for country in selectors.countries()]
    named += [topic.short for topic in selectors.topics()] + [term.name for term in Term.objects.all()]

    assert [str(text) for text in named if tuple(text) != CODES] == []


def test_greek_regions_have_their_greek_names():
    assert selectors.region("EL52").native == "Κεντρική Μακεδονία"


def test_region_exists_once_per_vintage():
    region = Region(code="AT12", vintage=2021, country_id="AT", name="x", name_en="x")

    with pytest.raises(IntegrityError), transaction.atomic():
        region.save()
    region.vintage = 2024
    region.save()
