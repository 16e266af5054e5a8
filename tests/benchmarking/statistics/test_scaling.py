import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics.scaling import NotStructuralError, Variable, effective, scaled, skewness, treated


def test_performance_is_no_structure():
    table = pd.DataFrame({"gdp": [1.0, 2.0]})

    with pytest.raises(NotStructuralError) as problem:
        scaled(table, [Variable("gdp", role="performance")])

    assert problem.value.codes == ("gdp",)


def test_what_policy_can_change_is_no_structure_either():
    with pytest.raises(NotStructuralError):
        scaled(pd.DataFrame({"aid": [1.0, 2.0]}), [Variable("aid", role="enabling")])


def test_a_long_tail_is_taken_the_logarithm_of():
    values, told = treated(np.array([1, 2, 3, 4, 1000.0]), "people", 1)

    assert (told.rule, told.skew_before > 2, abs(told.skew_after) < told.skew_before) == ("log", True, True)
    assert (np.diff(values) > 0).all()


def test_a_long_tail_of_small_values_is_mirrored():
    values, told = treated(np.array([1, 997, 998, 999, 1000.0]), "share", 1)

    assert told.rule == "log_mirrored"
    assert (np.diff(values) > 0).all()


def test_even_variables_stay_as_they_are():
    values, told = treated(np.array([1, 2, np.nan, 3]), "age", 1)

    assert told.rule == "none"
    assert values[[0, 1, 3]].tolist() == [1, 2, 3]


def test_skewness_of_too_few_or_equal_values_is_zero():
    assert skewness(np.array([1, np.nan, 7])) == 0
    assert skewness(np.array([4.0, 4, 4, 4])) == 0


def test_what_never_varies_is_left_out_and_said():
    table = pd.DataFrame({"size": [1, 2, 3.0], "coast": [1, 1, 1.0], "empty": [np.nan] * 3})

    found = scaled(table, [Variable(code, code) for code in table])

    assert (list(found.values), found.constant) == (["size"], ("coast", "empty"))
    assert found.weights.tolist() == [1]


def test_values_lie_between_zero_and_one():
    found = scaled(pd.DataFrame({"size": [10, 20, np.nan, 15.0]}), [Variable("size")])

    assert found.values["size"].fillna(-1).tolist() == [0, 1, -1, 0.5]


def test_weights_of_blocks_and_within_them():
    variables = [Variable("a", "people", 1), Variable("b", "people", 3), Variable("c", "land", 5)]

    assert effective(variables, {"people": 2, "land": 1}).round(12).to_dict() == {
        "a": round(2 / 3 / 4, 12),
        "b": round(2 / 3 * 3 / 4, 12),
        "c": round(1 / 3, 12),
    }


@pytest.mark.parametrize(("weight", "blocks"), [(-1, {}), (1, {"x": -1}), (0, {}), (1, {"x": 0})])
def test_weights_that_mean_nothing_are_refused(weight, blocks):
    with pytest.raises(ValueError, match=r"never negative|above zero"):
        effective([Variable("a", "x", weight)], blocks)
