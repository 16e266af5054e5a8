import pandas as pd

from consultations.statistics.numbers import NumberFigures, describe


def test_figures_of_five_numbers():
    assert describe(pd.Series([4.0, 1.0, None, 2.0, 3.0, 10.0])) == NumberFigures(
        base=5, mean=4.0, lower_quartile=2.0, median=3.0, upper_quartile=4.0, minimum=1.0, maximum=10.0
    )


def test_below_the_threshold_only_the_base_is_left():
    assert describe(pd.Series([1.0, 2.0, 3.0, 4.0]), threshold=5) == NumberFigures(base=4)


def test_the_median_needs_the_threshold_in_each_half():
    assert describe(pd.Series(range(9)), threshold=5) == NumberFigures(base=9, mean=4.0)
    assert describe(pd.Series(range(10)), threshold=5) == NumberFigures(base=10, mean=4.5, median=4.5)


def test_quartiles_need_the_threshold_in_each_quarter():
    figures = describe(pd.Series(range(20)), threshold=5)
    assert (figures.lower_quartile, figures.upper_quartile) == (4.75, 14.25)


def test_an_extreme_is_told_when_enough_respondents_share_it():
    figures = describe(pd.Series([0] * 5 + [7, 8, 9]), threshold=5)
    assert (figures.minimum, figures.maximum) == (0.0, None)


def test_no_numbers_at_all():
    assert describe(pd.Series([None, None], dtype="Float64")) == NumberFigures(base=0)
