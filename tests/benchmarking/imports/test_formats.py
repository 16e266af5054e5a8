"""The same figures in every format, and what is wrong with files that are broken."""

import gzip
import io
import json
import zipfile

import pytest
from openpyxl import Workbook

from benchmarking.imports.problems import UnreadableError
from benchmarking.imports.words import said

from .shared import cells, noted, read

EXPECTED = [("AT11", 2019, 20.5, "", ""), ("AT11", 2020, 21.0, "bp", ""), ("AT12", 2019, None, ":c", "")]
TSV = "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \nA,PC,AT11\t20.5 \t21.0 bp\nA,PC,AT12\t: c\t\n"
SDMX = (
    "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
    "ESTAT:X(1.0),01/01/24,A,PC,AT11,2019,20.5,,\n"
    "ESTAT:X(1.0),01/01/24,A,PC,AT11,2020,21.0,bp,\n"
    "ESTAT:X(1.0),01/01/24,A,PC,AT12,2019,,c,\n"
)
TIDY = "geo;year;value;flag\nAT11;2019;20,5;\nAT11;2020;21,0;bp\nAT12;2019;:;c\n"
WIDE = "region,2019,2020\nAT11,20.5,21.0 bp\nAT12,: c,\n"
JSON = {
    "version": "2.0",
    "class": "dataset",
    "id": ["unit", "geo", "time"],
    "size": [1, 2, 2],
    "role": {"geo": ["geo"], "time": ["time"]},
    "dimension": {
        "unit": {"category": {"index": {"PC": 0}}},
        "geo": {"category": {"index": {"AT12": 1, "AT11": 0}}},
        "time": {"category": {"index": ["2019", "2020"]}},
    },
    "value": {"0": 20.5, "1": 21.0},
    "status": {"1": "bp", "2": "c"},
}


def sheet(*rows, formulas=()) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for place, formula in formulas:
        book.active[place] = formula
    book.save(file)
    return file.getvalue()


def refused(content, **options):
    with pytest.raises(UnreadableError) as problem:
        read(content, **options)
    assert said(problem.value.code, problem.value.told)
    return problem.value.code


def told(value):
    """Archives hold the time they were made at: no name for a test."""
    return value if isinstance(value, str) else "archive"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TSV, "eurostat-tsv"),
        (gzip.compress(TSV.encode()), "eurostat-tsv"),
        (SDMX, "sdmx-csv"),
        (TIDY, "csv"),
        ("\ufeff" + WIDE.replace("\n", "\r\n"), "csv"),
        (json.dumps(JSON), "json-stat"),
        (sheet(["geo", 2019, 2020], ["AT11", 20.5, "21.0 bp"], ["AT12", ": c", None]), "xlsx"),
        (
            sheet(
                ["Title"],
                [],
                ["geo", "time", "value"],
                ["AT11", 2019, 20.5],
                ["AT11", 2020, "21 bp"],
                ["AT12", 2019, ": c"],
            ),
            "xlsx",
        ),
    ],
    ids=told,
)
def test_every_format_says_the_same(content, name):
    found = read(content)

    assert cells(found) == EXPECTED
    assert (found.table.format, found.problems.counts) == (name, {})


def test_a_column_for_each_indicator():
    found = read("id,name,gdp,R&D staff\nAT11,Burgenland,1.5,2\nAT12,Lower,3,4\n", fixed_year=2020)

    assert sorted(found.cells[["indicator", "area", "value"]].itertuples(index=False, name=None)) == [
        ("gdp", "AT11", 1.5),
        ("gdp", "AT12", 3.0),
        ("r-d-staff", "AT11", 2.0),
        ("r-d-staff", "AT12", 4.0),
    ]
    assert found.asked == {"gdp": "gdp", "R&D staff": "+"}


