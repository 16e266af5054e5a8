"""Files that mean harm, and files that are something else."""

import io
import time
import zipfile

import pytest

from consultations.imports import UnreadableError, bounds, read_questionnaire

from .workbooks import with_part, workbook

SHEET = "xl/worksheets/sheet2.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ENTITIES = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "&a;"}">' for n in range(10))
BOMB = f'<!DOCTYPE x [<!ENTITY a "ha">{ENTITIES}]><document>&b9;</document>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><document>&a;</document>'


def refused(content: bytes, name: str) -> str:
    with pytest.raises(UnreadableError) as found:
        read_questionnaire(content, name)
    return str(found.value.messages[0])


def sheet(rows: str) -> bytes:
    return (
        f'<worksheet xmlns="{NAMESPACE}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
def test_entities_are_refused(db, content):
    assert refused(content.encode(), "bomb.lss") == "The file defines entities, which are not read."


def test_entities_in_a_workbook_are_refused(db):
    part = b'<!DOCTYPE x [<!ENTITY a "ha">]>' + sheet("")

    assert refused(with_part(workbook(), SHEET, part), "a.xlsx") == "The file defines entities, which are not read."


def test_a_sheet_that_claims_a_million_rows_is_read_to_its_end(db):
    content = with_part(workbook(), SHEET, sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    begun = time.process_time()

    assert refused(content, "a.xlsx") == "There are no questions in this file."
    assert time.process_time() - begun < 5


def test_a_sheet_that_has_a_million_rows_is_refused(db):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 20_000))

    assert refused(with_part(workbook(), SHEET, sheet(rows)), "a.xlsx") == (
        "The sheet “survey” has more than 5000 rows."
    )


def test_a_zip_bomb_is_refused_before_it_is_unpacked(db):
    content = with_part(workbook(), SHEET, sheet(" " * (bounds.MOST_UNPACKED + 1)))

    assert len(content) < 2**20
    assert refused(content, "a.xlsx") == "Unpacked, the file is larger than can be read."


def test_large_files_are_refused(db):
    assert (
        refused(b" " * (bounds.MOST_BYTES + 1), "a.json") == "The file has 10.0\xa0MB; at most 10.0\xa0MB can be read."
    )


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        *((b"", "a.xlsx"), (b"PK\3\4", "a.xlsx"), (zipped(a="b"), "a.xlsx"), (b"\xff\xfe", "a.json"), (b"{", "a.json")),
        *((b"[]", "a.json"), (b'{"sections": [1]}', "a.json"), (b'{"sections": {}}', "a.json"), (b"", "a.lss")),
        *(
            (b"<x/>", "a.lss"),
            (b"<document>", "a.lss"),
            (b"", "a.txt"),
            (b"a\tb", "a.txt"),
            (b"x", "a.exe"),
            (b"x", "a"),
        ),
        (b"[" * 100_000, "a.json"),
        (
            b'{"sections": [{"code": "s", "title": {}, "questions": [{"code": "q", "type": "x", "text": {}}]}]}',
            "a.json",
        ),
        (b'{"sections": [{"code": "s", "title": {"en": 1}, "questions": []}]}', "a.json"),
        (
            b'{"sections": [{"code": "s", "title": {}, "questions": [{"code": "q", "type": "rating", "text": {}}]}]}',
            "a.json",
        ),
    ],
)
def test_what_is_no_questionnaire_is_refused(db, content, name):
    assert refused(content, name)


def test_cells_with_formulas_count_as_what_they_showed(db):
    cell = '<row r="1"><c r="A1" t="str"><f>CONCATENATE("ty","pe")</f><v>type</v></c></row>'

    assert bounds.sheets(with_part(workbook(), SHEET, sheet(cell)))["survey"] == [(1, ["type"])]
