import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics import methods
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.imputation import impute
from benchmarking.statistics.problems import StatisticsError

from . import small

TREE = Hierarchy.read(small.metadata())
GAP = small.data(a=[np.nan, 1.0, 2.0, 3.0, 12.0])


def imputed(text, data=GAP):
    return impute(data[TREE.indicators], methods.read("imputation", text), TREE, data)


@pytest.mark.parametrize(
    ("text", "value"), [("mean", 4.5), ("median", 2.5), ("mean_group:group", 1.0), ("median_group:group", 1.0)]
)
def test_a_gap_is_filled(text, value):
    assert imputed(text)["a"].tolist() == [value, 1.0, 2.0, 3.0, 12.0]


def test_nothing_is_imputed_when_nothing_is_asked_for():
    assert imputed("none").equals(GAP[TREE.indicators])


@pytest.mark.parametrize("text", ["mean_group:group", "median_group:group"])
def test_where_nobody_of_the_group_has_a_value_the_gap_stays(text):
    alone = small.data(a=[np.nan, np.nan, 2.0, 3.0, np.nan])

    assert imputed(text, alone)["a"].isna().tolist() == [True, True, False, False, True]


def test_a_gap_is_filled_with_the_standing_in_the_same_aggregate():
    # of u1 in b: 8 is the worst of 0..8 with less being better, so 0 of 1, and 0 of 1 in a is 1
    assert imputed("within_aggregate")["a"].tolist() == [1.0, 1.0, 2.0, 3.0, 12.0]


def test_a_gap_of_an_indicator_of_which_less_is_better_is_filled_the_right_way_round():
    gap = small.data(b=[8.0, 6.0, 4.0, 2.0, np.nan])

    assert imputed("within_aggregate", gap)["b"].tolist() == [8.0, 6.0, 4.0, 2.0, 2.0]


@pytest.mark.parametrize(("column", "code"), [("nothing", "unknown_group"), ("empty", "empty_group")])
def test_groups_that_are_not_there_are_told(column, code):
    with pytest.raises(StatisticsError) as found:
        imputed(
            f"mean_group:{column}", GAP.assign(empty=pd.Series([None, "", " ", None, np.nan], dtype=object).to_numpy())
        )

    assert found.value.code == code
