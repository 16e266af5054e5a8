"""What a respondent does with a contribution beside writing it: files, sign-off, publication, change, taking it home."""

import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consultations import services
from consultations.models import AnswerDraft, Consultation, FileAnswer, FormerAnswers, Response
from consultations.structure import canonical_json
from platform_core.materials.jobs.models import Job
from tests.factories.consultations import STRUCTURE, consultation

from .pages import ABOUT, Respondent, parsed, texts

pytestmark = pytest.mark.django_db
ASKING = {
    "sections": [
        *STRUCTURE["sections"],
        {
            "code": "papers",
            "title": {"en": "Papers"},
            "questions": [{"code": "paper", "type": "file", "text": {"en": "A paper"}, "accept": ["pdf", "txt"]}],
        },
    ]
}


def arrived(**fields) -> Respondent:
    """Somebody who has filled in everything and stands before sending."""
    consultation(**fields)
    respondent = Respondent()
    respondent.press(**ABOUT)
    respondent.press(sources=["fees"])
    return respondent


def sent(respondent: Respondent, **typed):
    return respondent.browser.post(respondent.links + "review/", typed)


def errors(response) -> list[str]:
    return texts(response, "//*[contains(@class, 'msg')][not(@hidden)]")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"publication": "named", "name": "Holzkreis"}, ("named", "Holzkreis")),
        ({"publication": "anonymous", "name": "Holzkreis"}, ("anonymous", "")),
        ({"publication": "never"}, ("never", "")),
    ],
)
def test_a_respondent_says_how_the_contribution_may_be_published(typed, kept):
    sent(arrived(asks_publication=True), **typed)

    response = Response.objects.get()
    assert ((response.publication, response.name), response.notice) == (kept, "1")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, ["This field is required."]),
        ({"publication": "named"}, ["Please write the name, or choose another way."]),
    ],
)
def test_without_a_choice_nothing_is_sent(typed, told):
    response = sent(arrived(asks_publication=True), **typed)

    assert (response.status_code, errors(response), Response.objects.count()) == (400, told, 0)


def test_a_consultation_that_does_not_ask_keeps_no_name():
    sent(arrived(), publication="named", name="Holzkreis")

    response = Response.objects.get()
    assert (response.publication, response.name, response.notice) == ("", "", "1")


def test_sent_answers_are_changed_and_the_former_ones_kept():
    first = sent(arrived(may_change=True)).url
    browser = Client()

    address = browser.post(f"{first}change/").url
    browser.post(address, {"audience": "policy", "country": "EL", "next": "1"})
    secret = address.split("/answers/")[1].split("/")[0]
    second = browser.post(f"/en/consultations/finance/answers/{secret}/review/").url

    response, former = Response.objects.get(), FormerAnswers.objects.get()
    assert (response.answers["country"], response.revision) == ("EL", 2)
    assert (former.answers["country"], former.revision) == ("AT", 1)
    assert (second, AnswerDraft.objects.count()) == (first, 0)


def test_former_answers_keep_the_version_they_were_given_to():
    first = sent(arrived(may_change=True)).url
    found = Consultation.objects.get()
    given = found.versions.get()
    services.add_version(found, {"sections": STRUCTURE["sections"][:1]})
    found.versions.update(published_at=found.opens_at)

    address = Client().post(f"{first}change/").url
    Client().post(address, {"audience": "policy", "country": "EL", "next": "1"})
    Client().post(f"{address[: address.rindex('/', 0, -1)]}/review/")

    newest = found.versions.last()
    assert (FormerAnswers.objects.get().questionnaire, Response.objects.get().questionnaire) == (given, newest)


@pytest.mark.parametrize(("may_change", "state"), [(True, "closed"), (False, "open")])
def test_answers_are_changed_only_where_and_while_that_is_allowed(may_change, state):
    first = sent(arrived(may_change=may_change)).url
    Consultation.objects.update(state=state)

    response = Client().post(f"{first}change/")

    assert (response.url, AnswerDraft.objects.count()) == (first, 0)


def second_link(respondent: Respondent) -> str:
    page = respondent.browser.post(respondent.links + "sign-off/")
    (address,) = texts(page, "//*[@data-copy]//textarea")
    return address.removeprefix("http://testserver")


def test_only_the_responsible_person_sends_what_is_to_be_signed_off():
    respondent = arrived(offers_sign_off=True)
    responsible = second_link(respondent)

    refused = respondent.browser.post(respondent.links + "review/")
    assert (refused.status_code, Response.objects.count()) == (302, 0)

    Client().post(responsible, {"remark": "Which country?"})
    told = texts(respondent.browser.get(respondent.links + "review/"), "//*[contains(@class, 'alert')]//p")
    assert "The responsible person asks for a change: Which country?" in told

    assert Client().post(responsible, {"send": "1"}).status_code == 302
    assert Response.objects.count() == 1
    assert Client().get(responsible).status_code == 410


