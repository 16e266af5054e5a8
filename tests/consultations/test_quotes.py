from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations import services
from consultations.alike import keep_alike
from consultations.models import Consultation, LikeText, Quote, Response, TextReading
from consultations.selectors import answers, texts
from platform_core.identity.audit.models import Event
from tests.factories.consultations import STRUCTURE
from tests.factories.texts import ASKING, CONSENT, closed, text
from tests.people import hold_anyway

pytestmark = pytest.mark.database


def offered(made, person, **asked) -> list[str]:
    return sorted(row.words for row in texts.texts(person, made, "wish", **asked))


def test_who_said_not_at_all_is_never_offered(people):
    made = closed(asks_publication=True)
    for publication in Response.Publication.values:
        text(made, f"I said “{publication}”", publication=publication)

    assert offered(made, people.wanda) == ["I said “anonymous”", "I said “named”", "I said “”"]


def test_where_consent_is_asked_only_those_who_agreed_are_offered(people):
    made = closed(structure=ASKING)
    text(made, "Yes", agrees=True), text(made, "No", agrees=False), text(made, "Silent")

    assert offered(made, people.wanda) == ["Yes"]


@pytest.mark.parametrize("state", ["held", "aside"])
def test_answers_that_do_not_count_are_not_offered(people, state):
    made = closed()
    text(made, state=state)

    assert offered(made, people.wanda) == []


def test_texts_are_filtered_by_language_words_and_state(people):
    made = closed()
    text(made, "Χαρτιά", "el"), text(made, "Less Paper"), text(made, "Money")
    services.refuse(made, texts.written(made.versions.get(), "wish").get(words="Money"), "wish", by=people.wanda)

    told = [
        offered(made, people.wanda, **asked)
        for asked in ({}, {"language": "el"}, {"words": "χαρτιά"}, {"state": "refused"})
    ]

    assert told == [["Less Paper", "Χαρτιά"], ["Χαρτιά"], ["Χαρτιά"], ["Money"]]


def test_released_words_are_a_copy_and_the_answer_stays(people):
    made, row = (found := closed()), text(found, "Mr Smith wants less paper")

    quote = services.release(made, row, "wish", "[…] wants less paper", by=people.wanda)

    row.refresh_from_db()
    assert (quote.text, quote.language, quote.name) == ("[…] wants less paper", "en", "")
    assert row.answers["wish"] == "Mr Smith wants less paper"
    assert TextReading.objects.get().verdict == "released"


def test_nothing_leads_from_a_quote_to_the_answer():
    fields = {field.name for field in Quote._meta.get_fields()}

    assert fields == {"id", "consultation", "question", "language", "text", "name"}


def test_the_log_does_not_tell_which_text_was_released(people):
    made, row = (found := closed()), text(found)
    services.release(made, row, "wish", "Less paper", by=people.wanda)

    event = Event.objects.get(verb="consultations.quote_released")
    assert (event.thing_id, event.payload) == (str(made.pk), {"question": "wish"})


@pytest.mark.parametrize(
    ("publication", "name"), [("named", "Ana"), ("anonymous", ""), ("", "")], ids=["named", "anonymous", "unasked"]
)
def test_a_name_goes_only_with_words_of_who_wants_it(people, publication, name):
    made, row = (found := closed()), text(found, publication=publication, name="Ana")

    assert services.release(made, row, "wish", "Less paper", by=people.wanda).name == name


@pytest.mark.parametrize("words", ["More paper", "[…]", "  "])
def test_words_that_were_not_written_are_refused(people, words):
    made, row = (found := closed()), text(found)

    with pytest.raises(ValidationError):
        services.release(made, row, "wish", words, by=people.wanda)

    assert (Quote.objects.count(), TextReading.objects.count()) == (0, 0)


def test_the_same_words_are_released_once(people):
    made, row = (found := closed()), text(found)
    services.release(made, row, "wish", "Less paper", by=people.wanda)

    with pytest.raises(ValidationError, match="released already"):
        services.release(made, row, "wish", "Less paper", by=people.wanda)


