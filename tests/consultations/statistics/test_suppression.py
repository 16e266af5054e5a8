import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

from consultations.statistics.disclosure import cell_bounds
from consultations.statistics.suppression import suppress_counts, suppress_table, suppress_ticks

THRESHOLD = 5
many = settings(derandomize=True, max_examples=150, deadline=None)
counts = st.one_of(st.just(0), st.integers(0, 6), st.integers(5, 60))
tables = st.integers(2, 7).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=2, max_size=7)
)


def totals_hidden(totals):
    found = suppress_counts(totals[:-1], THRESHOLD, rest=totals[-1])
    return np.append(found.options, found.base)


def remainders(table, hidden, hidden_totals, axis):
    """Published totals less published cells."""
    return (table * hidden).sum(axis=axis)[~hidden_totals]


def test_large_counts_and_zeros_are_published():
    found = suppress_counts([20, 0, 5], THRESHOLD, dont_know=0, rest=7)
    assert (found.options.tolist(), found.base, found.dont_know, found.rest) == ([False] * 3, False, False, False)


def test_one_small_count_takes_the_smallest_other_with_it():
    assert suppress_counts([30, 3, 12, 0], THRESHOLD).options.tolist() == [False, True, True, False]


def test_two_small_counts_that_add_up_to_a_small_number_take_a_third():
    assert suppress_counts([30, 1, 2, 12], THRESHOLD).options.tolist() == [False, True, True, True]


def test_zeros_are_hidden_last():
    assert suppress_counts([4, 4, 0], THRESHOLD).options.tolist() == [True, True, True]


def test_few_who_did_not_answer_hide_the_base_and_an_option():
    found = suppress_counts([40, 30, 20], THRESHOLD, rest=2)
    assert (found.options.tolist(), found.base, found.rest) == ([False, False, True], True, True)


def test_few_who_do_not_know_hide_among_those_who_did_not_answer():
    found = suppress_counts([40, 30], THRESHOLD, dont_know=2, rest=9)
    assert (found.options.tolist(), found.base, found.dont_know, found.rest) == ([False] * 2, False, True, True)


def test_a_small_base_hides_the_whole_question():
    found = suppress_counts([3, 0, 1], THRESHOLD, rest=50)
    assert (found.options.tolist(), found.base, found.rest) == ([True] * 3, True, True)


def test_a_rest_can_be_hidden_whatever_its_size():
    assert suppress_counts([40, 30], THRESHOLD, rest=30, hide_rest=True).rest is True


def test_those_who_did_not_tick_count_too():
    assert suppress_ticks([0, 4, 5, 90, 96, 100], 100, THRESHOLD).tolist() == [False, True, False, False, True, False]


def test_a_threshold_that_says_the_count_is_refused():
    with pytest.raises(ValueError, match="at least 3"):
        suppress_counts([1, 9], 2)


def test_a_small_cell_takes_a_rectangle_with_it():
    found = suppress_table([[3, 20, 30], [9, 40, 50], [60, 70, 80]], THRESHOLD)
    assert found.cells.tolist() == [[True, True, False], [True, True, False], [False] * 3]
    assert found.withheld is False


def test_cells_that_are_never_printed_are_hidden_first():
    unseen = np.zeros((3, 3), dtype=bool)
    unseen[2, :] = unseen[:, 2] = True
    found = suppress_table([[3, 20, 30], [9, 40, 50], [60, 70, 80]], THRESHOLD, unseen=unseen)
    assert found.cells[:2, :2].tolist() == [[True, False], [False, False]]


def test_a_hidden_total_hides_its_row():
    table = [[9, 20], [8, 30], [70, 60]]
    found = suppress_table(table, THRESHOLD, hidden_rows=[True, True, False])
    assert found.cells.tolist() == [[True, True], [True, True], [False, False]]


def test_a_table_with_nothing_left_to_hide_is_withheld():
    assert suppress_table([[4, 4], [4, 4]], THRESHOLD).withheld is True


@many
@given(table=tables)
def test_no_hidden_cell_is_determined(table):
    table = np.array(table)
    margins = totals_hidden(table.sum(axis=1)), totals_hidden(table.sum(axis=0))
    found = suppress_table(table, THRESHOLD, *margins)
    assume(not found.withheld)
    low, high = cell_bounds(table, found.cells, THRESHOLD, *margins)
    assert ((high - low)[found.cells] > 0.5).all()


@many
@given(table=tables)
def test_a_withheld_table_tells_no_small_cell(table):
    table = np.array(table)
    margins = totals_hidden(table.sum(axis=1)), totals_hidden(table.sum(axis=0))
    found = suppress_table(table, THRESHOLD, *margins)
    low, high = cell_bounds(table, found.cells, None, *margins)
    assert ((high - low)[(table > 0) & (table < THRESHOLD)] > 0.5).all()


@many
@given(table=tables)
def test_totals_less_cells_are_never_small(table):
    table = np.array(table)
    rows, columns = totals_hidden(table.sum(axis=1)), totals_hidden(table.sum(axis=0))
    hidden = suppress_table(table, THRESHOLD, rows, columns).cells
    rest = np.concatenate([remainders(table, hidden, rows, 1), remainders(table, hidden, columns, 0)])
    assert rest[(rest > 0) & (rest < THRESHOLD)].tolist() == []


@many
@given(options=st.lists(counts, min_size=1, max_size=8), dont_know=counts, rest=counts)
def test_public_totals_less_published_counts_are_never_small(options, dont_know, rest):
    assume(sum(options) + dont_know + rest >= THRESHOLD)
    found = suppress_counts(options, THRESHOLD, dont_know, rest)
    leaves = np.array([*options, dont_know, rest])
    hidden = np.array([*found.options, found.dont_know, found.rest])
    left = [(leaves * hidden).sum(), leaves[:-2][found.options].sum() * (not found.base)]
    assert [number for number in left if 0 < number < THRESHOLD] == []


@many
@given(options=st.lists(counts, min_size=2, max_size=8), rest=counts)
def test_small_counts_of_a_one_way_table_are_hidden_and_never_alone(options, rest):
    found = suppress_counts(options, THRESHOLD, rest=rest)
    leaves, hidden = np.array([*options, rest]), np.array([*found.options, found.rest])
    assert hidden[(leaves > 0) & (leaves < THRESHOLD)].all()
    assume(sum(leaves) >= THRESHOLD)
    assert hidden.sum() != 1
