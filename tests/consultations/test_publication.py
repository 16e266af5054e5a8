import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from consultations import services
from consultations.models import Consultation
from consultations.publication import publish_results
from platform_core.ground.texts.codes import CODES
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.audit import services as audit
from platform_core.identity.audit.models import Event
from repository.models import Record

pytestmark = pytest.mark.database


@pytest.fixture
def record(computed, people) -> Record:
    found = publish_results(computed.consultation, by=people.wanda)
    audit.dispatch_events()
    return found


def test_publishing_files_one_public_record(record):
    assert [found.kind for found in Record.objects.all()] == ["consultation_result"]
    assert (record.code, record.state, audience_of(record)) == ("result-finance", "published", ["public"])
    assert [topic.number for topic in record.topics.all()] == [4]
    assert (record.about_thing, record.about_id) == (
        "consultations.consultation",
        str(Consultation.objects.get().pk),
    )


def test_the_record_has_every_language_of_the_consultation(record, finance):
    asked = finance["title"]

    assert {code: text.count(asked[code]) for code, text in record.title.items()} == dict.fromkeys(CODES, 1)
    assert record.title.localise("en").text == f"Results of the consultation: {asked['en']}"
    assert (sorted(record.summary), sorted(record.description)) == (sorted(CODES), sorted(CODES))


def test_the_record_says_how_many_answered(record):
    (told, *_rest) = record.summary.localise("en").text.split(" were sent")

    assert told == "30 answers"


def test_the_record_tells_the_most_frequent_answers_without_hidden_ones(record, computed):
    lines = [line for line in record.description.localise("en").text.splitlines() if line.startswith("- ")]
    choices = [
        figures for figures in computed.figures["questions"].values() if figures["type"] in {"single", "multiple"}
    ]

    told = [figures for figures in choices if any(option.get("share") for option in figures["options"])]
    assert len(lines) == len(told)
    assert 0 < len(lines) <= len(choices)


def test_publishing_freezes_the_figures_and_writes_an_event(record, computed, people):
    computed.refresh_from_db()

    event = Event.objects.get(verb="consultations.published")
    assert (event.actor, event.payload) == (people.wanda.pseudonym, {"results": computed.pk, "record": record.pk})
    assert computed.published_at is not None
    assert Consultation.objects.get().state == "published"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "clusters financed"), ("el", "χρηματοδοτούνται"), ("bg", "финансират клъстерите"), ("hu", "финансират")],
)
def test_the_record_is_found_by_words_of_its_title(record, language, words):
    page = Client().get(f"/{language}/search/", {"q": words, "in": "repository.record"})

    assert [entry.object_id for entry in page.context["answer"].entries] == [record.pk]


def test_publishing_twice_is_refused(record, people):
    with pytest.raises(PermissionDenied):
        publish_results(Consultation.objects.get(), by=people.wanda)

    assert Record.objects.count() == 1


def test_publishing_what_has_a_record_already_is_refused(record, people):
    Consultation.objects.update(state="closed")

    with pytest.raises(ValidationError, match="The results are published already"):
        publish_results(Consultation.objects.get(), by=people.wanda)

    assert Record.objects.count() == 1


def test_publishing_before_computing_is_refused(answered, people):
    closed = services.close(answered)

    with pytest.raises(ValidationError, match="There are no results to publish yet"):
        publish_results(closed, by=people.wanda)

    assert (Record.objects.count(), Consultation.objects.get().state) == (0, "closed")
