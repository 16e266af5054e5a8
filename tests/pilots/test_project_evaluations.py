"""The evaluation of the project: who writes and reads it, what a report keeps, and what is done about it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pilots.models import (
    EvaluationFile,
    EvaluationFinding,
    EvaluationQuestion,
    EvaluationRecommendation,
    EvaluationReport,
    EvaluationSource,
    ProjectEvaluation,
)
from pilots.selectors import project_evaluations as selectors
from pilots.services import project_evaluations as services
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from platform_core.programme.monitoring.models import Indicator
from platform_core.programme.monitoring.services import evidence
from platform_core.programme.search.models import SearchEntry
from tests.factories.project_evaluations import evaluation, finding, question, recommendation, report, reported
from tests.factories.repository import record
from tests.people import hold_anyway
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(("name", "may"), [("lena", True), ("wanda", False), ("marko", False), ("carl", False)])
def test_who_writes(people, name, may):
    if may:
        question(evaluation(people.named(name)), people.named(name))
    else:
        with pytest.raises(PermissionDenied):
            evaluation(people.named(name))

    assert ProjectEvaluation.objects.count() == may


def test_members_follow_it_and_everybody_reads_what_is_published(people):
    made = evaluation(people.lena)
    finding(made, people.lena)
    before = [name for name, person in people.each() if selectors.evaluations(person).exists()]
    services.publish(report(made, people.lena), by=people.lena)
    finding(made, people.lena, "Found later.")

    assert before == ["lena", "wanda", "marko", "ana"]
    rows = {name: selectors.of_evaluations(person, EvaluationFinding).count() for name, person in people.each()}
    assert rows == {"lena": 2, "wanda": 2, "marko": 2, "ana": 2, "petra": 1, "carl": 1, "guest": 1}


def test_only_a_full_member_publishes(people):
    hold_anyway(people.ana, "lead_partner")
    made = evaluation(people.ana)
    finding(made, people.ana)

    with pytest.raises(PermissionDenied):
        services.publish(report(made, people.ana), by=people.ana)


def test_a_coordinator_writes_and_does_not_publish(people):
    access.give_role(people.marko, "wp_coordinator")
    made = evaluation(people.marko)
    finding(made, people.marko)

    with pytest.raises(PermissionDenied):
        services.publish(report(made, people.marko), by=people.marko)


def test_nothing_is_reported_where_nothing_was_found(people):
    with pytest.raises(ValidationError, match="Nothing was found"):
        services.publish(report(evaluation(people.lena), people.lena), by=people.lena)


def test_a_published_report_never_moves(people):
    kept = reported(people).content
    (advice,) = EvaluationRecommendation.objects.all()
    services.follow(advice, by=people.ana, state="done", done={"en": "Done at once."})
    finding(advice.evaluation, people.lena, "Something new.")

    held = EvaluationReport.objects.get()
    assert held.content == kept
    assert [one["state"] for one in held.content["recommendations"]] == ["open"]
    assert [one["findings"] for one in held.content["questions"]] == [[{"en": "It helps."}]]


def test_what_a_report_has_published_is_neither_changed_nor_removed(people):
    made = reported(people)
    (found,), (asked,) = made.evaluation.findings.all(), made.evaluation.questions.all()

    for deed in (
        lambda: services.keep(made.evaluation, "findings", by=people.lena, piece=found, text={"en": "Else"}),
        lambda: services.remove(found, "findings", by=people.lena),
        lambda: services.remove(asked, "questions", by=people.lena),
        lambda: services.keep(made.evaluation, "reports", by=people.lena, piece=made, title={"en": "Else"}),
    ):
        with pytest.raises(ValidationError, match="A report has published"):
            deed()


def test_pieces_of_two_evaluations_are_not_mixed(people):
    first, second = evaluation(people.lena), evaluation(people.lena, "Another")
    asked = question(first, people.lena)

    with pytest.raises(ValidationError, match="another evaluation"):
        services.keep(second, "sources", by=people.lena, question=asked, kind="survey", text={"en": "Partners"})


def test_the_same_form_sent_twice_keeps_one(people):
    made = evaluation(people.lena)

    assert question(made, people.lena, key="one") == question(made, people.lena, key="one")
    assert made.questions.count() == 1


def test_owners_are_told_and_say_what_they_did(people):
    reported(people)
    settle()
    told = set(Notice.objects.filter(kind="pilots.recommendation_published").values_list("recipient", flat=True))
    (advice,) = EvaluationRecommendation.objects.all()

    with pytest.raises(PermissionDenied):
        services.follow(advice, by=people.marko, state="done", done={"en": "No."})
    with pytest.raises(ValidationError, match="what was done"):
        services.follow(advice, by=people.ana, state="rejected", done={})
    services.follow(advice, by=people.ana, state="partly", done={"en": "Half of it."})

    assert told == {people.ana.pk}
    assert [(row.state, str(row.done)) for row in EvaluationRecommendation.objects.all()] == [("partly", "Half of it.")]


@pytest.mark.parametrize(("days", "state", "number"), [(10, "open", 1), (30, "open", 0), (10, "done", 0)])
def test_owners_are_reminded_once_two_weeks_before(people, days, state, number):
    made = evaluation(people.lena)
    finding(made, people.lena)
    advice = recommendation(made, people.lena, days=days)
    services.publish(report(made, people.lena), by=people.lena)
    if state == "done":
        services.follow(advice, by=people.ana, state=state, done={"en": "Done."})

    assert (services.remind(), services.remind()) == (number, 0)


def test_files_are_made_by_a_job_from_what_is_kept(people):
    made = reported(people)
    settle()

    assert [(row.language, row.form) for row in made.files.all()] == [("en", "pdf"), ("en", "docx")]
    assert all(row.file.size > 1000 for row in EvaluationFile.objects.all())


def test_published_reports_are_found(people):
    report(evaluation(people.lena, "Another"), people.lena, "A draft")
    made = reported(people)
    settle()

    assert [row.object_id for row in SearchEntry.objects.filter(thing=selectors.REPORT)] == [made.pk]


def test_questions_and_sources_are_open_from_the_report_that_publishes_them(people):
    made = evaluation(people.lena)
    finding(made, people.lena)
    asked = made.questions.get()
    services.keep(made, "sources", by=people.lena, question=asked, kind="survey", text={"en": "Partners"})
    services.publish(report(made, people.lena), by=people.lena)
    question(made, people.lena, "And later?")
    services.keep(made, "sources", by=people.lena, question=asked, kind="survey", text={"en": "Others"})

    def seen(person) -> list[int]:
        pieces = (EvaluationQuestion, EvaluationSource)
        return [selectors.of_evaluations(person, model).count() for model in pieces]

    assert (seen(people.marko), seen(people.guest)) == ([2, 2], [1, 1])


def test_indicators_stand_beside_a_question_and_stay_as_they_were_in_its_report(people):
    made = evaluation(people.lena)
    finding(made, people.lena)
    asked, practices = made.questions.get(), Indicator.objects.get(code="p04")
    services.keep(made, "questions", by=people.lena, piece=asked, measured=[practices])
    published = services.publish(report(made, people.lena), by=people.lena)
    record("Vouchers")
    evidence.rebuild()

    (now,) = selectors.answered(people.guest, made)
    (kept,) = selectors.kept(published)["questions"]
    assert [(row.code, value) for row, value in now.measured] == [("p04", 1)]
    assert [(code, value) for code, _name, value, _target in kept["measured"]] == [("p04", 0)]
