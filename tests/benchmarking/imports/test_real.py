"""Regional tables of Eurostat as people have them, with what their README says of them; they lie beside the project."""

import pandas as pd
import pytest

from benchmarking.services import areas
from tests.house.floors import ROOT

from .shared import noted, read

REGIONS = ROOT.parent / "shared" / "data" / "regions"
YEARS = (2006, 2010, 2013, 2016, 2021)
SOUTH_EAST = ("AT", "BG", "EL", "HR", "HU", "IT", "RO", "SI", "SK")

pytestmark = pytest.mark.skipif(not REGIONS.is_dir(), reason="REAL DATA NOT TESTED: ../shared/data/regions is missing")


def real(name, **options):
    return read((REGIONS / name).read_bytes(), **options)


def test_a_complete_set_of_eight_indicators():
    found = real("nuts2_index_233x11.csv", fixed_year=2015)

    assert (found.table.frame.shape, found.problems.counts) == ((233, 11), {})
    assert found.cells["indicator"].nunique() == 8
    assert len(found.cells) == found.cells["value"].count() == 232 * 8
    assert noted(found) == {"split_left_out": "HR04 → HR02 HR05 HR06"}
    codes = found.table.frame["id"]
    assert codes.str[:2].isin(SOUTH_EAST).sum() == 73


def test_eight_tables_with_gaps_duplicates_by_sex_and_breaks_of_vintage():
    found = real("opengeo_eurostat_nuts2_2010_2018.csv.gz")

    assert (len(found.table.frame), found.problems.counts) == (30_496, {})
    assert found.options["filters"] == {"sex": "T"}
    assert sorted(found.cells["indicator"].unique()) == [
        "tepsr-lm220",
        "tgs00003",
        "tgs00010",
        "tgs00026",
        "tgs00040",
        "tgs00049",
        "tgs00096",
        "tgs00101",
    ]
    assert (found.cells["year"].min(), found.cells["year"].max()) == (2010, 2018)
    assert not found.cells.duplicated(["indicator", "area", "year"]).any()
    notes = noted(found)
    assert "EL11 → EL51" in notes["recoded"]
    assert "HU10 → HU11 HU12" in notes["split_left_out"]
    assert notes["shifted_left_out"] == "IE01 → IE04 IE06, NO05 → NO0A, SI01 → SI03, SI02 → SI04, UKM2 → UKM7"
    assert notes["merged_left_out"] == "NO01 → NO08"
    gaps = found.cells.pivot_table(index="area", columns=["indicator", "year"], values="value").isna().to_numpy()
    assert gaps.any()


def test_without_a_choice_of_sex_two_values_are_named():
    found = real("opengeo_eurostat_nuts2_2010_2018.csv.gz", filters={})

    assert list(found.problems.counts) == ["two_values"]
    assert {problem.told["columns"] for problem in found.problems} == {"sex"}


def test_disposable_income_is_taken_whole():
    found = real("eurostat_tgs00026.csv")

    assert (len(found.table.frame), len(found.cells), found.problems.counts) == (2723, 2723, {})
    assert found.cells.loc[(found.cells["area"] == "AT11") & (found.cells["year"] == 2009), "value"].tolist() == [18900]


def test_shares_with_the_western_balkans():
    found = real("tricolore_euro_example.csv", fixed_year=2016)

    assert len(found.table.frame) == 319
    assert found.problems.counts == {}
    assert {"RS", "ME", "MK"} <= set(found.table.frame["id"].str[:2])
    assert {"ME00", "MK00"} <= set(found.cells["area"])


def test_personnel_with_mixed_vintages():
    assert real("regions_regional_rd_personnel.csv").problems.counts == {"unknown_area": 4}

    found = real("regions_regional_rd_personnel.csv", skip_unknown=True)

    assert (len(found.table.frame), found.problems.counts) == (956, {})
    assert noted(found)["unknown_left_out"] == "CN_X_HK, JP, KR, RU"
    assert "FR21 → FRF2" in noted(found)["recoded"]
    assert sorted(area for area in found.cells["area"].unique() if area.startswith("HR")) == [
        "HR",
        "HR0",
        "HR02",
        "HR03",
    ]


def test_employees_by_sector_need_to_be_told_apart():
    found = real("reat_EU28_emp.csv")
    assert {problem.told["columns"] for problem in found.problems} == {"nace_r2"}

    by_sector = real("reat_EU28_emp.csv", indicator="nace_r2")
    assert (by_sector.problems.counts, len(by_sector.cells), by_sector.cells["indicator"].nunique()) == ({}, 3000, 10)


@pytest.fixture(scope="module")
def changes():
    found = pd.read_csv(REGIONS / "regions_nuts_changes.csv", keep_default_na=False, na_values=["NA"])
    return found[found["typology"] != "nuts_level_3"]


@pytest.fixture(scope="module")
def codes():
    found = list(areas.areas_of_today())
    return list(areas.codes({area.code: area for area, _since in found}, {area.code: since for area, since in found}))


def is_region(code):
    return isinstance(code, str) and "(part)" not in code and not code.endswith("Z")


@pytest.mark.parametrize("year", YEARS)
def test_our_list_of_codes_has_all_of_the_correspondence(changes, codes, year):
    theirs = {code.strip() for code in changes[f"code_{year}"] if is_region(code)}
    ours = {code.code for code in codes if code.first <= year <= code.last}

    assert theirs - ours == set()


@pytest.mark.parametrize("year", [2016, 2021])
def test_our_list_has_nothing_that_the_correspondence_lacks(changes, codes, year):
    theirs = {code.strip() for code in changes[f"code_{year}"] if is_region(code)}
    ours = {code.code for code in codes if code.first <= year <= code.last and code.level <= 2}

    assert ours - theirs <= {"BA", "CZ", "GB", "MD", "UA", "XK"}


def test_renamed_is_what_the_correspondence_calls_so(changes, codes):
    """Two that it lists as recoded with moved borders are left out by us."""
    ours = {code.code: code.area.code for code in codes if code.fate == "renamed" and code.code != code.area.code}
    theirs = {
        (row[f"code_{year}"], row["code_2021"])
        for _place, row in changes.iterrows()
        for year in YEARS[:-1]
        if is_region(row["code_2021"]) and is_region(row[f"code_{year}"]) and row[f"code_{year}"] != row["code_2021"]
    }

    assert theirs - set(ours.items()) == {("NO05", "NO0A"), ("UKM2", "UKM7")}
    assert set(ours.items()) - theirs == {("GB", "UK")}
