import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from benchmarking.statistics import composite
from benchmarking.statistics.draws import Choices, draws_from, treatment_of
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe
from benchmarking.statistics.uncertainty import analyse, of_parts
from tests.benchmarking.statistics.regions import figures, metadata

RECIPE = Recipe(normalisation="minmax:1:100")
TREE = Hierarchy.read(metadata())
SETS = pd.DataFrame(
    [("a", "i0", 4.0), ("a", "p1", 0.5), ("b", "i3", 0.0), ("b", "i5", 9.0)], columns=["set", "iCode", "Weight"]
)
KINDS = [
    ("amean",),
    ("gmean", "hmean,amean"),
    ("power:2", "power:-1", "amean,power:0.5"),
    ("ampi", "median", "gmean,median", "amean,ampi:+"),
    ("copeland", "amean,copeland", "copeland,amean"),
]


def plain_loop(found, data, tree, sets, recipe=RECIPE):
    """Scores and ranks of every run, each built by itself from the units that the recipe keeps; refused ones have none."""
    for draw in found.draws.frame.to_dict("records"):
        changed = recipe.changed(
            imputation=draw.get("imputation", recipe.imputation),
            treatment=treatment_of(draw["winmax"]),
            normalisation=draw["normalisation"],
            aggregation=tuple(draw["aggregation"].split(",")),
            weights="given" if draw["weight_set"] in sets.index else draw["weight_set"],
            screen=0.0,
        )
        left = tree.without([draw["left_out"]]) if draw.get("left_out") else tree
        if changed.weights == "given":
            told = sets.loc[draw["weight_set"], left.codes].dropna()
            changed = changed.changed(given=tuple(told.items()))
        imputed = composite.prepare(data, left, changed).imputed.loc[found.units]
        treated = composite.treatment.treat(imputed, changed).values
        normalised = composite.normalisation.normalise(treated, changed.method("normalisation"), left)
        try:
            scores = composite.scored(normalised, left, changed)[0][tree.root]
        except StatisticsError:
            scores = pd.Series(np.nan, index=found.units)
        yield scores.to_numpy(), composite.ranking.ranks(scores).fillna(0).to_numpy(int)


def assert_same_as_loop(found, data, tree, recipe=RECIPE):
    for scores, ranks, (plain, places) in zip(
        found.scores, found.ranks, plain_loop(found, data, tree, found.draws.sets, recipe), strict=True
    ):
        assert scores == pytest.approx(plain, rel=1e-12, abs=1e-12, nan_ok=True)
        assert ranks.tolist() == places.tolist()


@pytest.mark.parametrize("aggregation", KINDS, ids=["-".join(kind) for kind in KINDS])
@pytest.mark.parametrize("gaps", [0, 0.15], ids=["whole", "gaps"])
def test_every_run_is_what_a_plain_loop_computes(aggregation, gaps):
    data = figures(gaps=gaps)
    choices = Choices(
        treatment=("none", "winsorise:2"),
        normalisation=("minmax:1:100", "rank"),
        weights=("a", "b", "equal", "original"),
        aggregation=aggregation,
        left_out=("", "i0"),
    )
    found = analyse(data, TREE, RECIPE, choices, 24, 3, weight_sets=SETS, keep_scores=True)
    assert found.runs == 24 or "ampi" in aggregation
    assert_same_as_loop(found, data, TREE)


@pytest.mark.parametrize("disturbed", [{"noise": 0.4}, {"concentration": 20}], ids=["noise", "dirichlet"])
def test_disturbed_weights_are_those_of_the_loop(disturbed):
    data = figures(gaps=0.1)
    choices = Choices(imputation=("none", "mean"), aggregation=("amean", "gmean"), **disturbed)
    found = analyse(data, TREE, RECIPE, choices, 20, 3, keep_scores=True)
    assert_same_as_loop(found, data, TREE)


def test_weights_found_in_the_figures_are_found_in_every_branch():
    data = figures()
    choices = Choices(weights=("entropy", "optimised", "bod"), normalisation=("minmax:1:100", "rank"))
    found = analyse(data, TREE, RECIPE, choices, 9, 3, keep_scores=True)
    assert_same_as_loop(found, data, TREE)


def test_leaving_out_takes_an_emptied_aggregate_and_imputed_neighbours_along():
    data, tree = figures(indicators=5, gaps=0.1), Hierarchy.read(metadata(5, 4, negative=()))
    choices = Choices(imputation=("within_aggregate",), left_out=("i1", "i0"), weights=("equal",), noise=0)
    recipe = RECIPE.changed(node_coverage=0.6)
    found = analyse(data, tree, recipe, choices, 6, 3, keep_scores=True)
    assert_same_as_loop(found, data, tree, recipe)


