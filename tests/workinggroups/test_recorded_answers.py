"""Answers to information requests that were given by a form, as drafts of records."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from platform_core.materials.trails.selectors import around
from repository.models import Record
from tests.factories.requests import asked, given, organisation_of, sent
from tests.people import browser_of
from workinggroups.models import Asked
from workinggroups.services import information

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def answered(people):
    """Petra's organisation has told something and sent a file."""
    made = sent(people.wanda, people.petra)
    questions = {one.kind: one.pk for one in made.questions.all()}
    paper = SimpleUploadedFile("paper.txt", b"Words of a paper.")
    typed = {questions["long"]: "A new fund.", questions["number"]: 7, questions["file"]: paper}
    information.keep(asked(made, people.petra), typed, by=people.petra, remarks="More in May.")
    information.give(asked(made, people.petra), by=people.petra)
    return asked(made, people.petra)


def without_its_record(answered):
    """An answer whose draft was thrown away."""
    Asked.objects.filter(pk=answered.pk).update(record=None)
    answered.refresh_from_db()
    return answered


def test_an_answer_becomes_the_draft_of_a_report_when_it_is_given(people, answered):
    record = answered.record
    information.give(answered, by=people.petra)
    again = information.make_record(answered, by=people.wanda)

    assert (list(Record.objects.all()), again) == ([record], record)
    assert (record.state, record.kind, record.deposited_by) == ("draft", "report", people.petra)
    assert (str(record.title), record.organisation) == (
        "Organisation org-petra: What is new?",
        organisation_of(people.petra),
    )
    assert dict(record.description) == {
        "en": "## What changed?\n\nA new fund.\n\n## How much?\n\n7\n\n"
        "## Which paper?\n\npaper.txt\n\n## Remarks\n\nMore in May."
    }
    assert [(one.name, one.language) for one in record.files.all()] == [("paper.txt", "en")]
    assert [(one.words, one.address) for one in around(people.petra, record)] == [
        ("answers", answered.get_absolute_url())
    ]


def correct(people, answered, text: str) -> Record:
    question = answered.request.questions.get(kind="long").pk
    information.keep(answered, {question: text}, by=people.petra, remarks="More in May.")
    return Record.objects.get()


def test_a_corrected_answer_corrects_its_draft(people, answered):
    record = correct(people, answered, "Two funds.")

    assert record.description["en"].splitlines()[2] == "Two funds."


def test_what_somebody_wrote_into_the_draft_stays(people, answered):
    Record.objects.update(description={"en": "Written by hand.", "_source": "en"})

    assert dict(correct(people, answered, "Two funds.").description) == {"en": "Written by hand."}


def test_another_file_takes_the_place_of_the_first(people, answered):
    question = answered.request.questions.get(kind="file").pk
    information.keep(answered, {question: SimpleUploadedFile("other.txt", b"Others.")}, by=people.petra)

    assert [one.name for one in Record.objects.get().files.all()] == ["other.txt"]


def test_long_names_keep_nobody_from_answering(people):
    organisation = organisation_of(people.petra)
    organisation.name = {"en": "O" * 300, "_source": "en"}
    organisation.save()

    found = given(sent(people.wanda, people.petra, title="T" * 200), people.petra)

    assert str(found.record.title) == "O" * 299 + "…"


def test_nothing_to_report_makes_no_record(people):
    found = asked(sent(people.wanda, people.petra), people.petra)
    information.decline(found, by=people.petra, reason="Nothing.")

    assert Record.objects.count() == 0


@pytest.mark.parametrize("name", ["petra", "lena"])
def test_who_answered_and_who_asked_make_another_in_one_click(people, answered, name):
    without_its_record(answered)
    browser = browser_of(people.named(name))
    button = f"{answered.get_absolute_url()}record/make/"
    before = browser.get(answered.get_absolute_url()).content.decode().count(button)

    sent = browser.post(button)

    record = Record.objects.latest("pk")
    after = browser.get(answered.get_absolute_url()).content.decode()
    assert (before, sent.url, after.count(button)) == (1, record.get_absolute_url(), 0)
    assert (record.deposited_by, after.count(record.get_absolute_url())) == (people.named(name), 1)


@pytest.mark.parametrize("name", ["marko", "carl"])
def test_others_make_nothing_of_it(people, answered, name):
    with pytest.raises(PermissionDenied):
        information.make_record(answered, by=people.named(name))


def test_what_is_not_given_makes_no_record(people):
    found = asked(sent(people.wanda, people.petra), people.petra)

    with pytest.raises(PermissionDenied):
        information.make_record(found, by=people.petra)


def test_what_was_answered_by_a_record_is_one_already(people):
    made = sent(people.wanda, people.petra, record_kind="report")
    information.begin_record(asked(made, people.petra), by=people.petra)
    information.give(asked(made, people.petra), by=people.petra)

    with pytest.raises(ValidationError, match="by a record already"):
        information.make_record(asked(made, people.petra), by=people.wanda)


def test_only_answers_that_were_given_offer_it(people):
    made = sent(people.wanda, people.petra, people.ana)
    given(made, people.ana)

    pages = [
        browser_of(people.wanda).get(asked(made, person).get_absolute_url()) for person in (people.ana, people.petra)
    ]

    assert [page.context["may_record"] for page in pages] == [True, False]
