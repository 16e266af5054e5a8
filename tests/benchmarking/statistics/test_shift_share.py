import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from benchmarking.statistics import shift_share as shift


def frame(rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["wood", "ships", "fish"], index=["AT1", "BG1"], dtype=float)


BEFORE = frame([[10, 30, 60], [40, 20, 40]])
AFTER = frame([[15, 30, 55], [45, 40, 35]])


def test_dunn_by_hand():
    found = shift.by_region(shift.dunn(shift.cells(BEFORE, AFTER))).loc["AT1"]

    whole, wood, ships, fish = 220 / 200, 60 / 50, 70 / 50, 90 / 100
    expected = 10 * wood + 30 * ships + 60 * fish
    assert found["national"] == pytest.approx(100 * (whole - 1))
    assert found["mix"] == pytest.approx(expected - 100 * whole)
    assert found["regional"] == pytest.approx(100 - expected)
    assert found["change"] == 0


def test_esteban_marquillas_splits_the_regional_part():
    cells = shift.cells(BEFORE, AFTER)

    plain, split = shift.by_region(shift.dunn(cells)), shift.by_region(shift.esteban_marquillas(cells))

    assert (split["competitive"] + split["allocation"]).tolist() == pytest.approx(plain["regional"].tolist())
    homothetic = 100 * np.array([50, 50, 100]) / 200
    gap = np.array([15 / 10 - 60 / 50, 1 - 70 / 50, 55 / 60 - 90 / 100])
    assert split.loc["AT1", "competitive"] == pytest.approx((homothetic * gap).sum())


def test_gerfins_factors_multiply():
    found = shift.gerfin(shift.cells(BEFORE, AFTER))

    assert (found["mix_factor"] * found["regional_factor"]).tolist() == pytest.approx(found["total_factor"].tolist())
    assert found.loc["AT1", "total_factor"] == pytest.approx(1 / (220 / 200))


def test_a_cell_that_one_year_lacks_counts_in_neither():
    after = AFTER.copy()
    after.loc["AT1", "fish"] = np.nan

    found = shift.cells(BEFORE, after)

    assert found.before.loc["AT1"].sum() == 40
    assert found.whole_before.to_dict() == {"wood": 50, "ships": 50, "fish": 40}
    assert shift.covered(BEFORE, after, found).tolist() == pytest.approx([2 / 3, 1])


def test_a_sector_that_comes_new_is_told_apart():
    before = BEFORE.copy()
    before.loc["AT1", "wood"] = 0

    found = shift.by_region(shift.esteban_marquillas(shift.cells(before, AFTER)))

    assert found["born"].tolist() == [15, 0]
    assert found[list(shift.ESTEBAN)].sum(axis=1).tolist() == pytest.approx(found["change"].tolist())


def test_against_a_reference():
    reference = pd.Series({"wood": 100, "ships": 100, "fish": 100}), pd.Series({"wood": 110, "ships": 120, "fish": 130})

    found = shift.by_region(shift.dunn(shift.cells(BEFORE, AFTER, reference)))

    assert found.loc["AT1", "national"] == pytest.approx(100 * 0.2)
    assert found[list(shift.DUNN)].sum(axis=1).tolist() == pytest.approx(found["change"].tolist())


cell = st.one_of(st.none(), st.integers(0, 10**6))
tables = st.lists(st.lists(st.tuples(cell, cell), min_size=4, max_size=4), min_size=1, max_size=7)


def both(rows) -> shift.Cells:
    table = np.array([[[np.nan if one is None else one for one in pair] for pair in row] for row in rows], dtype=float)
    return shift.cells(pd.DataFrame(table[:, :, 0]), pd.DataFrame(table[:, :, 1]))


@settings(max_examples=150, deadline=None)
@given(rows=tables, method=st.sampled_from([(shift.dunn, shift.DUNN), (shift.esteban_marquillas, shift.ESTEBAN)]))
def test_components_add_up_to_the_change(rows, method):
    work, names = method

    parts = work(both(rows))

    total = sum(parts[name] for name in names)
    assert np.allclose(total, parts["change"], rtol=1e-9, atol=1e-3, equal_nan=True)
    regions = shift.by_region(parts)
    assert np.allclose(regions[list(names)].sum(axis=1), regions["change"].fillna(0), rtol=1e-9, atol=1e-3)


@settings(max_examples=80, deadline=None)
@given(rows=tables)
def test_what_the_whole_gains_no_region_gains_from_itself(rows):
    found = shift.dunn(both(rows))

    assert np.allclose(found["mix"].sum().sum(), 0, atol=1e-3)
    assert np.allclose(found["regional"].sum(), 0, atol=1e-3)
