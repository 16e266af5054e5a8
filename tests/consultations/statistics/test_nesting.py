import numpy as np
import pandas as pd
import pytest

from consultations.statistics.nesting import group_of, nest_profiles
from consultations.statistics.tallies import single_tally

AUDIENCE = ["policy"] * 40 + ["private"] * 40
KIND = ["region"] * 20 + ["ministry"] * 17 + ["agency"] * 3 + ["firm"] * 30 + ["bank"] * 10


def tally(values, options):
    column = pd.Series(values, dtype="str")
    return single_tally(column, np.ones(len(column), dtype=bool), options, 5, False)


def audience(values=AUDIENCE):
    return tally(values, ["policy", "private"])


def kind(values=KIND):
    return tally(values, ["region", "ministry", "agency", "firm", "bank"])


def test_each_kind_belongs_to_one_audience():
    assert group_of(kind(), audience()).tolist() == [0, 0, 0, 1, 1]
    assert group_of(audience(), kind()) is None


@pytest.mark.parametrize("values", [["policy"] * 79 + [None], ["policy", *AUDIENCE[1:39], "private", *AUDIENCE[40:]]])
def test_a_kind_in_two_audiences_or_all_in_one_is_not_nested(values):
    assert group_of(kind(), audience(values)) is None


def test_the_hidden_partner_of_a_small_kind_is_of_its_audience():
    found = nest_profiles({"kind": kind(), "audience": audience()}, ["audience", "kind"], 5)
    assert kind().hidden_options.tolist() == [False, False, True, False, True]
    assert found["kind"].hidden_options.tolist() == [False, True, True, False, False]
    assert found["audience"].hidden_options.tolist() == [False, False]


def test_the_order_of_profile_questions_does_not_matter():
    tallies = {"kind": kind(), "audience": audience()}
    first, second = nest_profiles(tallies, ["audience", "kind"], 5), nest_profiles(tallies, ["kind", "audience"], 5)
    assert first["kind"].hidden_options.tolist() == second["kind"].hidden_options.tolist()
    assert second["audience"].within is None


def test_rows_of_the_finer_question_come_with_those_of_no_answer_by_group():
    within = nest_profiles({"kind": kind([None, *KIND[1:]]), "audience": audience()}, ["audience", "kind"], 5)[
        "kind"
    ].within
    assert within.group.tolist() == [0, 0, 0, 1, 1, 0, 1, 2]
    assert np.bincount(within.row, minlength=8).tolist() == [19, 17, 3, 30, 10, 1, 0, 0]
