"""The programme page, an indicator with its list, and what its reader sees of it."""

import json
from datetime import date
from pathlib import Path

import pytest

from platform_core.programme.monitoring import demonstration
from platform_core.programme.monitoring.models import Indicator, Period
from platform_core.programme.monitoring.selectors.indicators import described
from platform_core.programme.monitoring.services import evidence, indicators
from tests.consultations.views.pages import parsed

pytestmark = pytest.mark.database
OUTPUTS = [6, 23, 6, 1, 1, 1, 6, 6, 7, 1, 5, 1, 1, 1]
RESULTS = [78, 52, 260, 50, 6, 50, 13]


@pytest.fixture
def loaded(people):
    """They come with the program, as all reference rows do."""


def test_the_tables_of_the_concept_paper_are_there_exactly(loaded):
    targets = {
        kind: list(Indicator.objects.filter(kind=kind).values_list("target", flat=True))
        for kind in ("output", "result")
    }
    due = [one.period.code if one.period else "" for one in Indicator.objects.exclude(kind="platform")]

    assert targets == {"output": OUTPUTS, "result": RESULTS}
    assert due[:14] == ["01", "01", "01", "01", "01", "06", "", "06", "04", "04", "05", "04", "05", "05"]
    assert due[14:] == ["02", "06", "06", "04", "05", "05", "05"]
    assert Indicator.objects.filter(kind="platform").count() == 9


def test_loading_again_keeps_what_the_lead_partner_changed(loaded):
    Indicator.objects.filter(code="r03").update(partner_target=25, target=300, rule="old")

    indicators.load_reference()

    held = Indicator.objects.get(code="r03")
    assert (held.partner_target, held.target, held.rule) == (25, 300, "consultations.stakeholders")
    assert Period.objects.count() == 6


def test_the_programme_is_open_to_everybody(loaded, client):
    page = client.get("/en/programme/")

    assert page.status_code == 200
    assert [len(lines) for _name, lines in page.context["groups"]] == [14, 7, 9]


@pytest.mark.parametrize("query", ["kind=result", "period=05", "kind=output&period=05", "kind=nonsense"])
def test_filters_cut_the_programme_down(loaded, client, query):
    expected = {"kind=result": 7, "period=05": 6, "kind=output&period=05": 3, "kind=nonsense": 30}

    assert client.get(f"/en/programme/?{query}").context["count"] == expected[query]


def test_every_page_of_an_indicator_opens(loaded, client):
    evidence.rebuild()

    assert {client.get(one.get_absolute_url()).status_code for one in Indicator.objects.all()} == {200}
    assert client.get("/en/programme/indicators/x99/").status_code == 404


def test_reference_is_well_formed():
    told = json.loads((Path(indicators.REFERENCE) / "indicators.json").read_text(encoding="utf-8"))
    codes = [row["code"] for row in told["indicators"]]

    assert len(codes) == len(set(codes)) == 30


def test_words_nobody_changed_get_the_languages_that_come_later(loaded):
    Indicator.objects.filter(code="p04").update(unit={"en": "practices"}, name={"en": "Our own words"})
    indicators.load_reference()

    held = Indicator.objects.get(code="p04")
    assert (held.unit.stored(), held.name.stored()) == (
        {"en": "practices", "bg": "практики", "el": "πρακτικές"},
        {"en": "Our own words"},
    )


def test_the_page_of_the_documents_is_what_the_program_declares(db):
    page = Path(__file__).parents[4] / "docs" / "indicators.md"

    assert page.read_text(encoding="utf-8") == described()


def test_an_indicator_that_no_rule_counts_says_so(loaded, client):
    Indicator.objects.filter(code="p04").update(rule="pilots.never_declared")
    page = client.get("/en/programme/indicators/p04/")

    assert page.context["line"].state == "uncounted"
    assert "No part of the platform declares yet what counts here." in page.content.decode()


def test_the_demonstration_sets_days_once(loaded):
    demonstration.load()
    Period.objects.filter(code="01").update(ends=date(2024, 5, 31))

    demonstration.load()

    held = list(Period.objects.values_list("begins", "ends"))
    assert held[0] == (date(2024, 1, 1), date(2024, 5, 31))
    assert held[5] == (date(2026, 7, 1), date(2026, 12, 31))


@pytest.mark.django_db
@pytest.mark.parametrize("is_demonstration", [True, False])
def test_a_demonstration_says_that_it_is_one(client, settings, is_demonstration):
    settings.DEMONSTRATION = is_demonstration
    pages = [client.get(f"/en/programme/{place}") for place in ("", "indicators/p04/")]

    alert = "//*[contains(@class, 'alert')][contains(., 'This is a demonstration')]"
    assert [len(parsed(page).xpath(alert)) for page in pages] == [is_demonstration, is_demonstration]
