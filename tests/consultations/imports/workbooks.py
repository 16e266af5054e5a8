"""XLSForms made for a test."""

import io
import zipfile

from openpyxl import Workbook

from consultations.imports import Draft, read_questionnaire

HEAD = [
    "type",
    "name",
    "label::English (en)",
    "label::Ελληνικά (el)",
    "relevant",
    "constraint",
    "required",
    "appearance",
]
CHOICES = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]


def workbook(*survey: list, choices=CHOICES, settings=(), head=HEAD) -> bytes:
    book = Workbook()
    for name, rows in (("survey", [head, *survey]), ("choices", choices), ("settings", settings)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(*survey: list, **more) -> Draft:
    return read_questionnaire(workbook(*survey, **more), "form.xlsx")


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same archive with one part in place of another."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, part if info.filename == name else old.read(info))
    return made.getvalue()
