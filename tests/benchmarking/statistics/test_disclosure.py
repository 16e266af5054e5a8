from itertools import chain, combinations

import pytest
from hypothesis import given, strategies as st

from benchmarking.statistics.disclosure import is_safe, tellable

SETS = st.lists(st.integers(0, 2**30 - 1), max_size=6)


def test_what_is_left_of_all_has_to_be_large_enough_too():
    everybody = set(range(12))

    assert tellable({"a": set(range(6)), "b": set(range(6, 12))}, everybody, 5) == ["a", "b"]
    assert tellable({"a": set(range(8)), "b": set(range(8, 12))}, everybody, 5) == []
    assert tellable({"a": set(range(12))}, everybody, 5) == ["a"]
    assert tellable({"a": set(range(4))}, set(range(4)), 5) == []


def test_two_that_differ_in_one_are_not_both_told_of():
    groups = {"a": set(range(10)), "b": set(range(11))}

    assert tellable(groups, set(range(30)), 5) == ["b"]


@pytest.mark.parametrize("least", [1, 3, 5])
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
