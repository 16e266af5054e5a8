"""Evaluation: the lead beside the others, a conclusion, and lessons that go into the repository."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from pilots.declarations.pilots import evaluated as counted
from pilots.models import Pilot, PilotLesson
from pilots.selectors import evaluations as selectors, pilots as standing
from pilots.services import evaluations as services
from platform_core.exchange.assessment import selectors as assessment, services as evaluating
from platform_core.exchange.assessment.models import Assessment
from platform_core.materials.trails import selectors as trails
from repository import services as repository
from repository.models import Record
from tests.factories.assessments import add_experts
from tests.factories.pilots import finished, own, running, score, today
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LESSON = {
    "title": {"en": "Vouchers need a guide"},
    "problem": {"en": "Firms did not know what to ask for."},
    "attempt": {"en": "We sent letters."},
    "failure": {"en": "Nobody read them."},
    "differently": {"en": "Call first."},
}


@pytest.fixture
def evaluators(people):
    return add_experts()


def called(made: Pilot, evaluators, by) -> Assessment:
    found = services.call_evaluators(made, evaluators, by=by, due_on=today() + timedelta(weeks=2))
    settle()
    return found


def concluded(people, evaluators, outcome: str = "well", value: int = 3) -> Pilot:
    found = score(called(finished(people), evaluators, people.wanda), evaluators, value)
    evaluating.conclude(found, outcome, "Firms came.", by=people.wanda)
    settle()
    return Pilot.objects.get()


def test_six_criteria():
    codes = [one.code for one in assessment.grid_in_force("pilot-evaluation").criteria.all()]

    assert codes == ["relevance", "effectiveness", "efficiency", "impact", "sustainability", "transferability"]


def test_the_lead_answers_every_criterion_with_reasons(people):
    made = finished(people)
    answers = {one.pk: (4, "") for one in selectors.grid_of(made).criteria.all()}

    with pytest.raises(ValidationError) as problem:
        services.assess_own(made, answers, by=people.marko)
    assert list(problem.value.message_dict) == [f"text_{pk}" for pk in answers]


def test_evaluators_are_asked_when_the_lead_has_spoken_and_reports_are_accepted(people, evaluators):
    made = finished(people)
    Pilot.objects.update(self_assessed_on=None)
    with pytest.raises(ValidationError, match="has not assessed"):
        called(made, evaluators, people.wanda)
    Pilot.objects.update(self_assessed_on=today())
    made.reports.update(state="submitted")
    with pytest.raises(ValidationError, match="not accepted yet: 1, 2"):
        called(made, evaluators, people.wanda)


def test_while_others_evaluate_the_leads_view_stands(people, evaluators):
    made = finished(people)
    called(made, evaluators, people.wanda)

    with pytest.raises(ValidationError, match="being evaluated already"):
        services.assess_own(made, {}, by=people.marko)


def test_nobody_of_lead_or_partners_evaluates(people, evaluators):
    made = finished(people)
    made.partners.add(own(evaluators[0]))

    assert list(assessment.eligible(assessment.kind_named(standing.EVALUATION), made)) == evaluators[1:]


def test_evaluators_read_the_reports_until_they_step_back(people, evaluators):
    made = finished(people)
    before = [standing.entered(person).exists() for person in evaluators]
    found = called(made, evaluators, people.wanda)
    asked = [standing.entered(person).exists() for person in evaluators]

    evaluating.step_back(found.evaluations.get(evaluator=evaluators[0]), "My cousin.", by=evaluators[0])

    after = [standing.entered(person).exists() for person in evaluators]
    may = [person.has_perm("pilots.enter_pilot", made) for person in evaluators]
    assert (before, asked, after, may) == ([False, False], [True, True], [False, True], [False, True])


def test_an_erased_evaluator_lets_no_guest_in(people, evaluators):
    made = finished(people)
    called(made, evaluators, people.wanda).evaluations.update(evaluator=None)

    assert list(standing.entered(people.guest)) == []


def test_the_evaluation_shows_beside_the_leads_view_once_it_is_concluded(people, evaluators):
    made = finished(people)
    found = score(called(made, evaluators, people.wanda), evaluators)
    before = {row.line for row in selectors.beside(people.guest, made)}

    evaluating.conclude(found, "well", "Firms came.", by=people.wanda)
    settle()

    rows = selectors.beside(people.guest, Pilot.objects.get())
    assert before == {None}
    assert {(row.own.value, row.line.median) for row in rows} == {(4, 3)}
    assert browser_of(people.guest).get(made.get_absolute_url()).context["pilot"].outcome == "well"


@pytest.mark.parametrize(("value", "allowed"), [(4, ["well", "partly", "not"]), (2, ["partly", "not"]), (0, ["not"])])
def test_the_conclusion_is_no_better_than_the_scores(people, evaluators, value, allowed):
    found = score(called(finished(people), evaluators, people.wanda), evaluators, value)

    outcomes = assessment.allowed_outcomes(found, assessment.picture(found))
    assert [one.code for one in outcomes] == allowed


def test_an_evaluated_pilot_counts_once(people, evaluators):
    finished_only = counted()
    made = concluded(people, evaluators)

    assert finished_only == []
    assert [(one.thing, one.pk, one.day, one.country) for one in counted()] == [
        ("pilots.pilot", made.pk, today(), "AT")
    ]


def test_abandoned_it_can_be_evaluated_anew(people, evaluators):
    made = finished(people)
    found = called(made, evaluators, people.wanda)

    evaluating.abandon(found, "Anew.", by=people.wanda)

    assert called(made, evaluators, people.wanda).pk != found.pk


def test_a_running_pilot_has_no_lessons_yet(people):
    with pytest.raises(PermissionDenied):
        services.write_lesson(running(people), by=people.marko, **LESSON)


@pytest.mark.parametrize("name", ["ana", "petra", "carl"])
def test_strangers_write_no_lessons(people, name):
    with pytest.raises(PermissionDenied):
        services.write_lesson(finished(people), by=people.named(name), **LESSON)


def test_a_lesson_becomes_a_draft_once_with_a_trail_back(people):
    lesson = services.write_lesson(finished(people), by=people.marko, **LESSON)
    first, second = (services.file_lesson(lesson, by=people.marko) for _twice in range(2))

    assert (first, first.kind, first.state, first.details["failure"]["en"]) == (
        second,
        "lesson",
        "draft",
        "Nobody read them.",
    )
    assert [region.code for region in first.regions.all()] == ["AT12"]
    related = [(row.words, row.title) for row in trails.around(people.marko, first)]
    assert related == [("was learned in", lesson.pilot.title)]
    with pytest.raises(ValidationError, match="in the repository already"):
        services.write_lesson(lesson.pilot, by=people.marko, lesson=lesson, **LESSON)


def test_a_published_lesson_stands_on_the_page_of_the_pilot(people, evaluators):
    made = concluded(people, evaluators)
    record = services.file_lesson(services.write_lesson(made, by=people.marko, **LESSON), by=people.marko)
    page = browser_of(people.guest)
    before = page.get(made.get_absolute_url()).context["lessons"]

    repository.publish(record)

    after = page.get(made.get_absolute_url() + "?again").context["lessons"]
    assert (before, [str(one.title) for one in after]) == ([], ["Vouchers need a guide"])


def test_from_the_leads_own_view_to_a_lesson_over_http(people, evaluators):
    made, browser, leader = finished(people), browser_of(people.marko), browser_of(people.wanda)
    own_view = reverse("pilots:assess_own", args=[made.pk])
    criteria = [one.pk for one in selectors.grid_of(made).criteria.all()]
    answers = {f"value_{pk}": "2" for pk in criteria} | {f"text_{pk}": "So so." for pk in criteria}

    wrong = browser.post(own_view, {**answers, f"text_{criteria[0]}": ""})
    browser.post(own_view, answers)
    asked = {"evaluators": [one.pk for one in evaluators], "due_on": (today() + timedelta(weeks=2)).isoformat()}
    leader.post(reverse("pilots:call_evaluators", args=[made.pk]), asked)
    typed = {name: text["en"] for name, text in LESSON.items()}
    browser.post(reverse("pilots:add_lesson", args=[made.pk]), typed)
    lesson = PilotLesson.objects.get()
    browser.post(reverse("pilots:file_lesson", args=[lesson.pk]))

    assert wrong.status_code == 400
    assert set(made.self_ratings.values_list("value", flat=True)) == {2}
    assert Assessment.objects.get().evaluations.count() == 2
    assert Record.objects.get(kind="lesson").title["en"] == "Vouchers need a guide"
    pages = [made.desk_address, reverse("pilots:evaluation", args=[made.pk])]
    assert [browser.get(page).status_code for page in pages] == [200, 200]
    assert browser_of(people.ana).get(reverse("pilots:evaluation", args=[made.pk])).status_code == 404


def test_a_report_page_reads_for_evaluators(people, evaluators):
    made = finished(people)
    called(made, evaluators, people.wanda)

    page = browser_of(evaluators[0]).get(made.reports.first().get_absolute_url())
    assert (page.status_code, page.context["may_review"]) == (200, False)