def test_units_are_those_that_the_recipe_keeps():
    data = figures(gaps=0.25)
    recipe = RECIPE.changed(screen=0.8)
    found = analyse(data, TREE, recipe, Choices(imputation=("none", "mean")), 8, 1, keep_scores=True)
    assert list(found.units) == list(composite.prepare(data, TREE, recipe).figures.index)
    assert 0 < len(found.units) < len(data)
    assert_same_as_loop(found, data, TREE, recipe)


@pytest.mark.parametrize("node", ["p1", "i1"])
def test_any_node_can_be_looked_at(node):
    found = analyse(figures(), TREE, RECIPE, Choices(normalisation=("minmax:1:100",)), 2, node=node, keep_scores=True)
    assert found.scores[1] == pytest.approx(composite.build(figures(), TREE, RECIPE).scores[node].to_numpy())
    assert found.nominal["Score"].to_numpy() == pytest.approx(found.scores[0])


def test_the_same_draws_give_the_same_bit_for_bit():
    choices = Choices(noise=0.3, treatment=("none", "winsorise:5"), aggregation=("amean", "gmean"))
    found = analyse(figures(), TREE, RECIPE, choices, 200, 11, keep_scores=True)
    again = analyse(
        figures(), TREE, RECIPE, draws=found.draws.frame, weight_sets=found.draws.long_sets(TREE), keep_scores=True
    )
    assert found.scores.tobytes() == again.scores.tobytes()
    assert found.ranks.tobytes() == again.ranks.tobytes()


def test_order_of_draws_changes_nothing():
    drawn = draws_from(Choices(noise=0.3, normalisation=("rank", "zscore")), 30, 1, RECIPE, TREE)
    found = analyse(figures(), TREE, RECIPE, draws=drawn)
    turned = analyse(
        figures(), TREE, RECIPE, draws=drawn.frame[::-1].reset_index(drop=True), weight_sets=drawn.long_sets(TREE)
    )
    assert turned.ranks[::-1].tolist() == found.ranks.tolist()


def test_nothing_varied_is_the_recipe_itself():
    found = analyse(figures(), TREE, RECIPE, Choices(normalisation=("minmax:1:100",)), 5)
    table = found.table(places=3)
    for column in ("Mean", "Low", "Median", "High"):
        assert table[column].tolist() == table["Nominal"].tolist()
    assert table["AtNominal"].tolist() == [1.0] * len(table)
    assert table["Top"].tolist() == [float(rank <= 3) for rank in table["Nominal"]]


def test_runs_that_a_method_refuses_are_counted_apart():
    choices = Choices(normalisation=("zscore", "minmax:1:100"), aggregation=("amean", "gmean"))
    found = analyse(figures(), TREE, RECIPE, choices, 60, 2)
    told = found.draws.frame
    refused = (told["normalisation"] == "zscore") & (told["aggregation"] == "gmean")
    assert found.refusals == {"not_positive": int(refused.sum())}
    assert found.runs == 60 - refused.sum()
    assert not found.ranks[refused].any()
    assert found.acceptability.sum(axis=1).to_numpy() == pytest.approx(1)


@pytest.mark.parametrize("gaps", [0, 0.15], ids=["whole", "gaps"])
def test_runs_with_means_that_ampi_cannot_divide_by_are_refused_as_one_by_one(gaps):
    data, ampi = figures(gaps=gaps), ("ampi", "amean,ampi", "ampi,gmean")
    found = analyse(data, TREE, RECIPE, Choices(normalisation=("zscore", "minmax:70:130"), aggregation=ampi), 40, 2)
    drawn = found.draws.frame["normalisation"]

    assert set(drawn) == {"zscore", "minmax:70:130"}
    assert found.refused.tolist() == ["not_positive" if scale == "zscore" else "" for scale in drawn]
    for aggregation in ampi:
        recipe = RECIPE.changed(normalisation="zscore", aggregation=tuple(aggregation.split(",")))
        with pytest.raises(StatisticsError, match="not_positive"):
            composite.build(data, TREE, recipe)


def test_only_refused_runs_are_an_error():
    with pytest.raises(StatisticsError, match="all_refused"):
        analyse(figures(), TREE, RECIPE, Choices(normalisation=("zscore",), aggregation=("gmean",)), 5)


@pytest.mark.parametrize(
    ("code", "choices"),
    [
        ("unknown_method", {"normalisation": ("nothing",)}),
        ("unknown_method", {"aggregation": ("nothing",)}),
        ("aggregation_levels", {"aggregation": ("amean,amean,amean",)}),
        ("unknown_method", {"weights": ("nothing",)}),
        ("unknown_code", {"left_out": ("p0",)}),
    ],
)
def test_alternatives_that_do_not_exist(code, choices):
    with pytest.raises(StatisticsError) as told:
        analyse(figures(), TREE, RECIPE, Choices(**choices), 5)
    assert told.value.code == code