@pytest.mark.parametrize(
    ("status", "secrecy", "value", "flag"),
    [
        ("A", "F", "1", ""), ("A", "", "1", ""), ("E", "F", "1", "e"), ("P", "C", "1", "cp"), ("A", "N", "1", "c"),
        ("B;P", "", "1", "bp"), ("M", "F", "", ":z"), ("O", "", "", ":"), ("Q", "C", "", ":c"), ("L", "F", "", ":"),
        ("U", "_Z", "1", "u"), ("I", "F", "1", "e"), ("M", "F", "1", "z"), ("", "", "1", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["OBS_STATUS", "OBS_FLAG"])
def test_codes_of_sdmx_become_flags(column, status, secrecy, value, flag):
    found = read(
        f"DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,{column},CONF_STATUS\n"
        f"X,AT11,2019,{value},{status},{secrecy}\nX,AT12,2019,2,,\n"
    )

    assert found.cells.set_index("area")["flag"].get("AT11", "") == flag


def test_codes_keep_their_zeros():
    found = read("geo,indicator,year,value\nAT11,01,2019,1.50\nAT11,1,2019,2\n")

    assert list(found.asked) == ["01", "1"]
    assert found.problems.counts == {}


def test_sparse_and_full_lists_of_json_stat_say_the_same():
    full = JSON | {"value": [20.5, 21.0, None, None], "status": [None, "bp", "c", None]}

    assert cells(read(json.dumps(full))) == EXPECTED


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("geo year value\nAT11 2019 20\n", "no_delimiter"),
        ("geo,year,value\nAT11,2019,20,5\n", "decimal_delimiter"),
        ("geo,year,value\nAT11,2019,20\nAT12,2019,1,x\n", "too_many_fields"),
        ("geo,year,value\nAT11,2019\n", "too_few_fields"),
        ("geo,year,value\n", "no_rows"),
        ("geo,geo,value\nAT11,AT12,1\n", "column_twice"),
        ("place,year,value\nVienna,2019,1\n", "no_areas"),
        ("geo,year,value\nATZZ,2019,1\nAT13,2019,\n", "nothing_left"),
        ("geo,year,näme\n".encode("latin-1") + b"AT11,2019,1\n", "not_utf8"),
        (b"geo\0,year,value\n", "not_a_table"),
        ("{", "not_json"),
        ('{"class": "collection"}', "json_collection"),
        ('{"id": ["geo"]}', "not_json_stat"),
        (json.dumps(JSON | {"size": [1, 3, 2]}), "json_dimension"),
        (json.dumps(JSON | {"size": [1000, 1000, 1000]}), "too_many_cells"),
        (json.dumps(JSON | {"value": {"9": 1}}), "json_values"),
        (json.dumps(JSON | {"value": {"0": {"x": 1}}}), "json_values"),
        (b"\x1f\x8bnonsense", "damaged_gzip"),
        (gzip.compress(b"0" * 50_000_000), "unpacks_too_large"),
        (b"PK\x03\x04nonsense", "damaged_workbook"),
    ],
    ids=told,
)
def test_broken_files_say_what_is_wrong(content, code):
    assert refused(content) == code


def packed(**members) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(table="geo,year,value"), "archive"),
        (packed(xl__workbook_xml=b"<x/>", bomb=b"0" * 50_000_000), "unpacks_too_large"),
        (packed(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'), "entities"),
        (packed(xl__workbook_xml=b"<x/>"), "damaged_workbook"),
    ],
    ids=told,
)
def test_hostile_archives(content, code):
    assert refused(content) == code


