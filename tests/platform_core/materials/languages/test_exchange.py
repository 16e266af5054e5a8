"""Files for translators: what goes out comes back unharmed, and hostile files are refused."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings, strategies as st
from openpyxl import load_workbook

from platform_core.materials.languages.exchange import tables, xliff
from platform_core.materials.languages.exchange.units import DRAFT, REVIEWED, Unit, clean

NASTY = ("<b>&amp;</b>", "\"quotes\" & 'more'", "two\nlines\tand a tab", "=1+1", "'=1", "''", "-", "@x", "😀", "Здраве")
WORDS = st.one_of(st.sampled_from([*NASTY, "‏שלום‎", " spaces ", "a,b;c", "_x0041_"]), st.text(max_size=60)).map(clean)
LANGUAGES = st.sampled_from(["de", "el", "sr", "bg"])
WAYS = {
    "xlf": (xliff.written, xliff.read),
    "csv": (tables.as_csv, lambda content: tables.read(content, "csv")),
    "xlsx": (tables.as_xlsx, lambda content: tables.read(content, "xlsx")),
}


def bare(unit: Unit) -> tuple:
    return unit.key, unit.language, unit.text, unit.state, unit.mark


def there_and_back(way: str, units: list[Unit]) -> tuple[str, list[tuple]]:
    write, read = WAYS[way]
    name, found = read(write("repository.record:7", units))
    return name, sorted(map(bare, found))


@pytest.mark.parametrize("way", WAYS)
@given(st.lists(st.tuples(WORDS, WORDS, LANGUAGES), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_what_goes_out_comes_back(way, texts):
    units = [
        Unit(
            f"q.k{place}.text",
            language,
            text,
            REVIEWED if place % 2 else DRAFT,
            f"m{place}",
            source,
            "en",
            "Title",
            300,
        )
        for place, (text, source, language) in enumerate(texts)
    ]

    assert there_and_back(way, units) == ("repository.record:7", sorted(map(bare, units)))


@pytest.mark.parametrize("way", ["csv", "xlsx"])
@pytest.mark.parametrize("text", ["=HYPERLINK()", "+1", "-1", "@SUM", "\tx"])
def test_no_cell_begins_as_a_formula(way, text):
    content = WAYS[way][0]("x:1", [Unit("title", "de", text, source=text)])

    if way == "csv":
        cells = next(iter(tables.read_csv(content.decode("utf-8-sig"))[1:]))
    else:
        cells = [cell.value for cell in list(load_workbook(io.BytesIO(content)).active.rows)[1]]
    assert [cell for cell in cells if cell and str(cell).startswith(("=", "+", "-", "@", "\t"))] == []
    assert f"'{text}" in cells


def test_xliff_names_languages_place_limit_and_state():
    unit = Unit("title", "sr", "Naslov", REVIEWED, "a-b", "Title", "en", "Title of it", 300)

    text = xliff.written("repository.record:7", [unit]).decode()

    for part in (
        'source-language="en"',
        'target-language="sr-Latn"',
        'maxwidth="300"',
        'size-unit="char"',
        '<target state="final">Naslov</target>',
        "<note>Title of it</note>",
    ):
        assert part in text


TWO = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de-DE">
<file id="f1" original="repository.record:7">
<unit id="u1" name="title"><notes><note category="x-mark">a-b</note></notes>
<segment state="final"><source>Vouchers.</source><target>Gutscheine.</target></segment>
<ignorable><source> </source></ignorable>
<segment state="final"><source>They work.</source><target>Sie <mrk id="m">wirken</mrk>.</target></segment></unit>
<unit id="summary"><segment><source>One</source></segment></unit>
</file></xliff>"""


def test_xliff_2_is_read_with_its_segments():
    name, found = xliff.read(TWO.encode())

    assert name == "repository.record:7"
    assert [bare(unit) for unit in found] == [
        ("title", "de", "Gutscheine. Sie wirken.", REVIEWED, "a-b"),
        ("summary", "de", "", DRAFT, ""),
    ]


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file><body>&b;</body></file></xliff>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file><body>&a;</body></file></xliff>"""


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, "<xliff", "", "<a/>", TWO.replace("de-DE", "tlh")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_hostile_and_broken_xml_is_refused(content, encoding):
    text = content.replace('encoding="UTF-8"', "")

    with pytest.raises(ValidationError):
        xliff.read(text.encode(encoding))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"key,language\ntitle,de\n", "These columns are lacking: translation."),
        (b"", "These columns are lacking: key, language, translation."),
        (b"key,language,translation\ntitle,tlh,x\n", "“tlh” is none of the languages here."),
        (b"\xff\xfe\x00", "This file cannot be read as a table. Save it as CSV (UTF-8) or XLSX."),
        (
            b"of,key,language,translation\na,t,de,x\nb,t,de,x",
            "This file holds texts of several things; bring one at a time.",
        ),
    ],
)
def test_broken_tables_are_refused_in_words(content, told):
    with pytest.raises(ValidationError) as refused:
        tables.read(content, "csv")

    assert refused.value.messages == [told]


def with_sheet(sheet: str) -> bytes:
    """An XLSX file whose only sheet is replaced by another one."""
    made = io.BytesIO(tables.as_xlsx("x:1", [Unit("title", "de", "x")]))
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            target.writestr(part.filename, sheet if is_sheet else source.read(part))
    return changed.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def test_a_sheet_with_a_line_far_below_is_refused_at_once():
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    content = with_sheet(SHEET.format(f'<dimension ref="A1:XFD1048576"/>{rows}'))

    with pytest.raises(ValidationError, match="At most 20000 lines"):
        tables.read(content, "xlsx")


def test_a_sheet_that_claims_a_million_lines_is_read_as_far_as_it_goes():
    content = with_sheet(SHEET.format('<dimension ref="A1:XFD1048576"/><sheetData></sheetData>'))

    with pytest.raises(ValidationError, match="These columns are lacking"):
        tables.read(content, "xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", with_sheet("<broken"), with_sheet(BOMB)])
def test_what_is_no_sheet_is_refused(content):
    with pytest.raises(ValidationError):
        tables.read(content, "xlsx")


def test_texts_longer_than_a_cell_stay_out_of_spreadsheets():
    long = Unit("description", "de", "", source="x" * 40_000)

    _name, found = tables.read(tables.as_xlsx("x:1", [long, Unit("title", "de", "y")]), "xlsx")

    assert [unit.key for unit in found] == ["title"]
