"""Tables of tasks: taken along, brought back, checked line by line, hostile ones included."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from tests.factories.tasks import task
from tests.people import browser_of
from workinggroups.models import Task

pytestmark = pytest.mark.django_db

LIST = "/en/groups/4/tasks/"


def bring(person, content: bytes, name: str = "tasks.csv"):
    return browser_of(person).post(f"{LIST}bring/", {"file": SimpleUploadedFile(name, content)})


def lines_of(answer) -> str:
    return answer.context["take"]["lines"].value()


def xlsx(*rows) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_table_is_checked_and_then_taken_in_once(people):
    first = task(people.wanda, "First")
    table = f"title;owner;due_on;waits_for\nWrite;wanda@example.org;2030-05-01;{first.pk}\nRead;;;\n"
    checked = bring(people.wanda, table.encode())
    before = Task.objects.count()

    for _time in range(2):
        browser_of(people.wanda).post(f"{LIST}bring/take/", {"lines": lines_of(checked)})

    rows = Task.objects.exclude(pk=first.pk).order_by("pk").values_list("title", "owner", "waits_for")
    assert (checked.status_code, before) == (200, 1)
    assert list(rows) == [("Write", people.wanda.pk, first.pk), ("Read", None, None)]


def test_every_problem_names_its_line_and_column(people):
    table = (
        "title,kind,state,owner,organisation,begins_on,due_on,output,period,waits_for\n"
        ",,,,,,,,,\n"
        ",party,over,marko@example.org,nowhere,soon,,O9,0,77\n"
        "Write,,,,,2030-05-02,2030-05-01,,,\n"
    )

    answer = bring(people.wanda, table.encode())

    places = [(line, column) for line, column, _words in answer.context["problems"]]
    names = ("title", "kind", "state", "owner", "organisation", "begins_on", "output", "period", "waits_for")
    assert places == [*((3, name) for name in names), (4, "due_on")]
    assert (answer.status_code, Task.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "tasks.csv"),
        (b"\xff\xfe\x00title", "tasks.csv"),
        (b"PK\x03\x04 no archive", "tasks.xlsx"),
        (b"name\nWrite\n", "tasks.csv"),
        (b"title\n\n", "tasks.csv"),
        (b"title\nWrite\n", "tasks.exe"),
        (b"title\n" + b"Write\n" * 501, "tasks.csv"),
    ],
)
def test_what_is_no_table_of_tasks_is_refused(people, content, name):
    answer = bring(people.wanda, content, name)

    assert (answer.status_code, list(answer.context["form"].errors), Task.objects.count()) == (422, ["file"], 0)


def test_an_archive_that_unpacks_to_too_much_is_refused(people):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)

    answer = bring(people.wanda, file.getvalue(), "tasks.xlsx")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_formulas_are_text_when_brought_and_when_taken_along(people):
    checked = bring(people.wanda, xlsx(["title", "text"], ["'=1+1", "@SUM(A1)"]), "tasks.xlsx")
    browser = browser_of(people.wanda)
    browser.post(f"{LIST}bring/take/", {"lines": lines_of(checked)})

    told = b"".join(browser.get(f"{LIST}?csv")).decode()
    sheet = load_workbook(io.BytesIO(b"".join(browser.get(f"{LIST}?xlsx")))).active

    assert list(Task.objects.values_list("title", "text")) == [("=1+1", "@SUM(A1)")]
    assert ",'=1+1,task,open," in told
    assert [sheet["B2"].value, sheet["B2"].data_type] == ["=1+1", "s"]


def test_what_was_taken_along_and_comes_back_is_known(people):
    task(people.wanda, "Write", owner=people.wanda)
    told = b"".join(browser_of(people.wanda).get(f"{LIST}?csv"))

    answer = bring(people.wanda, told)

    assert (answer.status_code, answer.context["found"].known, answer.context["found"].lines) == (200, 1, [])


def test_checked_lines_are_for_who_checked_them_and_not_to_be_changed(people):
    lines = lines_of(bring(people.wanda, b"title\nWrite\n"))

    for person, sent in ((people.lena, lines), (people.wanda, lines[:-2]), (people.wanda, "")):
        browser_of(person).post(f"{LIST}bring/take/", {"lines": sent})

    assert Task.objects.count() == 0


def test_the_empty_table_names_its_columns(people):
    answer = browser_of(people.wanda).get(f"{LIST}bring/template/")

    book = load_workbook(io.BytesIO(b"".join(answer)))
    head = [cell.value for cell in book["tasks"][1]]
    assert head == [row[0].value for row in book["columns"].iter_rows(min_row=2)]