def test_a_sheet_that_claims_a_billion_rows_is_read_as_far_as_it_goes():
    honest = io.BytesIO(sheet(["geo", "year", "value"], ["AT11", 2019, 20.5]))
    claiming = io.BytesIO()
    with zipfile.ZipFile(honest) as old, zipfile.ZipFile(claiming, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member.filename, content.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'))
    assert b"XFD1048576" in zipfile.ZipFile(claiming).read("xl/worksheets/sheet1.xml")

    assert cells(read(claiming.getvalue())) == [("AT11", 2019, 20.5, "", "")]


def test_formulas_without_a_stored_value_are_named():
    content = sheet(["geo", "year", "value"], ["AT11", 2019, None], formulas=[("C2", "=1+1")])

    with pytest.raises(UnreadableError) as problem:
        read(content)
    assert (problem.value.code, problem.value.told) == ("formulas_without_value", {"cells": "C2", "count": 1})


def test_the_sheet_can_be_chosen():
    book, file = Workbook(), io.BytesIO()
    for name, value in (("one", 1), ("two", 2)):
        page = book.create_sheet(name)
        page.append(["geo", "year", "value"])
        page.append(["AT11", 2019, value])
    book.save(file)

    assert [cells(read(file.getvalue(), sheet=name))[0][2] for name in ("", "two")] == [1.0, 2.0]


def test_rows_that_do_not_fit_are_named():
    found = read("geo,year,value\nAT11,2019,1\nQQ11,2019,2\nAT12,2019-Q1,3\nAT13,2019,lots\n at22,2019,3\n")

    assert [(one.code, one.row, one.told) for one in found.problems] == [
        ("not_a_year", 4, {"text": "2019-Q1"}),
        ("not_a_number", 5, {"text": "lots"}),
        ("unknown_area", 3, {"text": "QQ11", "near": ""}),
        ("unknown_area", 6, {"text": "at22", "near": "AT22"}),
    ]


def test_unknown_areas_can_be_left_out():
    found = read("geo,year,value\nAT11,2019,1\nQQ11,2019,2\n", skip_unknown=True)

    assert cells(found) == [("AT11", 2019, 1.0, "", "")]
    assert (found.problems.counts, noted(found)) == ({}, {"unknown_left_out": "QQ11"})


def test_two_values_for_one_cell_are_named_with_what_tells_them_apart():
    found = read("geo,nace,year,value\nAT11,A,2019,1\nAT11,B,2019,2\n")

    assert [(one.code, one.told["rows"], one.told["columns"]) for one in found.problems] == [
        ("two_values", "2, 3", "nace")
    ]
    assert cells(read("geo,nace,year,value\nAT11,A,2019,1\nAT11,B,2019,2\n", filters={"nace": "B"})) == [
        ("AT11", 2019, 2.0, "", "")
    ]


def test_totals_are_taken_where_rows_differ_by_sex():
    found = read("geo,sex,year,value\nAT11,F,2019,1\nAT11,M,2019,2\nAT11,T,2019,3\n")

    assert cells(found) == [("AT11", 2019, 3.0, "", "")]
    assert found.options["filters"] == {"sex": "T"}


def test_the_same_said_twice_is_taken_once():
    found = read("geo,year,value\nAT11,2019,1\nAT11,2019,1.0\n")

    assert cells(found) == [("AT11", 2019, 1.0, "", "")]
    assert noted(found) == {"said_twice": "1"}


def test_todays_code_goes_before_a_former_one():
    found = read("geo,year,value\nEL11,2019,1\nEL51,2019,2\nGR12,2019,3\n")

    assert cells(found) == [("EL51", 2019, 2.0, "", ""), ("EL52", 2019, 3.0, "", "recoded")]
    assert noted(found) == {"recoded": "EL11 → EL51, GR12 → EL52", "former_code_left_out": "1"}


def test_figures_of_split_regions_are_left_out_and_said():
    found = read("geo,year,value\nHU10,2012,1\nHU21,2012,2\nSI01,2012,3\n")

    assert cells(found) == [("HU21", 2012, 2.0, "", "")]
    assert noted(found) == {"split_left_out": "HU10 → HU11 HU12", "shifted_left_out": "SI01 → SI03"}


def test_a_comma_before_three_digits_has_to_be_explained():
    told = "geo;year;value\nAT11;2019;1,234\n"

    assert read(told).problems.counts == {"decimal_unclear": 1}
    assert cells(read(told, decimal=",")) == [("AT11", 2019, 1.234, "", "")]
    assert cells(read(told, decimal=".")) == [("AT11", 2019, 1234.0, "", "")]


def test_national_figures_are_put_on_regions_only_on_request():
    told = "geo,year,value\nSI,2019,5\nHR,2019,7\nHR03,2019,6\n"
    before, after = read(told), read(told, national=True)

    assert [cell[0] for cell in cells(before)] == ["HR", "HR03", "SI"]
    assert cells(after) == [
        ("HR", 2019, 7.0, "", ""),
        ("HR03", 2019, 6.0, "", ""),
        ("SI", 2019, 5.0, "", ""),
        ("SI03", 2019, 5.0, "", "national"),
        ("SI04", 2019, 5.0, "", "national"),
    ]
    assert noted(after) == {"national_on_regions": "SI"}


def test_every_code_has_words_for_people():
    found = read("geo,year,value\nQQ11,2019,1\nAT11,20,2\n")

    assert [said(one.code, one.told) for one in found.problems] == [
        "“20” is no year. Only yearly figures are kept; please leave out months and quarters.",
        "No area has the code “QQ11”. Please correct it, or have rows of unknown areas left out below.",
    ]
