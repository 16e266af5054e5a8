import json

import pandas as pd
import pytest
from django.core.management import CommandError

from benchmarking.statistics.composite import build
from benchmarking.statistics.recipe import Recipe, treatment_of_winmax

from .test_composite import DATA, METADATA, run, table, written  # noqa: F401

DRAWS = """run,winmax,normalisation,weight_set,aggregation
r1,none,minmax:1:100,even,amean
r2,5,rank,steep,"gmean,amean"
r3,,zscore:100:10,even,hmean
r4,2,minmax:1:100,original,copeland
"""
SETS = """set,iCode,Level,Weight
even,a,1,1
even,b,1,1
steep,a,1,5
steep,b,1,1
steep,c,1,1
steep,d,1,1
steep,one,2,3
steep,two,2,1
"""


@pytest.fixture
def replayed(written):  # noqa: F811
    folder = written(draws=DRAWS, sets=SETS)
    run(
        folder,
        "--imputation",
        "mean",
        "--draws",
        str(folder / "draws.csv"),
        "--weight-sets",
        str(folder / "sets.csv"),
        "--top",
        "2",
    )
    return folder


def test_given_runs_are_what_each_recipe_by_itself_gives(replayed):
    data = pd.read_csv(replayed / "data.csv", skipinitialspace=True).set_index("uCode").sort_index()
    metadata = pd.read_csv(replayed / "metadata.csv")
    sets = pd.read_csv(replayed / "sets.csv").groupby("set")
    scores, ranks = table(replayed, "run_scores"), table(replayed, "run_ranks")

    for draw in pd.read_csv(replayed / "draws.csv", dtype=str, keep_default_na=False).itertuples():
        given = draw.weight_set in sets.groups
        rows = sets.get_group(draw.weight_set) if given else None
        recipe = Recipe(
            imputation="mean",
            treatment=treatment_of_winmax(draw.winmax),
            normalisation=draw.normalisation,
            weights="given" if given else draw.weight_set,
            given=tuple(zip(rows["iCode"], rows["Weight"], strict=True)) if given else (),
            aggregation=tuple(draw.aggregation.split(",")),
        )
        found = build(data, metadata, recipe)
        assert scores[draw.run].tolist() == pytest.approx(found.scores["index"].tolist(), abs=1e-12)
        assert ranks[draw.run].tolist() == found.ranks["index"].tolist()


def test_what_is_told_of_the_runs(replayed):
    found, ranks = table(replayed, "uncertainty"), table(replayed, "run_ranks")

    assert list(found.columns) == ["Nominal", "Mean", "Median", "Q5", "Q95", "Top2"]
    assert found["Nominal"].tolist() == table(replayed, "ranks")["index"].tolist()
    assert found["Mean"].tolist() == ranks.mean(axis=1).tolist()
    assert found["Median"].tolist() == ranks.median(axis=1).tolist()
    assert found["Q95"].tolist() == pytest.approx(ranks.quantile(0.95, axis=1).tolist())
    assert found["Top2"].tolist() == (ranks <= 2).mean(axis=1).tolist()


def test_drawn_runs_are_written_so_that_they_can_be_run_again(written):  # noqa: F811
    folder, names = written(), ("uncertainty.csv", "run_scores.csv", "run_ranks.csv")
    run(folder, "--imputation", "mean", "--uncertainty", "30", "--seed", "4")
    kept, sensitivity = [(folder / "out" / name).read_bytes() for name in names], table(folder, "sensitivity")
    given = ["--draws", f"{folder}/out/draws.csv", "--weight-sets", f"{folder}/out/weight_sets.csv"]
    run(folder, "--imputation", "mean", *given)

    assert [(folder / "out" / name).read_bytes() for name in names] == kept
    assert list(sensitivity.index) == ["winmax", "normalisation", "weight_set", "aggregation"]
    assert not (folder / "out" / "sensitivity.csv").exists()


def test_the_seed_decides(written):  # noqa: F811
    folder, texts = written(), []
    for seed in ("1", "1", "2"):
        run(folder, "--imputation", "mean", "--uncertainty", "20", "--seed", seed)
        texts.append((folder / "out" / "draws.csv").read_text() + (folder / "out" / "run_scores.csv").read_text())

    assert texts[0] == texts[1] != texts[2]


