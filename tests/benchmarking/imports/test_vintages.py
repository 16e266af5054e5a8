import pytest

from benchmarking.imports.vintages import recode

from .shared import known


def recoded(*codes, vintage=0):
    return recode(codes, known().meanings, vintage)


@pytest.mark.parametrize(
    ("codes", "vintage"),
    [
        (("GR11", "GR12", "ITD3"), 2006),
        (("EL11", "EL12", "ITH3", "FI1B"), 2010),
        (("EL51", "FR21", "UKI3", "SI03"), 2013),
        (("EL51", "FRF2", "HU11", "HR04"), 2016),
        (("EL51", "FRF2", "HU11", "HR05"), 2021),
        (("AT11", "AT12"), 2021),
    ],
)
def test_vintage_is_found_by_the_codes(codes, vintage):
    assert recoded(*codes).vintage == vintage


def test_one_region_has_had_three_codes():
    found = recoded("GR11", "EL11", "EL51")

    assert found.areas == {"GR11": "EL51", "EL11": "EL51", "EL51": "EL51"}
    assert found.renamed == {"GR11": "EL51", "EL11": "EL51"}


@pytest.mark.parametrize(
    ("code", "fate", "successors"),
    [
        ("HU10", "split", "HU11 HU12"),
        ("DE41", "merged", "DE40"),
        ("SI01", "shifted", "SI03"),
        ("HR04", "split", "HR02 HR05 HR06"),
    ],
)
def test_what_was_not_only_renamed_is_left_out(code, fate, successors):
    found = recoded(code)

    assert found.areas == {}
    assert (found.lost[code].fate, found.lost[code].successors) == (fate, successors)


def test_a_code_of_several_vintages_means_what_its_own_says():
    """HR02 was given up in 2010 and came back in 2021, for the same eight counties."""
    assert recoded("HR02", "HR01", "GR11").areas == {"HR02": "HR02", "GR11": "EL51"}
    assert recoded("HR02", "HR05", "EL51").areas == {"HR02": "HR02", "HR05": "HR05", "EL51": "EL51"}


def test_codes_beside_regions():
    found = recoded("AT111", "ATZZ", "FRXX", "nowhere", "EU27_2020")

    assert (found.finer, found.elsewhere, found.unknown) == (["AT111"], ["ATZZ", "FRXX"], ["nowhere"])
    assert found.areas == {"EU27_2020": "EU27_2020"}
