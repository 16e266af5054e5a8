"""Files of answers, read back by the programs they are for."""

import csv
import io
import json
import zipfile

import pyreadstat
import pytest
from lxml.etree import fromstring
from openpyxl import load_workbook

from consultations.exports import FORMATS, Answers
from consultations.models import Consultation

from .everything import FULL, NAMES, answered, send

DDI = {"d": "ddi:codebook:2_5"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HIDDEN = {"audience": "private", "degrees": 2.5}


@pytest.fixture
def found(people) -> Consultation:
    consultation = answered()
    send(consultation, FULL, pk=1)
    send(consultation, HIDDEN, pk=2)
    return consultation


def written(consultation: Consultation, form: str, **how) -> bytes:
    made = io.BytesIO()
    FORMATS[form].write(Answers(consultation, **how), made)
    return made.getvalue()


def table(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_with_codes(found):
    first, second = table(written(found, "csv"))

    assert [first[name] for name in ("sources", "sources.a", "sources.b", "sources.other.text")] == [
        "b; other",
        "0",
        "1",
        "'=1+1",
    ]
    assert [first[name] for name in ("mood.a", "mood.b", "cells.b.yes", "degrees", "word")] == [
        *("-3", "no", "-1", "-1", "'-5"),
    ]
    assert [second[name] for name in ("country", "sources", "sources.a", "degrees", "share", "word", "parts.a")] == [
        *("-1", "", "-1", "2.5", "-1", "", "-1"),
    ]


def test_where_numbers_below_zero_are_answers_reasons_are_further_away(people):
    (row,) = table(written(answered({"audience": "policy"}), "csv"))

    assert (row["degrees"], row["share"]) == ("-1000000001", "-1")


def test_csv_with_texts_in_a_language(found):
    first, second = table(written(found, "csv", language="el", labels=True))

    assert [first[f"{head}"] for head in ("Audience?", "Sources? – Beta", "Grid? – Beta")] == [
        *("Policy maker", "Ναι", "No"),
    ]
    assert first["Country?"] == "Αυστρία"
    assert first["Region?"].endswith("(AT12)")
    assert [second["Country?"], second["Sources?"], second["Word?"]] == ["", "", ""]


def test_the_byte_order_mark_is_an_option(found):
    mark = b"\xef\xbb\xbf"

    assert [written(found, "csv", mark=wanted).startswith(mark) for wanted in (True, False)] == [True, False]


def test_xlsx_has_codes_labels_and_code_book(found):
    book = load_workbook(io.BytesIO(written(found, "xlsx")))
    data, labels, meaning = [list(sheet.values) for sheet in book.worksheets]

    assert book.sheetnames == ["Data", "Labels", "Code book"]
    assert dict(zip(data[0], data[1], strict=True))["sources.other.text"] == "'=1+1"
    assert dict(zip(data[0], data[1], strict=True))["degrees"] == -1
    assert dict(zip(labels[0], labels[1], strict=True))["Sources? – Beta"] == "Yes"
    assert [row[4:] for row in meaning if row[0] == "grid.a"] == [
        ("yes", "Yes"),
        ("no", "No"),
        (-1, "not answered"),
        (-2, "not shown"),
        (-3, "Don't know"),
    ]
    assert {cell.data_type for sheet in book for line in sheet for cell in line} <= {"s", "n", "inlineStr"}


def test_ods_holds_the_same_cells_as_xlsx(found):
    book = load_workbook(io.BytesIO(written(found, "xlsx")))
    archive = zipfile.ZipFile(io.BytesIO(written(found, "ods")))
    first = archive.infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert ods_sheets(archive.read("content.xml")) == {sheet.title: list(sheet.values) for sheet in book}


def ods_sheets(content: bytes) -> dict[str, list[tuple]]:
    table, office = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office"))

    def value(cell):
        kind = cell.get(f"{office}value-type")
        if kind == "float":
            return float(cell.get(f"{office}value"))
        return "\n".join("".join(line.itertext()) for line in cell) if kind else None

    return {
        sheet.get(f"{table}name"): [tuple(map(value, row)) for row in sheet.iter(f"{table}table-row")]
        for sheet in fromstring(content).iter(f"{table}table")
    }


def test_spss_has_value_labels_missing_values_and_whole_texts(found, tmp_path):
    path = tmp_path / "answers.sav"
    path.write_bytes(written(found, "sav"))
    frame, meta = pyreadstat.read_sav(path, user_missing=True)
    first = frame.iloc[0]

    assert meta.column_names[5:] == [name for name in NAMES if name != "sources"]
    assert meta.variable_value_labels["grid.a"] == {
        1: "Yes",
        2: "No",
        -1: "not answered",
        -2: "not shown",
        -3: "Don't know",
    }
    assert meta.missing_ranges["grid.a"] == [{"lo": code, "hi": code} for code in (-3, -2, -1)]
    assert (first["grid.a"], first["mood.a"], first["degrees"], first["sources.b"]) == (1, -3, -1, 1)
    assert first["words"] == FULL["words"].rstrip()
    assert meta.column_names_to_labels["cells.a.yes"] == "Cells? – Alpha – Yes"
    assert pyreadstat.read_sav(path)[0]["mood.a"].isna().all()


def test_json_has_questions_and_answers(found):
    content = json.loads(written(found, "json"))
    first, second = content["responses"]

    assert content["questionnaires"]["1"] == found.versions.get().structure
    assert (first["sources"], first["parts.b"], first["words"]) == (["b", "other"], 0, FULL["words"])
    assert (second["word"], second["share"]) == ({"missing": "not shown"}, {"missing": "not answered"})


def test_ddi_describes_every_variable_in_every_language(found):
    root = fromstring(written(found, "ddi"))
    variables = {element.get("name"): element for element in root.iterfind("d:dataDscr/d:var", DDI)}
    grid = variables["grid.a"]

    assert [child.tag.partition("}")[2] for child in root] == ["docDscr", "stdyDscr", "fileDscr", "dataDscr"]
    assert [*variables][5:] == NAMES
    assert {label.get(XML_LANG): label.text for label in grid.iterfind("d:labl", DDI)} == {
        "en": "Grid? – Alpha",
        "el": "Grid? – Άλφα",
    }
    assert [
        (value.findtext("d:catValu", None, DDI), value.get("missing")) for value in grid.iterfind("d:catgry", DDI)
    ] == [("yes", None), ("no", None), ("-1", "Y"), ("-2", "Y"), ("-3", "Y")]


def test_a_data_package_describes_its_fields(found):
    archive = zipfile.ZipFile(io.BytesIO(written(found, "package")))
    package = json.loads(archive.read("datapackage.json"))
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    first, _second = table(archive.read("data.csv"))

    assert sorted(archive.namelist()) == ["codebook.csv", "data.csv", "datapackage.json"]
    assert [*fields] == [*first]
    assert fields["grid.a"]["categories"] == [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
    assert [found["value"] for found in fields["degrees"]["missingValues"]] == [
        *("-1000000001", "-1000000002", "-1000000003"),
    ]
