import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics.coherence import cronbach
from benchmarking.statistics.composite import build
from benchmarking.statistics.recipe import Recipe

from . import small

PLAIN = Recipe(treatment="none", normalisation="minmax:0:1")


def told(data, **choices):
    found = build(data, small.metadata(), PLAIN.changed(**choices))
    return found.diagnosis, [(caution.code, *caution.place.values()) for caution in found.diagnosis.cautions]


def test_alpha_by_hand():
    # variances 1 and 4, of the sum 9: 2 · (1 − 5/9)
    assert cronbach(pd.DataFrame({"a": [1.0, 2, 3], "b": [2.0, 4, 6]})) == pytest.approx(2 * (1 - 5 / 9))


def test_alpha_of_one_child_is_none():
    assert np.isnan(cronbach(pd.DataFrame({"a": [1.0, 2, 3]})))


def test_correlations_parts_and_influence():
    found, _cautions = told(small.data())
    nodes = found.coherence.nodes

    assert found.coherence.correlations.at["a", "b"] == pytest.approx(1)
    assert nodes.at["c", "with_parent"] == pytest.approx(
        np.corrcoef([0, 1, 0.25, 0.5, 0.75], [0, 0.75, 0.25, 0.75, 0.75])[0, 1]
    )
    assert nodes.loc[["a", "b"], "influence"].tolist() == pytest.approx([0.5, 0.5])
    assert np.isnan(nodes.at["index", "with_parent"])


def test_siblings_that_say_the_same_are_told():
    found, cautions = told(small.data())

    assert [(first, second) for first, second, _correlation in found.coherence.redundant] == [("a", "b")]
    assert cautions == [("redundant", "a", "b", pytest.approx(1))]


def test_an_indicator_against_its_parent_is_told():
    _found, cautions = told(small.data(a=[4.0, 3, 2, 1, 0]))

    assert ("against_parent", "a", pytest.approx(-1)) in cautions


def test_gaps_and_what_was_left_out_are_told():
    holes = small.data(c=[np.nan] * 3 + [3, 4], a=[0, np.nan, 2, 3, 4])
    _found, cautions = told(holes, indicator_coverage=0.5, screen=0.9)

    assert cautions[:2] == [("unit_left_out", "u2"), ("indicator_left_out", "c")]


def test_an_index_with_many_firsts_is_told():
    flat = small.data(a=[1.0, 1, 0, 0, 0], b=[0.0, 0, 1, 1, 1], c=[1.0, 1, 0, 0, 0], d=[1.0, 1, 0, 0, 0])

    assert ("many_first", 0.4) in told(flat)[1]


def test_a_method_that_turns_an_indicator_round_is_told():
    assert ("runs_the_wrong_way", "b") in told(small.data(b=[8.0, 6, 4, 2, 1]), normalisation="fraction_of_max")[1]
