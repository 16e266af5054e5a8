"""What if: one region with other figures, brought together as the run does."""

import math
import statistics

import pytest

from benchmarking.forms.readings import SupposeForm
from benchmarking.readings import supposing

from .test_profile import MINMAX, OWN, PEERS, profile

pytestmark = pytest.mark.database  # regions are named by the vocabulary


@pytest.mark.parametrize(
    ("method", "mean"),
    [
        ("amean", lambda x: sum(x) / 3),
        ("gmean", lambda x: math.prod(x) ** (1 / 3)),
        ("hmean", lambda x: 3 / sum(1 / one for one in x)),
        ("power:2", lambda x: (sum(one**2 for one in x) / 3) ** 0.5),
        ("median", statistics.median),
    ],
)
def test_supposing_brings_together_as_the_run_does(method, mean):
    found = profile(OWN, *PEERS, recipe={**MINMAX, "aggregation": [method]})

    assert supposing.can_be_told(found)
    gained = supposing.gain(found, {"i0": 60.0, "i2": 55.0, "i3": 90.0, "none": 1.0})
    assert gained == pytest.approx(mean([60, 50, 55]) - mean([90, 50, 10]))
    assert supposing.gain(found, {"i2": 40.0}) == pytest.approx(mean([90, 50, 40]) - mean([90, 50, 10]))


@pytest.mark.parametrize(
    "recipe", [{"weights": "bod"}, {"aggregation": ["amean", "copeland"]}, {"normalisation": "zscore:0:1"}]
)
def test_supposing_is_not_offered_where_others_decide_too(recipe):
    assert not supposing.can_be_told(profile(OWN, recipe={**MINMAX, **recipe}))


def nowhere(raw):
    raise AssertionError(raw)


@pytest.mark.parametrize(
    ("query", "levels"),
    [
        ({"level_i0": "70"}, {"i0": 70}),
        ({"level_i0": "90", "slide_i0": "70", "was_i0": "90"}, {"i0": 70}),
        ({"level_i0": "70", "slide_i0": "40", "was_i0": "70"}, {"i0": 40}),
        ({"level_i0": "30", "slide_i0": "70", "was_i0": "70"}, {"i0": 30}),
        ({"level_i0": "90", "slide_i0": "90", "was_i0": "90"}, {}),
    ],
)
def test_a_slider_and_its_number_are_one(query, levels):
    form = SupposeForm.asked(query, supposing.offered(profile(OWN, *PEERS)), nowhere)

    assert form.is_valid()
    assert form.levels() == levels


@pytest.mark.parametrize(
    ("query", "levels"),
    [
        ({"raw_i0": "7"}, {"i0": 35.0}),
        ({"raw_i0": "7", "typed_i0": "7", "level_i0": "35", "slide_i0": "35", "was_i0": "35"}, {"i0": 35.0}),
        ({"raw_i0": "7", "typed_i0": "7", "level_i0": "35", "slide_i0": "60", "was_i0": "35"}, {"i0": 60}),
        ({"raw_i0": "8", "typed_i0": "7", "level_i0": "35", "slide_i0": "60", "was_i0": "35"}, {"i0": 40.0}),
        ({"raw_i0": " ", "typed_i0": "7", "level_i0": "90", "slide_i0": "90", "was_i0": "90"}, {}),
        ({"raw_i2": "7"}, {}),
    ],
)
def test_a_figure_holds_until_another_level_is_chosen(query, levels):
    rows = supposing.offered(profile(OWN, *PEERS))
    form = SupposeForm.asked(query, rows, lambda raw: {code: 5 * value for code, value in raw.items()}, {"i0"})

    assert form.is_valid()
    assert form.levels() == levels


def test_a_figure_beyond_all_is_refused_at_its_field():
    rows = supposing.offered(profile(OWN, *PEERS))
    form = SupposeForm.asked({"raw_i0": "70"}, rows, lambda raw: {"i0": supposing.BeyondError(2.0, 20.0)}, {"i0"})

    assert form.errors == {
        "raw_i0": ["Please stay between 2 and 20, the figures of all regions: beyond them the scale itself would move."]
    }
