"""Depositing, publishing and withdrawing through the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import html

from platform_core.ground.texts.text import Text
from platform_core.materials.files.models import StoredFile
from platform_core.programme.search.models import SearchPage
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

from .filing import pdf

pytestmark = pytest.mark.django_db

DEPOSIT = "/en/repository/deposit/report/"
HOSTILE = '"><script>alert(1)</script>'
GOOD = {
    "language": "el",
    "title": "Κουπόνια καινοτομίας",
    "summary": "Τι μάθαμε.",
    "description": "## Κόστος",
    "topics": ["4", "1"],
    "countries": ["EL"],
    "cycle_stage": ["implementation"],
    "level": ["regional"],
    "year": "2024",
    "creators": "Περιφέρεια Ηπείρου\r\n\r\n Γραφείο Ε&Α ",
    "licence": "CC-BY-4.0",
}


def test_deposit_with_a_pdf_is_published_and_found_by_page(people):
    browser = browser_of(people.lena)

    answer = browser.post(DEPOSIT, {**GOOD, "file": pdf("First.", "The guarantee fund.")})
    assert answer.headers["Location"] == "/en/repository/kouponia-kainotomias/".replace("kou", "koy")
    browser.post(answer.headers["Location"] + "publish/")
    settle()

    (row,) = browser.get("/en/repository/?q=guarantee").context["rows"]
    assert row.address == answer.headers["Location"]
    assert SearchPage.objects.get(text__contains="guarantee").number == 2


def test_deposit_keeps_what_was_typed(people):
    browser_of(people.marko).post(DEPOSIT, GOOD)

    made = Record.objects.get()
    assert made.title == Text({"el": "Κουπόνια καινοτομίας"}, source="el")
    assert (made.kind, made.year, made.languages, made.licence) == ("report", 2024, ["el"], "CC-BY-4.0")
    assert made.creators == ["Περιφέρεια Ηπείρου", "Γραφείο Ε&Α"]
    assert sorted(made.terms.values_list("code", flat=True)) == ["implementation", "regional"]
    assert (made.state, made.deposited_by) == ("draft", people.marko)


def wrong(**fields):
    return {**GOOD, **fields}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (wrong(title=""), "title"),
        (wrong(title="   "), "title"),
        (wrong(title="x" * 301), "title"),
        (wrong(title="a\0b"), "title"),
        (wrong(summary="x" * 1201), "summary"),
        (wrong(description="x" * 40001), "description"),
        (wrong(year="9999"), "year"),
        (wrong(year="1979"), "year"),
        (wrong(year="soon"), "year"),
        (wrong(topics=["99"]), "topics"),
        (wrong(topics=[]), "topics"),
        (wrong(countries=["GR"]), "countries"),
        (wrong(level=["galactic"]), "level"),
        (wrong(language="fr"), "language"),
        (wrong(licence="mine"), "licence"),
        (wrong(creators=""), "creators"),
        (wrong(file=SimpleUploadedFile("evil.exe", b"MZ")), "file"),
        (wrong(file=SimpleUploadedFile("report.pdf", b"MZ not a pdf")), "file"),
        (wrong(file=SimpleUploadedFile("report.docx", b"PK not a zip")), "file"),
        (wrong(file=SimpleUploadedFile("empty.pdf", b"")), "file"),
    ],
)
def test_bad_input_names_its_field_and_keeps_nothing(people, data, field):
    answer = browser_of(people.marko).post(DEPOSIT, data)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert (Record.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_bad_input_leaves_what_was_typed_in_the_form(people):
    answer = browser_of(people.marko).post(DEPOSIT, wrong(year="9999", summary=HOSTILE))

    page = html.fromstring(answer.content.decode())
    assert page.xpath("//input[@name='title']/@value") == [GOOD["title"]]
    assert page.xpath("//textarea[@name='summary']")[0].text.strip() == HOSTILE
    assert page.xpath("//input[@name='year']/@value") == ["9999"]
    assert sorted(page.xpath("//input[@name='topics'][@checked]/@value")) == ["1", "4"]
    assert page.xpath("//select[@name='language']/option[@selected]/@value") == ["el"]


def test_file_over_the_limit_is_refused(people, settings):
    settings.FILE_SIZE_LIMIT = 1000
    file = SimpleUploadedFile("big.txt", b"x" * 1001)

    answer = browser_of(people.marko).post(DEPOSIT, wrong(file=file))

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["file"])
    assert Record.objects.count() == 0


def test_hostile_fields_are_only_texts_on_the_page(people):
    browser = browser_of(people.marko)
    hostile = dict.fromkeys(("title", "summary", "description", "creators"), HOSTILE)
    file = SimpleUploadedFile("<b>&\"'.txt", b"words")

    answer = browser.post(DEPOSIT, {**GOOD, **hostile, "file": file}, follow=True)

    page = html.fromstring(answer.content.decode())
    assert page.xpath("//h1")[0].text_content() == HOSTILE
    assert page.xpath("//script[contains(., 'alert')] | //*[@class='files']//b") == []
    assert HOSTILE not in answer.content.decode()


def test_control_characters_do_not_break_the_feeds(people):
    browser = browser_of(people.lena)
    browser.post(DEPOSIT, wrong(title="Vou\x0bchers\x1f", creators="Of\x0cfice", language="en"))
    browser.post("/en/repository/vouchers/publish/")
    settle()

    answers = [
        browser.get(address) for address in ("/feeds/records.atom", "/oai?verb=ListRecords&metadataPrefix=oai_dc")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [b"<title>Vouchers</title>" in answers[0].content, b">Vouchers<" in answers[1].content] == [True, True]


def test_a_second_post_is_asked_whether_it_is_another_one(people):
    """A double click makes one draft; who insists gets a second one, and the file's bytes are kept once."""
    browser = browser_of(people.marko)
    data = [wrong(title="Vouchers", file=SimpleUploadedFile("notes.txt", b"The same.")) for _ in range(3)]

    answers = [browser.post(DEPOSIT, data[0]), browser.post(DEPOSIT, data[1])]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert [twin.code for twin in answers[1].context["twins"]] == ["vouchers"]

    browser.post(DEPOSIT, data[2] | {"in_spite": "1"})
    assert sorted(Record.objects.values_list("code", flat=True)) == ["vouchers", "vouchers-2"]
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [("lena", 200), ("wanda", 200), ("marko", 200), ("ana", 200), ("petra", 403), ("carl", 403), ("guest", 302)],
)
def test_who_is_shown_the_form(people, name, expected):
    browser = browser_of(people.named(name))

    assert [browser.get(address).status_code for address in (DEPOSIT, "/en/repository/drafts/")] == [expected] * 2
    assert browser.post(DEPOSIT, wrong(title="")).status_code == (400 if expected == 200 else expected)
    assert Record.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "el", "sr-latn"])
