"""When the time for identifiers is over: who wrote goes, what was counted stays."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consultations import results, selectors, services
from consultations.models import AnswerDraft, Consultation, FileAnswer, Response, ResultSet
from consultations.publication import publish_results
from consultations.questions import TYPES
from consultations.selectors import opening
from consultations.snapshot import fingerprinted
from consultations.structure import canonical_hash, questions
from tests.consultations.views.pages import Respondent, texts
from tests.factories.consultations import STRUCTURE, consultation

pytestmark = pytest.mark.django_db
EMAIL, KEPT = "who@example.org", {"audience": "policy", "country": "AT", "wish": "Write to me"}
GIVEN = {**KEPT, "mail": EMAIL, "paper": {"name": "cv-maria.txt", "sha256": "a" * 64, "size": 40}}
EMPTIED = {**KEPT, "mail": "[deleted]", "paper": {"name": "[deleted]", "sha256": "", "size": 0}}
ASKED = [
    {"code": "mail", "type": "email", "text": {"en": "Your address"}},
    {"code": "paper", "type": "file", "text": {"en": "A paper"}, "accept": ["txt"]},
    {"code": "written", "type": "text", "text": {"en": "Said"}, "show": {"answered": "mail"}},
]
WITH_WHO = {"sections": [*STRUCTURE["sections"], {"code": "who", "title": {"en": "Who"}, "questions": ASKED}]}


def answered(*answers: dict, **fields) -> Consultation:
    found = consultation(structure=WITH_WHO, **fields)
    for given in answers:
        row = {"questionnaire": found.versions.get(), "language": "en", "day": "2026-11-01"}
        Response.objects.create(answers=given, **row)
    return found


def ended(found: Consultation, days_ago: int = 200) -> None:
    """Closed so long ago."""
    closed = timezone.now() - timedelta(days=days_ago)
    rows = Consultation.objects.filter(pk=found.pk)
    rows.update(opens_at=closed - timedelta(days=9), closes_at=closed)


def computed(found: Consultation) -> ResultSet:
    version, rows = found.versions.get(), list(selectors.comparable(found).values_list(*results.COLUMNS))
    return results.keep(found, version, results.report_on(found, version, rows), len(rows))


def test_addresses_and_files_go_and_that_there_were_some_stays():
    found = answered(GIVEN, KEPT)
    ended(found)

    services.forget_identifiers()

    assert sorted(Response.objects.values_list("answers", flat=True), key=len) == [KEPT, EMPTIED]
    assert services.forget_identifiers() == 0


@pytest.mark.parametrize(("days", "left"), [(199, EMPTIED), (200, EMPTIED), (201, GIVEN), (3650, GIVEN)])
def test_the_organiser_declares_when(days, left):
    found = answered(GIVEN, retention_days=days)
    ended(found)

    services.forget_identifiers()

    assert Response.objects.get().answers == left


def test_no_figure_moves():
    found = answered(GIVEN, KEPT, {**GIVEN, "mail": "other@example.org"})
    before = computed(found)
    ended(found)

    services.forget_identifiers()

    again = computed(found)
    assert (again.figures, again.sha256, again.base) == (before.figures, before.sha256, before.base)
    assert not selectors.input_changed(before)


def test_published_results_stay_as_they_were(people):
    found = answered(GIVEN, KEPT)
    kept = computed(found)
    publish_results(services.close(found), by=people.wanda, languages=("en",))
    published = ResultSet.objects.get(pk=kept.pk)
    ended(found)

    services.forget_identifiers()

    after = ResultSet.objects.get(pk=kept.pk)
    assert (after.figures, after.sha256) == (published.figures, canonical_hash(published.figures))


def test_figures_that_knew_addresses_are_still_those_of_their_answers():
    """Before addresses were left out of it, the fingerprint was of the answers as they are."""
    found = answered(GIVEN)
    kept, rows = computed(found), list(selectors.comparable(found).values_list(*results.COLUMNS))
    kept.figures["input"] = fingerprinted(rows)
    kept.save(update_fields=["figures"])

    assert not selectors.input_changed(kept)
    Response.objects.update(answers={**GIVEN, "wish": "Something else"})
    assert selectors.input_changed(kept)
    Response.objects.update(answers=EMPTIED)
    assert not selectors.input_changed(kept)


def test_the_receipt_says_that_the_fingerprint_is_another(client):
    found = answered(GIVEN)
    address = reverse("consultations:receipt", args=[found.code, services.receipt(Response.objects.get())])
    said = "have been deleted since"

    before = said in client.get(address).content.decode()
    ended(found)
    services.forget_identifiers()

    assert (before, said in client.get(address).content.decode()) == (False, True)


def test_unfinished_answers_go_with_them():
    found = answered()
    services.begin(found, found.versions.get())
    ended(found)

    services.forget_identifiers()

    assert AnswerDraft.objects.count() == 0


def test_every_type_that_says_who_wrote_is_emptied_in_words():
    asked = {question["type"]: question for question in questions(WITH_WHO)}
    named = {code: kind for code, kind in TYPES.items() if kind.emptied}

    told = {code: str(kind.words(asked[code], kind.emptied("x"))) for code, kind in named.items()}
    assert told == dict.fromkeys(("text", "long_text", "email", "file"), "deleted")


def test_respondents_are_told_when():
    consultation(structure={"sections": [WITH_WHO["sections"][-1]]}, retention_days=90)
    respondent = Respondent()
    respondent.press(mail=EMAIL, paper=SimpleUploadedFile("cv.txt", b"A life"))

    told = texts(respondent.at("review/"), "//form//p[@class='hint']")

    words = "E-mail addresses, files and other personal data you were asked for are deleted 90 days after the"
    assert (FileAnswer.objects.count(), told) == (1, [f"{words} consultation has closed; that you gave them stays."])


def test_quotas_tell_what_was_given_and_what_counts():
    found = answered(KEPT, KEPT, targets={"policy": 5}, country_targets={"AT": 2})
    changed = {"sections": [{**WITH_WHO["sections"][0]}, *WITH_WHO["sections"][2:]]}
    second = services.add_version(found, changed)
    services.open_consultation(found)
    Response.objects.create(questionnaire=second, answers=KEPT, language="en", day="2026-11-01")

    by_audience, by_country, _by_type = opening.quotas(found)

    told = [(row.given, row.counted, row.wanted, row.lacking) for row in (by_audience[0], by_country[0])]
    assert told == [(3, 1, 5, 4), (3, 1, 2, 1)]
