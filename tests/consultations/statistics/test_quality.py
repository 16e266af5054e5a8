import numpy as np
import pandas as pd

from consultations.statistics.quality import effective_number, largest_share, straight_lining


def test_equal_countries_count_in_full():
    assert effective_number([7, 7, 7, 7]) == 4.0


def test_a_dominant_country_lowers_the_effective_number():
    assert round(effective_number([90, 5, 5]), 6) == round(1 / (0.81 + 0.0025 + 0.0025), 6)
    assert largest_share([90, 5, 5]) == 0.9


def test_nobody_has_no_country():
    assert np.isnan([effective_number([0, 0]), largest_share([0, 0])]).tolist() == [True, True]


def test_straight_lining_looks_at_complete_rows():
    battery = pd.DataFrame({"a": ["3", "3", "1", "2"], "b": ["3", "4", None, "2"], "c": ["3", "3", "1", "2"]})
    assert round(straight_lining(battery), 6) == round(2 / 3, 6)


def test_one_row_is_no_battery():
    assert np.isnan(straight_lining(pd.DataFrame({"a": ["1", "1"]})))
