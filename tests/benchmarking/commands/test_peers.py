import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.house.floors import ROOT

REGIONS = ROOT.parent / "shared" / "data" / "regions"
TABLE = "id,name,size,age,gdp\nAT1,Wien,10,5,9\nAT2,Graz,9,5,8\nBG1,Sofia,2,4,1\nRO1,Iasi,1,1,2\n"


def run(path, *options, region="AT1") -> tuple[list[dict], str]:
    out, told = io.StringIO(), io.StringIO()
    call_command("peers", str(path), "--region", region, *options, stdout=out, stderr=told)
    return list(csv.DictReader(io.StringIO(out.getvalue()))), told.getvalue()


def real(name: str) -> Path:
    path = REGIONS / name
    if not path.exists():
        pytest.skip(f"LOUD: ../shared/data/regions/{name} is missing, so the command was not tried on real figures.")
    return path


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(TABLE)
    return path


def test_peers_are_listed_from_near_to_far(table):
    rows, told = run(table, "--performance", "gdp")

    assert [(row["rank"], row["region"], row["name"]) for row in rows] == [
        ("1", "AT2", "Graz"),
        ("2", "BG1", "Sofia"),
        ("3", "RO1", "Iasi"),
    ]
    assert "4 regions, 2 variables (wide)." in told
    assert "euclidean and manhattan: 100% of the nearest 10 are the same, Spearman 1.00 over all." in told


def test_own_country_is_left_out(table):
    rows, _told = run(table, "--exclude-country", "--number", "1")

    assert [row["region"] for row in rows] == ["BG1"]


def test_written_to_a_file(table, tmp_path):
    rows, _told = run(table, "--out", str(tmp_path / "out.csv"))

    assert rows == []
    assert (tmp_path / "out.csv").read_text().splitlines()[
        0
    ] == "region,rank,name,euclidean,manhattan,mahalanobis,shared"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--performance", "gdp", "--variables", "gdp,size"], "These measure performance .* gdp"),
        (["--variables", "rain"], "No such variable: rain"),
        (["--block", "people"], "not written NAME:WEIGHT=A,B,C"),
        (["--block", "people:x=size"], "no number: x"),
        (["--block", "a=size", "--block", "b=size"], "size stands in two blocks"),
        (["--block", "a:-1=size"], "never negative"),
        (["--number", "0"], "at least 1"),
        (["--share", "2"], "--share is above 0"),
        (["--country-column", "land"], "no column land"),
        (["--where", "size"], "COLUMN=VALUE"),
        (["--year-column", "jahr"], "no column jahr"),
    ],
)
def test_what_cannot_be_is_told(table, options, told):
    with pytest.raises(CommandError, match=told):
        run(table, *options)


def test_an_unknown_region_is_told_with_those_that_begin_alike(table):
    with pytest.raises(CommandError, match=r"no region AT9 in the table\. Regions that begin alike: AT1, AT2"):
        run(table, region="AT9")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(tmp_path / "none.csv")


def test_real_figures_of_233_regions():
    rows, told = run(real("nuts2_index_233x11.csv"), "--performance", "munemp,funemp,gdp_gini", region="RO11")

    assert "233 regions, 5 variables (wide)." in told
    assert len(rows) == 10
    distances = [float(row["euclidean"]) for row in rows]
    assert distances == sorted(distances)


def test_real_figures_of_western_balkan_regions():
    rows, told = run(real("tricolore_euro_example.csv"), "--exclude-country", region="RS11")

    assert "319 regions, 6 variables (wide)." in told
    assert [row["region"] for row in rows if row["region"].startswith("RS")] == []