def test_who_meanwhile_does_not_want_to_be_quoted_is_not(people):
    made, row = (found := closed()), text(found)
    Response.objects.update(publication="never")

    with pytest.raises(ValidationError, match="does not want to be quoted"):
        services.release(made, row, "wish", "Less paper", by=people.wanda)


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_others_read_and_release_nothing(people, name):
    made, row = (found := closed()), text(found)

    with pytest.raises(PermissionDenied):
        offered(made, people.named(name))
    with pytest.raises(PermissionDenied):
        services.release(made, row, "wish", "Less paper", by=people.named(name))


def test_an_associated_leader_reads_but_does_not_release(people):
    made, row = (found := closed()), text(found)
    hold_anyway(people.ana, "wg_leader", "group:4")

    assert offered(made, people.ana) == ["Less paper please"]
    with pytest.raises(PermissionDenied):
        services.release(made, row, "wish", "Less paper", by=people.ana)


def test_while_a_consultation_is_open_nobody_reads_texts(people):
    made = closed()
    Consultation.objects.update(state="open")
    made.refresh_from_db()

    with pytest.raises(PermissionDenied):
        offered(made, people.wanda)


def test_near_identical_texts_are_marked_as_a_group(people):
    made = closed()
    like = "We ask for less paper and for much more money from the region."
    rows = [text(made, like), text(made, like.upper()), text(made, "Something else altogether, and long enough too.")]

    assert keep_alike(made.versions.get()) == keep_alike(made.versions.get()) == 2

    assert set(LikeText.objects.values_list("response", flat=True)) == {rows[0].pk, rows[1].pk}
    (group,) = set(LikeText.objects.values_list("group", flat=True))
    assert texts.group_sizes(made.versions.get(), "wish", {group}) == {group: 2}


@pytest.mark.parametrize(("days", "left"), [(181, 0), (179, 1)])
def test_readings_go_when_the_time_for_identifiers_is_over(people, days, left):
    made, row = (found := closed()), text(found)
    services.release(made, row, "wish", "Less paper", by=people.wanda)
    over = timezone.now() - timedelta(days=days)
    Consultation.objects.update(opens_at=over - timedelta(days=1), closes_at=over)

    services.forget_readings()

    assert (TextReading.objects.count(), Quote.objects.count()) == (left, 1)


def next_version(made: Consultation, **more) -> None:
    """Another optional question: answers before and after are counted together."""
    structure = deepcopy(made.versions.get().structure)
    structure["sections"][-1]["questions"].append({"code": "more", "type": "text", "text": {"en": "More?"}, **more})
    version = services.add_version(made, structure)
    type(version).objects.filter(pk=version.pk).update(published_at=timezone.now())


def test_words_on_an_earlier_version_that_is_counted_too_are_offered(people):
    made = closed()
    old = text(made, "Said before")
    next_version(made)
    Response.objects.create(
        questionnaire=made.versions.last(), language="en", day=old.day, answers={"wish": "Said later"}
    )

    assert offered(made, people.wanda) == ["Said before", "Said later"]
    assert [row[1:] for row in texts.text_counts(people.wanda, made)] == [(2, 0, 0), (0, 0, 0)]
    assert keep_alike(made.versions.last()) == 0


def test_each_version_is_asked_for_its_own_consent(people):
    made = closed()
    old = text(made, "Nobody asked me")
    next_version(made, **CONSENT)
    for words, agrees in (("Yes", True), ("No", False)):
        given = {"wish": words, "may_quote_consent": agrees}
        Response.objects.create(questionnaire=made.versions.last(), language="en", day=old.day, answers=given)

    assert [version.number for version in answers.comparable_versions(made)] == [2, 1]
    assert offered(made, people.wanda) == ["Nobody asked me", "Yes"]


def test_counting_texts_costs_the_same_however_many_questions_there_are(people):
    made = closed()
    text(made), texts.text_counts(people.wanda, made)
    with CaptureQueriesContext(connection) as one:
        texts.text_counts(people.wanda, made)
    other = closed("skills", structure=MANY)
    text(other), texts.text_counts(people.wanda, other)

    with CaptureQueriesContext(connection) as many:
        told = texts.text_counts(people.wanda, other)

    assert (len(told), len(many)) == (6, len(one))


EXTRA = [{"code": f"extra_{number}", "type": "text", "text": {"en": "?"}} for number in range(5)]
MANY = {"sections": [*STRUCTURE["sections"], {"code": "end", "title": {"en": "End"}, "questions": EXTRA}]}