def test_form_begins_in_the_language_of_the_reader(people, language):
    form = browser_of(people.marko).get(f"/{language}/repository/deposit/report/").context["form"]

    assert form["language"].value() == language.split("-")[0]
    assert form["year"].value() == timezone.localdate().year


@pytest.mark.parametrize(
    ("name", "expected"),
    [("lena", 302), ("wanda", 302), ("marko", 403), ("ana", 404), ("petra", 404), ("carl", 404), ("guest", 302)],
)
def test_publishing_a_draft_by_post(people, name, expected):
    made = record("Vouchers", publish=False, by=people.marko)

    answer = browser_of(people.named(name)).post("/en/repository/vouchers/publish/")

    made.refresh_from_db()
    assert answer.status_code == expected
    assert made.state == ("published" if name in {"lena", "wanda"} else "draft")


def test_publishing_by_get_does_nothing(people):
    made = record("Vouchers", publish=False)

    answer = browser_of(people.lena).get("/en/repository/vouchers/publish/")

    made.refresh_from_db()
    assert (answer.status_code, made.state) == (405, "draft")


def test_publishing_needs_a_token(people):
    made = record("Vouchers", publish=False)
    browser = browser_of(people.lena)
    browser.handler.enforce_csrf_checks = True

    answer = browser.post("/en/repository/vouchers/publish/")

    made.refresh_from_db()
    assert (answer.status_code, made.state) == (403, "draft")


def test_publishing_twice_is_refused(people):
    record("Vouchers")

    assert browser_of(people.lena).post("/en/repository/vouchers/publish/").status_code == 403


@pytest.mark.parametrize(
    ("name", "expected"), [("lena", [400, 302]), ("wanda", [403, 403]), ("carl", [403, 403]), ("guest", [302, 302])]
)
def test_withdrawing_wants_a_reason(people, name, expected):
    made = record("Vouchers")
    browser, address = browser_of(people.named(name)), "/en/repository/vouchers/withdraw/"

    answers = [browser.post(address, {"why": why}).status_code for why in ("", "Wrong file")]

    made.refresh_from_db()
    assert answers == expected
    assert made.state == ("withdrawn" if name == "lena" else "published")


@pytest.mark.parametrize(("name", "expected"), [("lena", 200), ("wanda", 403), ("carl", 403), ("guest", 302)])
def test_form_to_withdraw_is_for_those_who_may(people, name, expected):
    record("Vouchers")

    assert browser_of(people.named(name)).get("/en/repository/vouchers/withdraw/").status_code == expected
