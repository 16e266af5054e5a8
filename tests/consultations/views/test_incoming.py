"""Questionnaires and answers brought as files: looked at, taken over, given up."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from consultations import services
from consultations.models import Consultation, Incoming, Response
from consultations.services import imports
from platform_core.identity.audit.models import Event
from tests.consultations.imports.workbooks import workbook
from tests.consultations.views.pages import texts
from tests.consultations.views.test_desk import expected, statuses
from tests.factories.consultations import consultation
from tests.people import browser_of

NEW = "/en/desk/consultations/incoming/new/"
DESK = "/en/desk/consultations/finance/"
FORM = workbook(
    ["text", "why", "Why?", "Γιατί;"], ["geopoint", "place", "Where?"], settings=[["form_title"], ["A new form"]]
)


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    "address", [NEW, f"{DESK}import/questions/", f"{DESK}import/answers/", f"{DESK}questions.json"]
)
def test_who_may_bring_files(people, address):
    consultation()

    assert statuses(people, address) == expected(lena=200, wanda=200)


def test_a_questionnaire_is_looked_at_and_taken_over(people):
    browser = browser_of(people.wanda)
    address = browser.post(NEW, {"topic": 4, "file": upload(FORM, "form.xlsx")}).url
    page = browser.get(address)

    assert texts(page, "//main//ol/li[small]") == ["Why? why · text"]
    assert texts(page, "//main//table//tbody//td|//main//table//tbody//th") == [
        "row 3, place",
        "geopoint place",
        "there is no such type of question",
        "choices",
        "yn",
        "no question asks for it",
    ]
    assert Consultation.objects.count() == 0

    assert browser.post(f"{address}take/").url == "/en/desk/consultations/a-new-form/"
    made = Consultation.objects.get()
    assert (made.state, made.topic_id, made.title.stored()) == ("draft", 4, {"en": "A new form"})
    assert Incoming.objects.count() == 0
    assert Event.objects.filter(verb="consultations.questions_imported").count() == 1


def test_a_questionnaire_becomes_the_next_version(people):
    found = consultation()
    browser = browser_of(people.wanda)
    address = browser.post(f"{DESK}import/questions/", {"file": upload(FORM, "form.xlsx")}).url
    browser.post(f"{address}take/")

    assert [(version.number, version.published_at is None) for version in found.versions.all()] == [
        (1, False),
        (2, True),
    ]


def test_a_leader_brings_files_for_her_own_group_only(people):
    response = browser_of(people.wanda).post(NEW, {"topic": 1, "file": upload(FORM, "form.xlsx")})

    assert (response.status_code, Incoming.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"x"), ("a.xlsx", b"x"), ("a.json", b"{}"), ("a.lss", b"<"), ("a.json", b" " * (10 * 2**20 + 1))],
)
def test_what_cannot_be_read_is_told_at_the_field(people, name, content):
    response = browser_of(people.wanda).post(NEW, {"topic": 4, "file": upload(content, name)})

    assert (response.status_code, Incoming.objects.count()) == (422, 0)
    assert len(texts(response, "//div[@class='msg']/p")) == 1


def test_a_file_is_seen_by_who_brought_it_alone_and_can_be_given_up(people):
    browser = browser_of(people.wanda)
    address = browser.post(NEW, {"topic": 4, "file": upload(FORM, "form.xlsx")}).url

    assert statuses(people, address) == expected(404, wanda=200)
    browser.post(f"{address}give-up/")
    assert (Incoming.objects.count(), Consultation.objects.count()) == (0, 0)


def test_answers_are_checked_and_taken_over_as_imported(people):
    found = consultation()
    browser = browser_of(people.wanda)
    content = b"audience,country,wish\npolicy,AT,Less paper\nprivate,EL,\n"
    address = browser.post(f"{DESK}import/answers/", {"file": upload(content, "paper.csv")}).url

    assert (browser.get(address).status_code, Response.objects.count()) == (200, 0)
    browser.post(f"{address}take/")

    rows = Response.objects.filter(channel="imported").values_list("audience", "answers", "language")
    assert sorted(rows, key=str) == [
        ("policy", {"audience": "policy", "country": "AT", "wish": "Less paper"}, "en"),
        ("private", {"audience": "private", "country": "EL"}, "en"),
    ]
    assert found.versions.get().responses.count() == 2


def test_answers_that_do_not_fit_are_not_taken_over(people):
    consultation()
    browser = browser_of(people.wanda)
    address = browser.post(f"{DESK}import/answers/", {"file": upload(b"audience\npolicy\nnobody\n", "a.csv")}).url

    assert texts(browser.get(address), "//main//table//tbody//td|//main//table//tbody//th") == [
        "3",
        "audience",
        "“nobody” does not fit.",
    ]
    assert texts(browser.get(address), "//main//form//button")[0] == "Delete the file"
    assert (browser.post(f"{address}take/").url, Response.objects.count()) == (address, 0)


def test_a_consultation_whose_results_are_published_takes_no_answers(people):
    found = consultation()
    services.close(found)
    Consultation.objects.update(state="published")

    assert browser_of(people.wanda).get(f"{DESK}exchange/").status_code == 200
    with pytest.raises(PermissionDenied):
        imports.bring_answers(upload(b"", "a.csv"), Consultation.objects.get(), by=people.wanda)
