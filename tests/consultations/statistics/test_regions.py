import numpy as np
from hypothesis import assume, given, settings, strategies as st
from scipy.optimize import linprog

from consultations.statistics.suppression import suppress_tree

THRESHOLD = 5
many = settings(derandomize=True, max_examples=60, deadline=None)
counts = st.one_of(st.just(0), st.integers(1, 6), st.integers(5, 60))
trees = st.lists(st.tuples(counts, st.integers(0, 3)), min_size=1, max_size=9)


def told(options, group, rest):
    """The counts a reader knows as equations over the leaves (options and rest), and which leaves and sums are hidden."""
    number = np.unique(group, return_inverse=True)[1]
    found, hidden_groups = suppress_tree(options, number, THRESHOLD, rest)
    size = len(options)
    leaves, groups = np.eye(size + 1), np.zeros((len(hidden_groups), size + 1))
    groups[number, np.arange(size)] = 1
    base = np.append(np.ones(size), 0)
    sums = np.vstack([leaves, groups, base])
    hidden = np.concatenate([found.options, [found.rest], hidden_groups, [found.base]])
    return sums, hidden


@many
@given(tree=trees, rest=counts)
def test_nothing_hidden_of_regions_can_be_computed(tree, rest):
    options, group = (np.array(part) for part in zip(*tree, strict=True))
    values = np.append(options, rest)
    assume(values.sum() >= THRESHOLD)
    sums, hidden = told(options, group, rest)
    known = np.vstack([sums[~hidden], np.ones(len(values))])
    for wanted in sums[hidden & (sums @ values > 0) & (sums @ values < THRESHOLD)]:
        ends = [linprog(sign * wanted, A_eq=known, b_eq=known @ values, method="highs").fun * sign for sign in (1, -1)]
        assert ends[1] - ends[0] > 0.5


@many
@given(tree=trees, rest=counts)
def test_every_small_count_of_regions_is_hidden(tree, rest):
    options, group = (np.array(part) for part in zip(*tree, strict=True))
    values = np.append(options, rest)
    sums, hidden = told(options, group, rest)
    assert hidden[(sums @ values > 0) & (sums @ values < THRESHOLD)].all()