def test_a_set_without_any_weight_among_siblings_is_refused():
    sets = pd.DataFrame([("a", code, 0.0) for code in ("i0", "i2", "i4")], columns=["set", "iCode", "Weight"])
    with pytest.raises(StatisticsError, match="no_weight"):
        analyse(figures(), TREE, RECIPE, Choices(weights=("a",)), 5, weight_sets=sets)


def test_choices_without_effect_are_named():
    recipe = RECIPE.changed(treatment="none")
    choices = Choices(imputation=("none", "mean"), treatment=("none", "winsorise:5"), normalisation=("rank", "zscore"))
    even = pd.DataFrame(np.arange(72.0).reshape(12, 6) % 17, columns=figures().columns)
    assert analyse(even, TREE, recipe, choices, 20).idle == {
        "imputation": "nothing_missing",
        "winmax": "nothing_treated",
    }
    extreme = figures()
    extreme.iloc[0, 0] = 1e6
    extreme.iloc[1, 1] = np.nan
    assert analyse(extreme, TREE, recipe, choices, 20).idle == {}


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.3]), st.sampled_from(["amean", "gmean", "copeland", "median"]))
def test_shares_sum_and_pairs_are_complete(seed, gaps, aggregation):
    data = figures(units=6, seed=seed, gaps=gaps)
    choices = Choices(noise=0.5, aggregation=(aggregation,))
    found = analyse(data.fillna(1.0), TREE, RECIPE, choices, 25, seed)
    assert found.acceptability.sum(axis=1).to_numpy() == pytest.approx(1)
    assert found.top(6).to_numpy() == pytest.approx(1)
    one, other = found.ranks[:, :, None], found.ranks[:, None, :]
    ties = (one == other).mean(axis=0)
    shares = found.dominance.to_numpy()
    assert shares + shares.T + ties == pytest.approx(1)


def loop_over_parts(draws, units, data, tree, recipe=RECIPE):
    """Ranks of every aggregate in every run, each built by itself; none where nothing is left of it."""
    for draw in draws.frame.to_dict("records"):
        left = tree.without([draw["left_out"]]) if draw["left_out"] else tree
        given = tuple(draws.sets.loc[draw["weight_set"], left.codes].dropna().items())
        changed = recipe.changed(
            treatment=treatment_of(draw["winmax"]),
            normalisation=draw["normalisation"],
            aggregation=tuple(draw["aggregation"].split(",")),
            weights="given",
            given=given,
        )
        built = composite.build(data, left, changed)
        yield {node: built.ranks[node].reindex(units) for node in left.aggregates}


@pytest.mark.parametrize("gaps", [0, 0.15], ids=["whole", "gaps"])
def test_intervals_of_parts_are_those_of_a_plain_loop(gaps):
    data = figures(gaps=gaps)
    choices = Choices(
        treatment=("none", "winsorise:2"),
        normalisation=("minmax:1:100", "rank"),
        aggregation_by_level=(("amean", "gmean"),) * (TREE.depth - 1),
        left_out=("", "i0"),
        noise=0.4,
    )
    whole = analyse(data, TREE, RECIPE, choices, 40, 3)

    found = of_parts(data, TREE, RECIPE, whole.draws)

    ranks = list(loop_over_parts(whole.draws, whole.units, data, TREE))
    assert set(found) == set(TREE.aggregates) - {TREE.root}
    for node, table in found.items():
        told = pd.concat([run[node] for run in ranks if node in run], axis=1)
        plain = told.quantile([0.05, 0.5, 0.95], axis=1).T
        assert table.to_numpy() == pytest.approx(plain.to_numpy(), rel=1e-12, nan_ok=True)


def test_a_part_of_which_nothing_is_left_counts_in_the_other_runs():
    tree = Hierarchy.read(
        pd.DataFrame([("i0", "p0"), ("i1", "p1"), ("i2", "p1"), ("p0", "Index"), ("p1", "Index"), ("Index", "")],
                     columns=["iCode", "Parent"])
    )  # fmt: skip
    data = figures()[["i0", "i1", "i2"]]
    whole = analyse(data, tree, RECIPE, Choices(left_out=("", "i0")), 30, 5)

    found = of_parts(data, tree, RECIPE, whole.draws)

    own = composite.build(data, tree, RECIPE).ranks["p0"].to_numpy()
    assert 0 < (whole.draws.frame["left_out"] == "i0").sum() < 30
    assert found["p0"].to_numpy().T.tolist() == [own.tolist()] * 3
