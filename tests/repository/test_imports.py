"""Tables of records: checked first, filed all or not at all, and the same as if each had been deposited by hand."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from platform_core.identity.access.models import Audience
from platform_core.identity.audit.models import Event
from platform_core.materials.jobs.models import Job
from repository import services
from repository.imports import tables
from repository.imports.columns import columns
from repository.imports.rows import Known, Row
from repository.models import Import, Record
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db

GOOD = {
    "kind": "good_practice",
    "language": "en",
    "title": "Vouchers",
    "summary": "What came of it.",
    "topics": "1; 4",
    "keywords": "venture capital",
    "countries": "EL",
    "regions": "EL30",
    "begins": "2020-01-01",
    "level": "regional;national",
    "creators": "An office; Maria Petrou | https://orcid.org/0000-0001-2345-6789",
    "year": "2024",
    "problem": "p",
    "solution": "s",
    "institution": "i",
    "resources": "r",
    "evidence": "e",
    "transfer": "t",
    "cost_band": "10k_50k",
    "precondition": "public_budget;skilled_staff",
    "for_members": "no",
    "files_for": "members",
    "files_from": "2030-01-01",
}


def as_csv(*rows: dict, mark: str = ",") -> SimpleUploadedFile:
    head = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, head, delimiter=mark)
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("records.csv", text.getvalue().encode())


def as_xlsx(*rows: dict) -> SimpleUploadedFile:
    book, file = Workbook(), io.BytesIO()
    head = list(dict.fromkeys(name for row in rows for name in row))
    book.active.append(head)
    for row in rows:
        book.active.append([row.get(name) for name in head])
    book.save(file)
    return SimpleUploadedFile("records.xlsx", file.getvalue())


def brought(person, file) -> Import:
    tables.bring(file, by=person)
    settle()
    return Import.objects.latest("pk")


def problems(**wrong) -> list[tuple[str, str]]:
    return [(one.column, str(one.words)) for one in Row(GOOD | wrong, Known()).problems]


@pytest.mark.parametrize(
    "file", [as_csv, as_xlsx, lambda *rows: as_csv(*rows, mark=";")], ids=["csv", "xlsx", "semicolons"]
)
def test_a_good_table_becomes_drafts(people, file):
    found = brought(people.marko, file(GOOD, GOOD | {"title": "Line\nbreak", "summary": 'With "quotes", commas; more'}))
    assert (found.state, found.rows, found.problems) == ("checked", 2, [])

    tables.start_filing(found, by=people.marko)
    settle()

    assert Import.objects.get().state == "filed"
    assert sorted(Record.objects.values_list("code", "state")) == [("line-break", "draft"), ("vouchers", "draft")]


def test_a_filed_draft_is_the_same_as_a_deposited_one(people):
    known = Known(people.marko)
    fields = Row(GOOD, known).fields
    by_hand = services.deposit(by=people.marko, **Row(GOOD, known).fields)
    found = brought(people.marko, as_csv(GOOD))
    tables.start_filing(found, by=people.marko)
    settle()
    filed = Record.objects.exclude(pk=by_hand.pk).get()

    def told(record: Record) -> dict:
        links = {name: sorted(map(str, getattr(record, name).values_list("pk", flat=True))) for name in services.LINKS}
        plain = {name: getattr(record, name) for name in fields if name not in services.LINKS}
        keys = sorted(
            Audience.objects.filter(thing="repository.record", object_id=record.pk).values_list("key", flat=True)
        )
        events = list(Event.objects.filter(thing="repository.record", thing_id=record.pk).values_list("verb", "actor"))
        return {**links, **plain, "keys": keys, "events": events, "by": record.deposited_by_id, "state": record.state}

    assert told(filed) == told(by_hand)
    assert (by_hand.code, filed.code) == ("vouchers", "vouchers-2")


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({}, []),
        ({"title": ""}, [("title", "This is needed.")]),
        ({"title": "x" * 301}, [("title", "At most 300 characters; these are 301.")]),
        ({"kind": "magic"}, [("kind", "“magic” is not known.")]),
        ({"language": "xx"}, [("language", "“xx” is not known.")]),
        ({"topics": "4;9"}, [("topics", "“9” is not known.")]),
        ({"organisation": "org-ana"}, [("organisation", "“org-ana” is not known.")]),
        ({"languages": "en;xx"}, [("languages", "“xx” is not known.")]),
        ({"countries": "AT"}, [("regions", "This region is in another country.")]),
        ({"regions": "EL99"}, [("regions", "“EL99” is not known.")]),
        ({"begins": "31.5.2024"}, [("begins", "“31.5.2024” is no day such as 2024-05-31.")]),
        ({"ends": "2019-01-01"}, [("ends", "The end is before the beginning.")]),
        ({"year": "99"}, [("year", "A year from 1980 to 2027.")]),
        ({"year": "nan"}, [("year", "A year from 1980 to 2027.")]),
        ({"year": "1e999"}, [("year", "A year from 1980 to 2027.")]),
        ({"keywords": "qqqq"}, [("keywords", "“qqqq” is no keyword.")]),
        ({"creators": "X | http://evil"}, [("creators", "“http://evil” is no ORCID or ROR address.")]),
        ({"for_members": "perhaps"}, [("for_members", "yes or no")]),
        ({"files_for": "nobody"}, [("files_for", "“nobody” is not known.")]),
        ({"files_from": "soon"}, [("files_from", "“soon” is no day such as 2024-05-31.")]),
        ({"files_for": "", "files_from": ""}, []),
        ({"creators": "Ana | person; Office | organisation"}, []),
        (
            {"creators": "Office | organisation | https://orcid.org/0000-0001-2345-6789"},
            [("creators", "“Office”: an ORCID is of a person, a ROR address of an organisation.")],
        ),
        ({"cost_band": "lots"}, [("cost_band", "“lots” is not known.")]),
        ({"problem": ""}, [("problem", "This is needed.")]),
        ({"position": "x"}, [("position", "This kind does not ask for it.")]),
        ({"colour": "red"}, [("colour", "There is no such column.")]),
        ({"level": "regional;moon"}, [("level", "“moon” is not known.")]),
        ({"topics": 4.0, "year": 2024.0}, []),
    ],
)
def test_what_is_wrong_is_told_by_column(db, wrong, expected):
    assert [(column, words.replace("2028", "2027")) for column, words in problems(**wrong)] == expected


def test_one_wrong_row_files_nothing(people):
    found = brought(people.marko, as_csv(GOOD, GOOD | {"title": "Two", "year": "x"}))

    assert found.problems == [[3, "year", found.problems[0][2]]]
    assert browser_of(people.marko).post(f"{found.get_absolute_url()}file/", follow=True).status_code == 200
    settle()
    assert Record.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("t.csv", b"title\nx\n", "These columns are lacking: kind, language, summary, topics, year, creators."),
        ("t.csv", b"", "These columns are lacking"),
        ("t.csv", ("\ufeff" + ",".join(columns()) + "\n").encode(), "There are no records in this table."),
        ("t.csv", b"\xff\xfe\x00", "This file cannot be read as a table"),
        ("t.xlsx", b"PK\x03\x04nonsense", "This file cannot be read as a table"),
    ],
)
def test_broken_tables_say_why(people, name, content, expected):
    found = brought(people.marko, SimpleUploadedFile(name, content or b"\n"))

    assert (found.state, found.problems[0][:2], found.problems[0][2].startswith(expected)) == ("checked", [0, ""], True)


def test_the_template_is_a_table_that_fits(people):
    answer = browser_of(people.marko).get("/en/repository/deposit/tables/template.xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))

    assert book.sheetnames == ["records", "columns", "codes"]
    assert [cell.value for cell in book["records"][1]] == columns()
    assert {row[0].value for row in book["columns"].iter_rows(min_row=2)} == set(columns())
    assert ("kind", "lesson", "Lesson learned") in [
        tuple(cell.value for cell in row) for row in book["codes"].iter_rows()
    ]


def test_twins_are_named_and_do_not_stop(people):
    services.publish(services.deposit(**Row(GOOD, Known()).fields))

    found = brought(people.marko, as_csv(GOOD, GOOD | {"summary": "Another"}))

    assert [words for _line, words in found.twins] == [
        "The same title stands in line 2.",
        "Nearly the same title: Vouchers",
    ]
    assert found.problems == []


def test_formulas_stay_text(people):
    found = brought(
        people.marko, as_csv(GOOD | {"title": '=HYPERLINK("http://evil")', "problem": "<script>x</script>"})
    )
    tables.start_filing(found, by=people.marko)
    settle()
    record = Record.objects.get()

    page = browser_of(people.marko).get(record.get_absolute_url()).content

    assert str(record.title) == '=HYPERLINK("http://evil")'
    assert b"<script>x</script>" not in page


def test_an_attempt_that_died_after_filing_files_nothing_twice(people):
    found = brought(people.marko, as_csv(GOOD))
    tables.start_filing(found, by=people.marko)
    settle()
    job = Job.objects.get(kind="repository.file_import")
    Job.objects.filter(pk=job.pk).update(state="waiting", attempt=1)
    settle()

    assert Record.objects.count() == 1


def test_over_http_and_for_oneself(people):
    browser = browser_of(people.marko)
    wrong = browser.post("/en/repository/deposit/tables/", {"file": SimpleUploadedFile("x.txt", b"words")})
    right = browser.post("/en/repository/deposit/tables/", {"file": as_csv(GOOD)})
    settle()
    place = right["Location"]

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert browser.get(place).context["brought"].state == "checked"
    assert {name: browser_of(person).get(place).status_code for name, person in people.each()} == {
        "lena": 404,
        "wanda": 404,
        "marko": 200,
        "ana": 404,
        "petra": 403,
        "carl": 403,
        "guest": 302,
    }
    browser.post(f"{place}file/")
    browser.post(f"{place}file/")
    settle()
    assert (Record.objects.count(), browser.get(place).context["brought"].state) == (1, "filed")


def test_old_tables_are_dropped_with_their_files(people):
    found = brought(people.marko, as_csv(GOOD))
    file = found.file

    assert tables.drop_old(timezone.now() - timedelta(days=30)) == 0
    assert tables.drop_old(timezone.now() + timedelta(days=1)) == 1
    assert (file.storage.exists(file.name), Import.objects.count()) == (False, 0)
