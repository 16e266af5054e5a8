from io import BytesIO

import pytest
from django.test import RequestFactory
from openpyxl import load_workbook

from platform_core.ground.reports.tables import asked, csv_response, xlsx_response

HEAD = ["Name", "Number"]
ROWS = [["=1+1", 3], ["Καβάλα", 2.5], ["https://example.org", None]]


def test_a_sheet_holds_words_as_words_and_numbers_as_numbers():
    sheet = load_workbook(BytesIO(xlsx_response("table", HEAD, ROWS).getvalue())).active

    rows = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        [("Name", "s"), ("Number", "s")],
        [("=1+1", "s"), (3, "n")],
        [("Καβάλα", "s"), (2.5, "n")],
        [("https://example.org", "s"), (None, "n")],
    ]


def test_a_text_file_guards_against_formulas():
    lines = csv_response("table", HEAD, ROWS).getvalue().decode("utf-8-sig").splitlines()

    assert lines == ["Name,Number", "'=1+1,3", "Καβάλα,2.5", "https://example.org,"]


@pytest.mark.parametrize(
    ("query", "respond"), [("", None), ("csv", csv_response), ("topic=3&xlsx", xlsx_response), ("pdf", None)]
)
def test_a_query_asks_for_a_kind_of_table_by_its_name(query, respond):
    assert asked(RequestFactory().get(f"/?{query}")) is respond
