"""What a careful reading found: sent is what was seen, nothing is lost or counted unread, nothing leads back."""

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from consultations import protection, results, selectors, services
from consultations.models import AnswerDraft, Consultation, FileAnswer, InvitationUse, Registration, Response
from consultations.selectors.registration import digest_of
from consultations.structure import canonical_hash
from tests.factories.consultations import STRUCTURE, consultation

from .pages import ABOUT, Respondent, heading, texts

pytestmark = pytest.mark.django_db


def ready(**fields) -> Respondent:
    consultation(**fields)
    respondent = Respondent()
    respondent.press(**ABOUT)
    respondent.press(sources=["fees"])
    return respondent


def signer_of(respondent: Respondent) -> str:
    (address,) = texts(respondent.browser.post(respondent.links + "sign-off/"), "//*[@data-copy]//textarea")
    return address.removeprefix("http://testserver")


def test_who_signs_off_sends_only_what_she_has_seen():
    respondent = ready(offers_sign_off=True)
    responsible = signer_of(respondent)
    seen = canonical_hash(AnswerDraft.objects.get().answers)
    AnswerDraft.objects.update(answers={**ABOUT, "sources": ["eu"]})

    response = Client().post(responsible, {"send": "1", "seen": seen})

    assert (response.status_code, Response.objects.count()) == (409, 0)


def test_who_signs_off_cannot_send_what_became_wrong():
    respondent = ready(offers_sign_off=True)
    responsible = signer_of(respondent)
    AnswerDraft.objects.update(answers={**ABOUT, "share": "abc"})

    response = Client().post(responsible, {"send": "1"})

    assert (response.status_code, Response.objects.count()) == (400, 0)
    assert Client().get(responsible).status_code == 200


def test_what_is_signed_off_is_never_too_fast(settings):
    settings.CONSULTATION_SECONDS_PER_QUESTION = 60
    respondent = ready(offers_sign_off=True)

    Client().post(signer_of(respondent), {"send": "1"})

    assert Response.objects.values_list("state", "reason").get() == ("counted", "")


def test_answers_to_comparable_versions_are_counted_together(people):
    found = consultation()
    one = Response.objects.create(questionnaire=found.versions.get(), answers={}, day="2026-11-22", language="en")
    reworded = {
        **STRUCTURE,
        "sections": [{**STRUCTURE["sections"][0], "title": {"en": "You"}}, STRUCTURE["sections"][1]],
    }
    second = services.add_version(found, reworded)
    services.open_consultation(found)
    two = Response.objects.create(questionnaire=second, answers={}, day="2026-11-22", language="en")
    broken = services.add_version(found, {"sections": STRUCTURE["sections"][:1]})

    assert set(selectors.comparable(found)) == {one, two}

    services.open_consultation(found)
    three = Response.objects.create(questionnaire=broken, answers={}, day="2026-11-22", language="en")
    assert set(selectors.comparable(found)) == {three}


def test_who_answered_before_a_question_was_added_was_not_shown_it(people):
    found = consultation()
    first, longer = found.versions.get(), deepcopy(STRUCTURE)
    longer["sections"][1]["questions"].append({"code": "more", "type": "text", "text": {"en": "More?"}})
    second = services.add_version(found, longer)
    services.open_consultation(found)
    for version in [first] * 5 + [second] * 5:
        Response.objects.create(questionnaire=version, answers={}, day="2026-11-22", language="en")
    rows = list(selectors.comparable(found).values_list(*results.COLUMNS))

    figures = results.report_on(found, selectors.current_version(found), rows)["questions"]

    assert (figures["wish"]["shown"], figures["more"]["shown"]) == (10, 5)


def test_what_changed_since_somebody_looked_is_not_counted_unread(people):
    respondent = ready(may_change=True)
    respondent.browser.post(respondent.links + "review/", {protection.TRAP: "x"})
    response = Response.objects.get()
    Response.objects.update(revision=2)

    with pytest.raises(ValidationError):
        services.settle(response, counts=True, by=people.wanda, revision=1)

    assert Response.objects.get().state == "held"


def test_mixing_gives_new_keys_and_loses_nobody(people):
    for code in ("finance", "skills"):
        found = consultation(code)
        for email in ("a@example.org", "b@example.org"):
            services.register(found, digest_of(email), audience="policy", country="AT", org_type="")
    before = set(Registration.objects.values_list("pk", flat=True))
    digests = set(Registration.objects.values_list("digest", flat=True))

    assert services.mix_register() == 4

    assert (set(Registration.objects.values_list("digest", flat=True)), InvitationUse.objects.count()) == (digests, 0)
    assert before.isdisjoint(Registration.objects.values_list("pk", flat=True))


def test_a_file_handed_in_keeps_no_hour():
    consultation(structure=WITH_FILE)
    respondent = Respondent()
    respondent.press(paper=SimpleUploadedFile("paper.txt", b"Our position"))

    kept = FileAnswer.objects.get().file.kept_at
    assert (kept.hour, kept.minute, kept.second, kept.microsecond) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [(0, "198.51.100.7", "127.0.0.1"), (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"), (1, "", "127.0.0.1")],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies

    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})

    assert protection.address_of(request) == address


def test_a_proof_counts_once_and_nonsense_never():
    assert [protection.is_proved(payload) for payload in ("", "e30=", "bnVsbA==", "!")] == [False] * 4


def test_names_and_former_answers_go_when_their_time_is_over():
    respondent = ready(asks_publication=True)
    respondent.browser.post(respondent.links + "review/", {"publication": "named", "name": "Holzkreis"})
    Consultation.objects.update(retention_days=0, opens_at="2026-01-01T00:00Z", closes_at="2026-01-02T00:00Z")

    services.forget_identifiers()

    assert Response.objects.get().name == ""


WITH_FILE = {
    "sections": [
        {
            "code": "papers",
            "title": {"en": "Papers"},
            "questions": [{"code": "paper", "type": "file", "text": {"en": "A paper"}, "accept": ["txt"]}],
        }
    ]
}


FOR_POLICY = {
    "audiences": [{"code": code, "text": {"en": code}} for code in ("policy", "private")],
    "sections": [
        {
            "code": "ours",
            "title": {"en": "Ours"},
            "audiences": ["policy"],
            "questions": [{"code": "wish", "type": "text", "text": {"en": "A wish"}}],
        }
    ],
}


def test_whom_no_question_is_meant_for_is_told_so_and_sends_nothing(db):
    found = consultation(structure=FOR_POLICY)
    secret = services.begin(found, found.versions.get(), audience="private")
    address = f"/en/consultations/finance/answers/{secret}/"
    browser = Client()

    page = browser.get(f"{address}1/")

    assert (page.status_code, heading(page)) == (200, "No question here is meant for you")
    assert (browser.post(f"{address}1/", {"next": "1"}).status_code, browser.post(f"{address}review/").url) == (
        200,
        f"{address}1/",
    )
    assert Response.objects.count() == 0
