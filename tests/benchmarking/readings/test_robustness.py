"""What a run tells of its firmness, and running its repetitions again from its files."""

import csv
import io

import pytest
from django.core.management import call_command

from benchmarking.models import Run
from benchmarking.readings import robustness
from benchmarking.services import benchmarks, runs
from tests.factories.benchmarks import complete
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.database
VARIED = {
    "plain": {"weights": 25, "normalisation": ["rank"], "aggregation": ["median"]},
    "all": {
        "weights": 0,
        "weight_methods": ["entropy", "original"],
        "imputation": ["mean", "median"],
        "treatment": ["winsorise:5"],
        "normalisation": ["rank"],
        "aggregation": ["median"],
        "by_level": True,
        "left_out": True,
    },
}


def ran(people, varied, **recipe) -> Run:
    found = complete(people.wanda)
    benchmarks.keep(found, "robustness", by=people.wanda, robustness={"runs": 60, **varied}, recipe=recipe)
    run = runs.start(found, by=people.wanda)
    settle()
    run.refresh_from_db()
    assert (run.state, run.error) == ("done", "")
    return run


@pytest.mark.parametrize("name", VARIED)
def test_the_command_runs_the_same_draws_again(people, tmp_path, name):
    run = ran(people, VARIED[name])
    base = f"/en/benchmarking/{run.benchmark.code}/robustness/"
    browser = browser_of(people.wanda)
    page = browser.get(base)
    told = page.context["replay"]
    for file, address in told["files"]:
        (tmp_path / file).write_bytes(b"".join(browser.get(address).streaming_content))
    words = told["command"].replace("manage.py composite ", "").split()
    places = [str(tmp_path / word) if word.endswith(".csv") or word == "results" else word for word in words]
    call_command("composite", *places, stdout=io.StringIO())

    with (tmp_path / "results" / "uncertainty.csv").open() as file:
        rows = {
            row["uCode"]: (float(row["Q5"]), float(row["Median"]), float(row["Q95"])) for row in csv.DictReader(file)
        }
    stored = run.areas.values_list("code", "rank_low", "rank_median", "rank_high")
    assert rows == {code: tuple(ends) for code, *ends in stored}
    assert [file for file, _address in told["files"]] == [
        "indicators.csv", "metadata.csv", "draws.csv", *(["weight_sets.csv"] if name == "plain" else []),
    ]  # fmt: skip


def test_any_set_of_choices_is_varied(people):
    run = ran(people, VARIED["all"])
    columns = run.results.get(code="draws").figures["columns"]

    assert {name: len(set(columns[name])) > 1 for name in columns} == dict.fromkeys(columns, True)
    assert set(columns["left_out"]) == {"", "grants", "venture", "skills", "staff"}
    assert set(columns["aggregation"]) == {"amean,amean", "amean,median", "median,amean", "median,median"}
    assert set(columns["weight_set"]) == {"equal", "entropy", "original"}
    assert set(run.results.get(code="sensitivity").figures["factors"]) >= {"left_out", "imputation", "weight_set"}


def test_a_reader_who_sees_no_run_gets_no_files(people):
    run = ran(people, VARIED["plain"])

    for name in ("indicators", "metadata", "draws", "weight_sets"):
        address = f"/en/benchmarking/{run.benchmark.code}/robustness/{name}.csv"
        assert [browser_of(person).get(address).status_code for person in (people.guest, people.wanda)] == [404, 200]


def test_pairs_and_neighbours():
    told = {"codes": ["A", "B", "C"], "rows": [[None, 0.7, 1.0], [0.25, None, 0.5], [0.0, 0.5, None]]}
    first, beside = robustness.tables({"dominance": told}, {}, {"B": "Bea", "A": "Ada", "X": "none", "C": "Cleo"})

    assert first.rows == [
        ["Bea (B)", "–", "25\u00a0%", "50\u00a0%"],
        ["Ada (A)", "70\u00a0%", "–", "100\u00a0%"],
        ["Cleo (C)", "50\u00a0%", "0\u00a0%", "–"],
    ]
    assert beside.rows == [
        ["Bea (B)", "Ada (A)", "25\u00a0%", "70\u00a0%"],
        ["Ada (A)", "Cleo (C)", "100\u00a0%", "0\u00a0%"],
    ]
