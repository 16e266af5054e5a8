"""What if, with everything computed again: what the page tells is what a run with the other figure would tell."""

import pandas as pd
import pytest

from benchmarking import computing, recipes
from benchmarking.forms.readings import RecomputeForm, written
from benchmarking.models import Indicator, Run
from benchmarking.readings import recomputing
from benchmarking.selectors import readings as selectors
from benchmarking.services import hierarchy, runs
from benchmarking.statistics.composite import build
from benchmarking.statistics.whatif import Stored
from platform_core.identity.access import services as access
from tests.factories import benchmarks
from tests.settling import settle

METHODS = [
    {"normalisation": "minmax:0:100"},
    {"normalisation": "zscore:0:1"},
    {"normalisation": "rank"},
    {"normalisation": "percentile", "imputation": "median_group:country"},
    {"normalisation": "distance_to_max", "imputation": "mean_group:nuts.1"},
    {"normalisation": "fraction_of_max", "treatment": "sd:2"},
    {"normalisation": "distance_to_reference:HU11"},
    {"treatment": "winsorise:1", "skewness": 0.1, "kurtosis": -2.0},
    {"treatment": "boxcox", "skewness": 0.1, "kurtosis": -2.0},
    {"weights": "entropy"},
    {"weights": "optimised"},
    {"weights": "bod"},
    {"weights": "bod:0.1:0.6"},
    {"aggregation": ["copeland"]},
    {"normalisation": "minmax:1:100", "aggregation": ["gmean", "hmean"]},
    {"normalisation": "minmax:1:100", "aggregation": ["ampi"]},
    {"aggregation": ["power:2", "median"]},
]
AREA, CODE = "BG31", "venture"


def ids(recipe: dict) -> str:
    return ",".join(str(one) for one in recipe.values())


def run_with(person, recipe: dict) -> Run:
    found = benchmarks.complete(person)
    found.recipe |= recipe
    found.save(update_fields=["recipe"])
    run = runs.start(found, by=person)
    settle()
    run.refresh_from_db()
    assert run.error == ""
    return run


def profile_of(person, run: Run):
    return selectors.profile(person, selectors.area_read(person, run.benchmark.code, AREA))


@pytest.mark.database
@pytest.mark.parametrize("recipe", METHODS, ids=ids)
def test_what_is_supposed_is_what_a_run_would_find(people, recipe):
    run = run_with(people.wanda, recipe)
    profile, areas = profile_of(people.wanda, run), selectors.on_the_scale(run)
    levers = recomputing.levers(profile, areas)
    as_it_is = recomputing.recomputed(profile, areas, {one.compared.node.code: one.now for one in levers})
    given = computing.inputs(run)
    value = float(given.figures.at[AREA, CODE]) * 1.15

    found = recomputing.recomputed(profile, areas, {CODE: value})

    given.figures.loc[AREA, CODE] = value
    again = build(given.figures, given.metadata, recipes.recipe_of(run.recipe, run.years[0]))
    root = again.hierarchy.root
    before = {area.code: area.rank for area in areas}
    moved = {code: int(rank) for code, rank in again.ranks[root].items() if code != AREA and rank != before[code]}
    assert found.own.score == pytest.approx(again.scores.at[AREA, root], rel=1e-8)
    assert (found.own.rank, found.own.rank_before) == (again.ranks.at[AREA, root], before[AREA])
    assert {one.area.code: one.rank for one in found.moved} == moved
    assert {one.compared.node.code for one in levers} == set(benchmarks.INDICATORS)
    assert as_it_is.own.score == pytest.approx(profile.area.score, rel=1e-8, abs=1e-8)
    assert (as_it_is.own.rank, list(as_it_is.moved)) == (profile.area.rank, [])


@pytest.mark.database
@pytest.mark.parametrize(
    ("query", "values"),
    [
        ({}, {}),
        ({"way": "again"}, {}),
        ({"raw_venture": "70"}, {"venture": 70.0}),
        ({"raw_venture": "40", "slide_venture": "55", "was_venture": "40"}, {"venture": 55.0}),
        ({"raw_venture": "41", "slide_venture": "55", "was_venture": "40"}, {"venture": 41.0}),
        ({"raw_venture": "", "slide_venture": "NOW", "was_venture": "NOW"}, {}),
    ],
)
def test_a_figure_and_its_slider_are_one(people, query, values):
    run = run_with(people.wanda, {"normalisation": "rank"})
    levers = recomputing.levers(profile_of(people.wanda, run), selectors.on_the_scale(run))
    (own,) = (one for one in levers if one.compared.node.code == CODE)
    told = {name: value.replace("NOW", written(own.now)) for name, value in query.items()}

    form = RecomputeForm.asked(told, levers)

    assert (form.values() if form.is_valid() else {}) == values


