import csv
import io

import pytest
from django.core.management import CommandError, call_command

from .test_peers import real

WIDE = "geo,A,B,TOTAL\nAT,10,90,100\nBG,20,80,100\nRO,30,70,100\nEU,60,240,300\n"
TIDY = "geo,nace_r2,time,value\nAT,A,2015,10\nAT,B,2015,90\nBG,A,2015,:\nBG,B,2015,80\n"


def run(path, *options) -> tuple[list[dict], str]:
    out, told = io.StringIO(), io.StringIO()
    call_command("location_quotients", str(path), *options, stdout=out, stderr=told)
    return list(csv.DictReader(io.StringIO(out.getvalue()))), told.getvalue()


@pytest.fixture
def wide(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(WIDE)
    return path


def test_quotients_by_hand(wide):
    rows, _told = run(wide, "--total", "TOTAL", "--exclude", "EU", "--wide")

    assert [(row["region"], float(row["A"])) for row in rows] == [("AT", 0.5), ("BG", 1.0), ("RO", pytest.approx(1.5))]


def test_against_a_row_of_the_table(wide):
    rows, _told = run(wide, "--total", "TOTAL", "--reference", "EU", "--region", "BG")

    assert [(row["sector"], row["employment"], float(row["lq"])) for row in rows] == [
        ("A", "20", 1.0),
        ("B", "80", 1.0),
    ]


def test_a_missing_cell_stays_missing_and_is_told(tmp_path):
    path = tmp_path / "tidy.csv"
    path.write_text(TIDY)

    rows, told = run(path)

    assert [row["lq"] for row in rows if (row["region"], row["sector"]) == ("BG", "A")] == [""]
    assert "1 cells are missing; they are not taken as zero and have no quotient." in told
    assert "The total is estimated from the sectors reported: BG." in told


def test_thresholds_are_told_with_their_origin(wide):
    _rows, told = run(wide, "--edition", "observatory-2007", "--threshold", "specialisation=1.2")

    assert "observatory-2007: size top 0.1 (published)." in told
    assert "observatory-2007: specialisation least 1.2 (ours)." in told


def test_indices_by_region(wide):
    rows, _told = run(wide, "--total", "TOTAL", "--exclude", "EU", "--indices")

    assert [round(float(row["krugman"]), 12) for row in rows] == [0.2, 0, 0.2]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--total", "C"], "There is no sector C"),
        (["--reference", "XX"], "There is no row XX"),
        (["--exclude", "XX"], "No such row: XX"),
        (["--region", "XX"], "There is no region XX"),
        (["--threshold", "charm=1"], "has no threshold charm"),
        (["--threshold", "size=big"], "MEASURE=VALUE"),
        (["--unit", "0"], "--unit is above zero"),
    ],
)
def test_what_cannot_be_is_told(wide, options, told):
    with pytest.raises(CommandError, match=told):
        run(wide, *options)


def test_fewer_than_no_people_are_refused(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("geo,A\nAT,-5\nBG,1\n")

    with pytest.raises(CommandError, match="never below zero"):
        run(path)


def test_real_employment_of_30_countries():
    rows, told = run(real("reat_EU28_emp.csv"), "--unit", "1000", "--year", "2007")

    assert "30 regions, 10 sectors (tidy, year 2007)." in told
    assert "10 cells are missing" in told
    iceland = [row["lq"] for row in rows if row["region"] == "IS"]
    assert iceland == [""] * 10
    farming = {row["region"]: float(row["lq"]) for row in rows if row["sector"] == "A" and row["lq"]}
    assert min(farming, key=farming.get) == "LU"
