import pytest

from benchmarking.statistics import composite
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe
from benchmarking.statistics.whatif import normalised_changed, raw_changed, sliders
from tests.benchmarking.statistics.regions import figures, metadata

RECIPE = Recipe(normalisation="minmax:1:100")
BUILT = composite.build(figures(), metadata(), RECIPE)


def test_raw_changes_do_everything_again():
    data = figures()
    data.loc["R2", ["i0", "i1"]] = [9.0, 0.2]
    again = composite.build(data, metadata(), RECIPE)
    found = raw_changed(BUILT, "R2", {"i0": 9.0, "i1": 0.2})
    assert found.after["Score"].tolist() == again.scores.loc["R2"].tolist()
    assert found.after["Rank"].tolist() == again.ranks.loc["R2"].tolist()
    assert found.before["Score"].tolist() == BUILT.scores.loc["R2"].tolist()
    assert found.steps[["From", "To"]].to_numpy().tolist() == [
        [figures().at["R2", "i0"], 9.0],
        [figures().at["R2", "i1"], 0.2],
    ]


def test_normalised_changes_leave_the_scale_as_it_is():
    found = normalised_changed(BUILT, "R2", {"i0": 100.0})
    share = BUILT.weights.at["i0", "EffWeight"]
    gained = share * (100 - BUILT.normalised.at["R2", "i0"])
    assert found.together == pytest.approx(gained)
    assert found.steps["Alone"].tolist() == pytest.approx([gained])


def test_what_changes_do_together_is_more_or_less_than_each_alone():
    geometric = composite.build(figures(), metadata(), RECIPE.changed(aggregation=("gmean",)))
    found = normalised_changed(geometric, "R2", {"i0": 100.0, "i2": 100.0})
    assert found.joint == pytest.approx(found.together - found.steps["Alone"].sum())
    assert found.joint != 0


def test_sliders_reach_from_the_lowest_to_the_highest():
    first = sliders(BUILT, "R2")[0]
    raw = figures()["i0"]
    assert (first.indicator, first.value, first.low, first.high) == ("i0", raw["R2"], raw.min(), raw.max())
    assert [slider.low for slider in sliders(BUILT, "R2", raw=False)] == pytest.approx([1.0] * 6)
    assert sum(slider.weight for slider in sliders(BUILT, "R2")) == pytest.approx(1)


@pytest.mark.parametrize(
    ("code", "unit", "values"),
    [("unknown_unit", "XX", {}), ("unknown_code", "R2", {"p0": 1.0}), ("not_a_number", "R2", {"i0": float("nan")})],
)
def test_changes_that_cannot_be_made(code, unit, values):
    for change in (raw_changed, normalised_changed):
        with pytest.raises(StatisticsError) as told:
            change(BUILT, unit, values)
        assert told.value.code == code