@pytest.mark.database
def test_the_page_tells_who_moves(client, people):
    run = run_with(people.wanda, {"normalisation": "rank"})
    for thing in (run, run.benchmark):
        access.set_audience(thing, {"public"})
    page = f"/en/benchmarking/{run.benchmark.code}/regions/{AREA}/suppose/"

    found = client.get(page, {"run": run.number, f"raw_{CODE}": "1000"})

    told = found.context["found"]
    assert found.status_code == 200
    assert (told.own.rank, [one.rank - one.rank_before for one in told.moved]) == (3, [1, 1, 1, 1])
    assert found.context["conditions"] == [
        "The figures of the other regions stay as they are.",
        "Ranks are given again: whoever is overtaken falls by one.",
        "The weights stay as they are.",
    ]


@pytest.mark.database
def test_where_levels_have_ends_both_ways_are_offered(client, people):
    run = run_with(people.wanda, {})
    for thing in (run, run.benchmark):
        access.set_audience(thing, {"public"})
    page = f"/en/benchmarking/{run.benchmark.code}/regions/{AREA}/suppose/"

    kept, again = client.get(page, {"run": run.number}), client.get(page, {"run": run.number, "way": "again"})

    assert "supposed" in kept.context
    assert "conditions" in again.context
    assert f'href="{again.context["kept"].replace("&", "&amp;")}"' in again.content.decode()


@pytest.mark.database
@pytest.mark.parametrize("value", ["1e13", "-1e13", "nan", "inf", "many"])
def test_what_is_no_figure_is_said_at_its_field(client, people, value):
    run = run_with(people.wanda, {"normalisation": "zscore:0:1"})
    for thing in (run, run.benchmark):
        access.set_audience(thing, {"public"})

    found = client.get(f"/en/benchmarking/{run.benchmark.code}/regions/{AREA}/suppose/", {f"raw_{CODE}": value})

    assert (found.status_code, list(found.context["form"].errors)) == (400, [f"raw_{CODE}"])


@pytest.mark.database
def test_figures_no_mean_can_be_built_of_are_told(client, people):
    run = run_with(people.wanda, {"normalisation": "fraction_of_max", "aggregation": ["gmean"]})
    for thing in (run, run.benchmark):
        access.set_audience(thing, {"public"})

    found = client.get(f"/en/benchmarking/{run.benchmark.code}/regions/{AREA}/suppose/", {f"raw_{CODE}": "-5"})

    assert found.status_code == 400
    assert found.context["form"].non_field_errors() == [
        "Severozapaden has a score of zero or below in VENTURE, so this mean cannot be built. Choose the scale 1 to 100, or"
        " the arithmetic mean."
    ]


@pytest.mark.parametrize(
    ("weights", "units", "expected"),
    [
        ("bod", 120, False),
        ("bod", 121, True),
        ("bod:0.1:0.6", 121, True),
        ("optimised", 400, False),
        ("optimised", 401, True),
        ("equal", 4000, False),
    ],
)
def test_what_would_take_long_is_left_to_jobs(weights, units, expected):
    scaled = pd.DataFrame(0.5, range(units), range(50))
    kept = Stored(
        scaled, scaled, scaled[0], None, recipes.recipe_of(recipes.preset("simple")["recipe"] | {"weights": weights})
    )
    assert recomputing.is_too_large(kept) is expected


def test_an_indicator_called_major_keeps_its_figures_beside_the_groups(people):
    source = benchmarks.figures()
    before = computing.inputs(runs.start(benchmarks.complete(people.wanda, source), by=people.wanda)).figures[CODE]
    called = Indicator.objects.get(code=CODE)
    Indicator.objects.filter(pk=called.pk).update(code="major")
    called.refresh_from_db()
    other = benchmarks.complete(people.wanda, source)
    hierarchy.add_indicators(other, [called], other.nodes.get(indicator="grants").parent, by=people.wanda)

    figures = computing.inputs(runs.start(other, by=people.wanda)).figures

    assert figures["major"].tolist() == before.tolist()
    assert figures["nuts.1"].tolist() == [code[:3] for code in figures.index]
