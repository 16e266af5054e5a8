from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from benchmarking.statistics.disclosure import is_safe, tellable

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SETS = st.lists(st.integers(0, 2**30 - 1), max_size=6)


def test_what_is_left_of_all_has_to_be_large_enough_too():
    everybody = set(range(12))

    assert tellable({"a": set(range(6)), "b": set(range(6, 12))}, everybody, 5) == ["a", "b"]
    assert tellable({"a": set(range(8)), "b": set(range(8, 12))}, everybody, 5) == []
    assert tellable({"a": set(range(12))}, everybody, 5) == ["a"]
    assert tellable({"a": set(range(4))}, set(range(4)), 5) is None


def test_two_that_differ_in_one_are_not_both_told_of():
    groups = {"a": set(range(10)), "b": set(range(11))}

    assert tellable(groups, set(range(30)), 5) == ["b"]


@pytest.mark.parametrize("least", [1, 3, 5])
@CALM
@given(drawn=SETS)
def test_no_taking_from_one_another_leaves_few(drawn, least):
    everybody = set(range(30))
    groups = {str(number): {one for one in everybody if number >> one & 1} for number in drawn}
    told = tellable(groups, everybody, least)

    whole = [everybody, *(groups[key] for key in told)]
    for one, other in combinations(whole, 2):
        for left in (one - other, other - one, one & other, everybody - (one | other)):
            assert not left or len(left) >= least
    rest = everybody - set(chain.from_iterable(groups[key] for key in told))
    assert not rest or len(rest) >= least
    assert is_safe([groups[key] for key in told], everybody, least)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (range(10), []),
        (range(11), None),
        (range(9), None),
        (range(15), []),
        (range(5), []),
        (range(5, 14), None),
        (range(5, 15), []),
    ],
)
def test_what_was_told_of_ten_is_followed_by_ten_or_by_five_more_or_less(now, told):
    assert tellable({}, set(now), 5, [set(range(10))]) == told


def test_a_group_told_of_later_is_taken_from_those_told_of_before():
    everybody = set(range(20))

    assert tellable({"a": {*range(5), 6, 7}}, everybody, 5, [everybody, set(range(6))]) == []
    assert tellable({"a": set(range(6))}, everybody, 5, [everybody, set(range(6))]) == ["a"]


@CALM
@given(series=st.lists(st.tuples(st.integers(0, 2**20 - 1), SETS), min_size=1, max_size=4))
def test_nothing_told_in_time_leaves_few(series):
    told: list[set[int]] = []
    for there, drawn in series:
        everybody = {one for one in range(20) if there >> one & 1}
        groups = {str(number): {one for one in everybody if number >> one & 1} for number in drawn}
        codes = tellable(groups, everybody, 5, told)
        told += [] if codes is None else [everybody, *(groups[code] for code in codes)]

    for one, other in combinations(told, 2):
        for left in (one - other, other - one, one & other):
            assert not left or len(left) >= 5
    assert is_safe(told, set().union(*told), 5)