def test_asking_again_makes_the_former_link_useless():
    respondent = arrived(offers_sign_off=True)
    first, second = second_link(respondent), second_link(respondent)

    assert [Client().get(address).status_code for address in (first, second)] == [410, 200]


def test_the_link_of_the_responsible_person_shows_no_way_to_change():
    respondent = arrived(offers_sign_off=True)

    page = Client().get(second_link(respondent))

    assert texts(page, "//a[contains(@href, '/answers/')]") == []


def test_sign_off_is_not_offered_everywhere():
    respondent = arrived()

    assert respondent.browser.post(respondent.links + "sign-off/").status_code == 404


def test_own_answers_as_json_with_their_fingerprint():
    receipt = sent(arrived()).url

    held = json.loads(Client().get(f"{receipt}answers.json").content)

    text = canonical_json({"questionnaire": held["questionnaire"]["sha256"], "answers": held["answers"]})
    assert held["answers"] == {"audience": "policy", "country": "AT", "sources": ["fees"]}
    assert held["fingerprint"] == hashlib.sha256(text.encode()).hexdigest()


def test_own_answers_as_pdf():
    receipt = sent(arrived()).url

    file = Client().get(f"{receipt}answers.pdf")

    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_link_back_goes_by_mail(mailoutbox):
    respondent = arrived()

    respondent.browser.post(respondent.links + "later/", {"email": "somebody@example.org"})

    (mail,) = mailoutbox
    assert (mail.to, respondent.links in mail.body) == (["somebody@example.org"], True)


def test_a_wrong_address_is_told():
    response = (respondent := arrived()).browser.post(respondent.links + "later/", {"email": "nobody"})

    assert (response.status_code, errors(response)) == (400, ["Enter a valid email address."])


def handing_in(name: str, content: bytes):
    found = consultation(structure=ASKING)
    respondent = Respondent(found.code)
    respondent.press(**ABOUT)
    respondent.press(sources=["fees"])
    return respondent, respondent.press(paper=SimpleUploadedFile(name, content))


def test_a_file_is_handed_in_and_goes_along_with_the_answers():
    respondent, response = handing_in("paper.txt", b"Our position")

    assert response.status_code == 302
    sent(respondent)
    answers, file = Response.objects.get(), FileAnswer.objects.get()
    assert (file.response, file.draft, file.file.sha256) == (answers, None, answers.answers["paper"]["sha256"])
    assert Job.objects.filter(kind__startswith="files").count() == 0


@pytest.mark.parametrize(("name", "content"), [("paper.docx", b"x"), ("paper.pdf", b"no pdf at all")])
def test_a_wrong_file_is_refused_and_the_rest_kept(name, content):
    _respondent, response = handing_in(name, content)

    assert (response.status_code, len(errors(response)), FileAnswer.objects.count()) == (400, 1, 0)
    assert AnswerDraft.objects.get().answers["sources"] == ["fees"]


def test_a_file_can_be_taken_back():
    respondent, _response = handing_in("paper.txt", b"Our position")
    respondent.address = respondent.links + "3/"

    respondent.press("back", paper__remove="1")

    assert (FileAnswer.objects.count(), "paper" in AnswerDraft.objects.get().answers) == (0, False)


def handed_in_and_sent() -> tuple[Client, str]:
    respondent, _response = handing_in("paper.txt", b"Our position")
    return respondent.browser, sent(respondent).url


def test_a_respondent_gets_back_what_she_handed_in():
    browser, receipt = handed_in_and_sent()

    (address,) = parsed(browser.get(receipt)).xpath("//a[contains(@href, '/files/')]/@href")
    file = browser.get(address)

    assert (b"".join(file.streaming_content), file["Content-Disposition"]) == (
        b"Our position",
        'attachment; filename="paper.txt"',
    )
    others = ["wish", "audience", "sources", "nothing"]
    assert [browser.get(address.replace("/paper/", f"/{code}/")).status_code for code in others] == [404] * 4


def test_the_version_of_the_notice_is_kept_and_told_where_nothing_is_asked():
    respondent = arrived()
    receipt = sent(respondent).url

    told = json.loads(respondent.browser.get(f"{receipt}answers.json").content)

    assert (Response.objects.get().notice, told["privacy_notice"], told["publication"]) == ("1", "1", "")
    assert texts(respondent.browser.get(receipt), "//a[contains(@href, 'privacy-notice')]") == [
        "Privacy notice: version 1"
    ]


def test_a_short_text_is_counted_while_it_is_written():
    short = {"code": "name", "type": "text", "max_length": 40, "personal": True, "text": {"en": "Your cluster"}}
    long = {**short, "code": "wish", "type": "long_text"}
    consultation(structure={"sections": [{"code": "one", "title": {"en": "One"}, "questions": [short, long]}]})

    page = Respondent().look()

    assert parsed(page).xpath("//*[@data-limit]/@name") == ["name", "wish"]
    told = "At most 40 characters. Please write no names or other personal data."
    assert texts(page, "//p[span[@data-count]]") == [told, told]
