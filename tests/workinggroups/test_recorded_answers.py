"""Answers to information requests that were given by a form, as drafts of records."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from platform_core.identity.access import services as access
from platform_core.identity.audit import selectors as audit
from platform_core.materials.trails.selectors import around
from repository import services as repository
from repository.models import Record
from tests.factories.requests import asked, given, organisation_of, sent
from tests.people import add_member, add_person, browser_of
from workinggroups.models import Asked
from workinggroups.services import information, requests

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
    """An answer that was given before drafts were made of them."""
    Asked.objects.filter(pk=answered.pk).update(record=None, recorded={})
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


def correct(people, answered, text: str, file=None) -> Record:
    pks = {one.kind: one.pk for one in answered.request.questions.all()}
    typed = {pks["long"]: text, pks["file"]: file}
    information.keep(answered, typed, by=people.petra, remarks="More in May.")
    return Record.objects.get()


def told_of(record) -> tuple[str, list[str]]:
    """What the draft says to the first question, and its files."""
    return record.description["en"].splitlines()[2], [one.name for one in record.files.all()]


def other_paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("other.txt", b"Others.")


def handed_back(people, answered) -> None:
    requests.hand_back(answered, by=people.wanda, reason="Which fund?")


def handed_back_and_declined(people, answered) -> None:
    handed_back(people, answered)
    information.decline(answered, by=people.petra, reason="Nothing.")


def test_a_corrected_answer_corrects_its_draft(people, answered):
    record = correct(people, answered, "Two funds.")

    assert record.description["en"].splitlines()[2] == "Two funds."


def test_what_somebody_wrote_into_the_draft_stays(people, answered):
    Record.objects.update(description={"en": "Written by hand.", "_source": "en"})

    assert dict(correct(people, answered, "Two funds.").description) == {"en": "Written by hand."}


@pytest.mark.parametrize("opened", [handed_back, handed_back_and_declined])
def test_what_is_kept_for_later_reaches_the_draft_when_it_is_given(people, answered, opened):
    opened(people, answered)
    kept = told_of(correct(people, answered, "Half a sen", file=other_paper()))
    correct(people, answered, "Two funds.")
    information.give(answered, by=people.petra)

    assert kept == ("A new fund.", ["paper.txt"])
    assert told_of(Record.objects.get()) == ("Two funds.", ["other.txt"])


def test_what_is_kept_for_later_over_http_is_not_in_the_draft(people, answered):
    handed_back(people, answered)
    browser, address = browser_of(people.petra), answered.get_absolute_url()
    typed = {field.html_name: field.value() or "" for field in browser.get(address).context["form"]}
    pks = {one.kind: one.pk for one in answered.request.questions.all()}
    typed = {name: value for name, value in typed.items() if name != f"q{pks['file']}"}
    read = []
    for text, button in [("Half a sen", "later"), ("Two funds.", "give")]:
        typed["seen"] = browser.get(address).context["form"]["seen"].value()
        browser.post(f"{address}keep/", {**typed, f"q{pks['long']}": text, button: "1"})
        record = browser_of(people.wanda).get(answered.record.get_absolute_url()).context["record"]
        read.append(told_of(record))

    assert read == [("A new fund.", ["paper.txt"]), ("Two funds.", ["paper.txt"])]


def test_what_somebody_wrote_stays_when_the_answer_is_given_again(people, answered):
    repository.change(answered.record, by=people.petra, description={"en": "Written by hand.", "_source": "en"})
    handed_back(people, answered)
    correct(people, answered, "Two funds.", file=other_paper())
    information.give(answered, by=people.petra)

    record = Record.objects.get()
    assert (dict(record.description), [one.name for one in record.files.all()]) == (
        {"en": "Written by hand."},
        ["paper.txt"],
    )


def test_a_file_that_was_taken_out_of_the_draft_stays_away(people, answered):
    repository.detach(answered.record, answered.record.files.get().pk, by=people.petra)

    assert told_of(correct(people, answered, "Two funds.")) == ("Two funds.", [])


def test_words_that_cannot_be_kept_do_not_end_it(people, answered):
    correct(people, answered, "A\x0c fund.")

    assert told_of(correct(people, answered, "Two funds.")) == ("Two funds.", ["paper.txt"])


def test_what_a_correction_does_to_the_draft_is_in_the_log(people, answered):
    def verbs() -> list[str]:
        return [one.verb for one in audit.history_of("repository.record", answered.record_id)[::-1]]

    before = verbs()
    correct(people, answered, "A new fund.")
    unchanged = verbs()
    correct(people, answered, "A new fund.", file=other_paper())

    assert (unchanged, verbs()) == (before, [*before, "repository.changed", "repository.file_attached"])


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


@pytest.fixture
def others(people, answered):
    """A colleague of Petra's, and somebody of the group that asked."""
    colleague, member = add_person("clara"), add_member("greta", "full")
    colleague.affiliations.create(organisation=organisation_of(people.petra), begins=timezone.localdate())
    access.give_role(member, "wg_expert", scope="group:4")
    return {"clara": colleague, "greta": member, "petra": people.petra, "wanda": people.wanda, "lena": people.lena}


def test_the_record_is_named_only_to_those_who_may_see_it(people, answered, others):
    address = answered.record.get_absolute_url()
    seen = {}
    for name, person in others.items():
        page = browser_of(person).get(answered.get_absolute_url()).content.decode()
        words = (address, str(answered.record.title), "record/make/")
        seen[name] = [page.count(one) for one in words], browser_of(person).get(address).status_code

    shown, hidden = ([1, 1, 0], 200), ([0, 0, 0], 404)
    assert seen == {"clara": hidden, "greta": hidden, "petra": shown, "wanda": shown, "lena": shown}


def test_the_record_that_is_the_answer_is_named_only_to_those_who_may_see_it(people, answered, others):
    made = sent(people.wanda, people.petra, record_kind="report")
    record = information.begin_record(asked(made, people.petra), by=people.petra)
    Asked.objects.filter(request=made).update(state="given", given_at=timezone.now())
    pages = [asked(made, people.petra).get_absolute_url(), made.get_absolute_url()]

    seen = {
        name: [browser_of(others[name]).get(page).content.decode().count(record.get_absolute_url()) for page in pages]
        for name in ("clara", "greta", "wanda")
    }

    assert seen == {"clara": [0, 0], "greta": [0, 0], "wanda": [1, 1]}


def test_the_form_says_beforehand_who_else_will_read_it(people):
    page = browser_of(people.petra).get(asked(sent(people.wanda, people.petra), people.petra).get_absolute_url())

    assert page.content.decode().count("also becomes the draft of a report in the repository") == 1