def test_only_what_is_named_is_varied(written):  # noqa: F811
    folder = written()
    run(
        folder,
        "--imputation",
        "mean",
        "--uncertainty",
        "20",
        "--vary",
        "normalisation",
        "rank",
        "minmax:1:100",
        "--vary",
        "winmax",
        "none",
        "2",
    )
    draws = pd.read_csv(folder / "out" / "draws.csv", dtype=str, keep_default_na=False)

    assert {name: set(draws[name]) for name in ("winmax", "normalisation", "weight_set", "aggregation")} == {
        "winmax": {"none", "2"},
        "normalisation": {"rank", "minmax:1:100"},
        "weight_set": {"original"},
        "aggregation": {"amean"},
    }


def test_benefit_of_the_doubt_is_varied_with_no_mean_it_cannot_go_with(written):  # noqa: F811
    folder = written()
    told = run(folder, "--weights", "bod", "--imputation", "mean", "--uncertainty", "12", "--seed", "4")
    choices = json.loads((folder / "out" / "choices.json").read_text())["choices"]
    draws = pd.read_csv(folder / "out" / "draws.csv")

    assert "do not fit the figures" not in told
    assert (choices["aggregation"], choices["noise"]) == (["amean"], 0.0)
    assert (set(draws["aggregation"]), set(draws["weight_set"])) == ({"amean"}, {"bod"})
    assert table(folder, "uncertainty").notna().all(axis=None)


def test_runs_that_do_not_fit_are_counted_apart(written):  # noqa: F811
    draws = "run,normalisation,aggregation\n1,minmax:0:1,gmean\n2,minmax:1:100,gmean\n3,zscore,amean\n"
    folder = written(draws=draws)
    told = run(folder, "--imputation", "mean", "--draws", str(folder / "draws.csv"))

    assert "1 of 3 runs do not fit the figures and are not counted: 1 (not_positive).\n" in told
    assert table(folder, "run_scores")["1"].isna().all()


@pytest.mark.parametrize(
    ("draws", "sentence"),
    [
        (
            DRAWS.replace("rank", "range"),
            "draws.csv, row 3, column normalisation: There is no method “range” of normalisation",
        ),
        (
            DRAWS.replace("5,", "five,"),
            "draws.csv, row 3, column winmax: “five” in “winsorise:five” (treatment of outliers) is not a",
        ),
        (
            DRAWS.replace("steep", "flat"),
            "draws.csv, row 3, column weight_set: “flat” is not the name of a set of weights.",
        ),
        (
            DRAWS.replace("hmean", "mean"),
            "draws.csv, row 4, column aggregation: There is no method “mean” of aggregation",
        ),
        (DRAWS.replace("r2", "r1"), "draws.csv, column run: “r1” is there twice."),
        (DRAWS.replace("winmax", "winners"), "draws.csv, column winners: There should be no such column."),
    ],
)
def test_draws_that_cannot_be_run_are_told(written, draws, sentence):  # noqa: F811
    folder = written(draws=draws, sets=SETS)
    with pytest.raises(CommandError) as found:
        run(folder, "--draws", str(folder / "draws.csv"), "--weight-sets", str(folder / "sets.csv"))

    assert str(found.value).replace(f"{folder}/", "").startswith(sentence)
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--uncertainty", "many"], "--uncertainty: “many” is not a whole number from 1 up."),
        (["--uncertainty", "0"], "--uncertainty: “0” is not a whole number from 1 up."),
        (["--uncertainty", "5", "--seed", "-1"], "--seed: “-1” is not a whole number from 0 up."),
        (["--uncertainty", "5", "--vary", "luck", "1"], "--vary luck: write one of imputation, winmax,"),
        (["--uncertainty", "5", "--vary", "winmax"], "--vary winmax: write one of imputation, winmax,"),
    ],
)
def test_options_of_uncertainty_that_do_not_fit_are_told(written, options, sentence):  # noqa: F811
    folder = written()
    with pytest.raises(CommandError) as found:
        run(folder, "--imputation", "mean", *options)

    assert str(found.value).startswith(sentence)
