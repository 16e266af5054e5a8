import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultations import services
from consultations.evidence import evidence
from consultations.models import Finding
from platform_core.exchange.messaging import services as messaging
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.audit import services as audit
from platform_core.identity.audit.models import Event
from platform_core.materials.languages.models import TranslationState
from platform_core.materials.trails import selectors as trails, services as drawing
from platform_core.programme.search.models import SearchEntry
from tests.factories.consultations import consultation
from tests.factories.findings import finding, published
from tests.factories.repository import record
from tests.people import hold_anyway

pytestmark = pytest.mark.database


def test_a_finding_is_for_everybody_and_begins_as_heard(people):
    made = finding(published(), people.wanda)

    assert (made.state, audience_of(made)) == ("heard", ["public"])
    assert [(step.state, step.reason) for step in made.steps.all()] == [("heard", "")]
    assert Event.objects.get(verb="consultations.finding_written").payload == {}


def test_the_same_form_sent_twice_makes_one_finding(people):
    told = published().consultation
    texts = {"title": {"en": "Paper"}, "text": {"en": "Too much"}, "questions": ["audience"], "by": people.wanda}

    made = [services.write_finding(told, key="one", **texts).pk for _twice in range(2)]

    assert made[0] == made[1] == Finding.objects.get().pk


@pytest.mark.parametrize("codes", [["wish"], ["unknown"], ["audience", "wish"]])
def test_a_finding_stands_on_published_figures_only(people, codes):
    told = published(left_out=["wish"])

    with pytest.raises(ValidationError, match="are not published"):
        finding(told, people.wanda, questions=codes)

    assert Finding.objects.count() == 0


@pytest.mark.parametrize("state", ["draft", "open", "closed"])
def test_nothing_is_found_before_publication(people, state):
    told = published()
    told.consultation.state = state
    told.consultation.save()

    with pytest.raises(PermissionDenied):
        finding(told, people.wanda)


@pytest.mark.parametrize(("name", "may"), [("lena", True), ("marko", False), ("ana", False), ("petra", False)])
def test_who_writes(people, name, may):
    told = published()
    if may:
        finding(told, people.named(name))
    else:
        with pytest.raises(PermissionDenied):
            finding(told, people.named(name))

    assert Finding.objects.count() == may


def test_a_representative_of_the_group_writes_and_settles(people):
    access.give_role(people.marko, "wg_representative", scope="group:4")
    made = finding(published(), people.marko)

    assert services.settle_finding(made, "taken_up", reason="", by=people.marko).state == "taken_up"


def test_an_associated_writer_does_not_settle(people):
    hold_anyway(people.ana, "wg_leader", "group:4")
    made = finding(published(), people.ana)

    with pytest.raises(PermissionDenied):
        services.settle_finding(made, "done", reason="", by=people.ana)


def test_what_is_not_followed_says_why(people):
    made = finding(published(), people.wanda)

    with pytest.raises(ValidationError, match="Please say why"):
        services.settle_finding(made, "not_followed", reason=" ", by=people.wanda)
    settled = services.settle_finding(made, "not_followed", reason="No money", by=people.wanda)

    assert (settled.state, settled.reason.stored()) == ("not_followed", {"en": "No money"})


def test_every_step_is_kept_and_the_same_one_once(people):
    made = finding(published(), people.wanda)
    for state, reason in [("taken_up", ""), ("done", "A new law"), ("done", "A new law")]:
        services.settle_finding(made, state, reason=reason, by=people.wanda)

    assert [(step.state, step.reason) for step in made.steps.all()] == [
        ("heard", ""),
        ("taken_up", ""),
        ("done", "A new law"),
    ]


def test_changing_the_words_makes_translations_stale(people):
    made = finding(published(), people.wanda)
    made.title = made.title.with_text("de", "Zu viel Papier")
    services.change_finding(made, questions=["audience"], by=people.wanda, title=made.title)
    before = TranslationState.objects.get(object_id=made.pk, language="de").source_hash

    services.change_finding(
        made, questions=["audience"], by=people.wanda, title=made.title.with_text("en", "Far too much paper")
    )

    held = Finding.objects.get()
    assert TranslationState.objects.get(object_id=made.pk, language="de").source_hash == before
    assert before != held.title.source_hash


def test_the_evidence_is_the_most_frequent_answer_of_the_published_figures(people):
    results = published()
    made = finding(results, people.wanda, questions=["audience", "wish"])

    (first, second) = evidence(results.consultation, [made])[made.pk]

    assert (first.title, first.figure) == ("Who are you?", "Policy maker: 80\xa0%")
    assert (second.title, second.figure) == ("One wish", "")


def test_a_record_takes_up_a_finding_and_both_ends_tell(people):
    made, taking = finding(published(), people.wanda), record("One-stop shop")
    drawing.draw("consultations.record_answers", taking, made, by=people.wanda)

    assert [(row.words, str(row.title)) for row in trails.around(people.guest, made)] == [
        ("is taken up by", "One-stop shop")
    ]
    assert [row.words for row in trails.around(people.guest, taking)] == ["takes up the finding"]


def test_trails_of_many_are_those_of_each(people):
    results = published()
    rows = [finding(results, people.wanda, title) for title in ("One", "Two", "Three")]
    for row in rows[:2]:
        drawing.draw("consultations.record_answers", record(f"For {row}"), row)
    hidden = record("Hidden", publish=False)
    drawing.draw("consultations.record_answers", hidden, rows[2])

    found = trails.around_each(people.guest, "consultations.finding", [row.pk for row in rows])

    assert found == {row.pk: trails.around(people.guest, row) for row in rows}
    assert [len(found[row.pk]) for row in rows] == [1, 1, 0]


def told_to(kind) -> list[str]:
    return sorted(set(Notice.objects.filter(kind=kind).values_list("recipient__name", flat=True)))


def test_followers_of_the_consultation_are_told_what_becomes_of_a_finding(people):
    results = published()
    for person in (people.marko, people.wanda):
        messaging.follow(person, results.consultation)
    made = finding(results, people.wanda)
    messaging.follow(people.petra, made)

    services.settle_finding(made, "taken_up", reason="", by=people.wanda)
    audit.dispatch_events()

    assert told_to("consultations.finding_settled") == ["Marko", "Petra"]


def test_followers_are_told_that_results_are_published(people):
    told = consultation()
    messaging.follow(people.marko, told)
    audit.record("consultations.published", told, by=people.wanda, results=1, record=1)

    audit.dispatch_events()

    assert told_to("consultations.published") == ["Marko"]


def test_a_finding_is_found_by_search(people):
    made = finding(published(), people.wanda)

    audit.dispatch_events()

    assert SearchEntry.objects.get(thing="consultations.finding").object_id == made.pk
