"""Scoring, ranking, short-list, letters and the set-up document."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.models import Assessment, Evaluation
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import may_see
from platform_core.materials.files.extraction import extract
from platform_core.materials.jobs import runner, services as jobs
from tests.factories.assessments import scores
from tests.factories.calls import (
    add_evaluators,
    closed,
    decided,
    eligible,
    opened,
    organisation_of,
    person,
    ranked,
    scored,
    sent,
)
from tests.people import add_member, browser_of
from tests.settling import settle
from workinggroups.models import Call, Candidate, Document, Expression, Letter, PageExport, SetUp
from workinggroups.selectors.ranking import Place, ranked as in_order, ranking
from workinggroups.services import candidates, letters, shortlist

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def due():
    return timezone.localdate() + timedelta(days=7)


@pytest.fixture
def call(people):
    """Closed; lena's, marko's and ana's organisations have answered and are eligible. Wanda evaluates."""
    found = opened(people.wanda)
    for one in (people.lena, people.marko):
        sent(found, one, people=[person(one.name, email=one.email)])
    sent(found, people.ana, people=[person("Ana", "wg_expert", email=people.ana.email)])
    found = closed(found)
    for expression in found.expressions.all():
        eligible(expression, people.wanda)
    return found


@pytest.fixture
def keys(people):
    return {name: organisation_of(people.named(name)).pk for name in ("lena", "marko", "ana")}


@pytest.fixture
def ready(people, call, keys):
    """Ranked and short-listed: lena and marko represent, ana helps."""
    ranked(call, people.wanda, {keys["lena"]: 4, keys["marko"]: 3, keys["ana"]: 3})
    return decided(call, people.wanda, dict.fromkeys(keys.values(), "accept"))


def order(call) -> list[tuple]:
    return [(one.expression.organisation.code, one.rank, one.score, one.tied) for one in ranking(call)]


def test_everybody_scores_alone_and_nobody_her_own_organisation(people, call):
    experts = add_evaluators()
    access.give_role(people.marko, "reviewer")

    shortlist.begin(call, [*experts, people.marko], by=people.wanda, due_on=due())

    given = {
        Expression.objects.get(pk=one.object_id).organisation.code: sorted(
            one.evaluations.values_list("evaluator__name", flat=True)
        )
        for one in Assessment.objects.all()
    }
    assert given == {
        "org-lena": ["Expert1", "Expert2", "Marko"],
        "org-marko": ["Expert1", "Expert2"],
        "org-ana": ["Expert1", "Expert2", "Marko"],
    }


def test_evaluators_see_what_they_score_and_nothing_else(people, call):
    experts = add_evaluators()
    before = [may_see(experts[0], one) for one in call.expressions.all()]
    shortlist.begin(call, experts, by=people.wanda, due_on=due())
    fresh = type(experts[0]).objects.get(pk=experts[0].pk)

    assert before == [False] * 3
    assert [may_see(fresh, one) for one in call.expressions.all()] == [True] * 3


def test_two_evaluators_without_interest_are_needed(people, call):
    access.give_role(people.marko, "reviewer")

    with pytest.raises(ValidationError, match="at least 2"):
        shortlist.begin(call, [people.marko, *add_evaluators(1)], by=people.wanda, due_on=due())
    assert Assessment.objects.count() == 0


def test_whoever_concludes_does_not_score(people, call):
    with pytest.raises(ValidationError, match="does not score"):
        shortlist.begin(call, [people.wanda, *add_evaluators()], by=people.wanda, due_on=due())


def test_eligibility_comes_first(people, call):
    Expression.objects.filter(organisation__code="org-ana").update(state="submitted")

    with pytest.raises(ValidationError, match="judged first"):
        shortlist.begin(call, add_evaluators(), by=people.wanda, due_on=due())


def test_the_ranking_is_by_score_with_ties(people, call, keys):
    found = scored(call, people.wanda, {keys["lena"]: 2, keys["marko"]: 4, keys["ana"]: 2})

    assert order(found) == [
        ("org-marko", 1, 100.0, False),
        ("org-ana", 2, 50.0, True),
        ("org-lena", 2, 50.0, True),
    ]


def test_what_does_not_pass_a_gate_has_no_place(people, call, keys):
    found = scored(call, people.wanda, dict.fromkeys(keys.values(), 3))
    evaluation = Evaluation.objects.filter(assessment__object_id=found.expressions.get(organisation=keys["ana"]).pk)
    evaluation.first().scores.filter(criterion__kind="gate").update(value=0)

    places = {one.expression.organisation.code: (one.rank, one.passes) for one in ranking(found)}
    assert places == {"org-lena": (1, True), "org-marko": (1, True), "org-ana": (None, False)}


def test_nothing_scored_is_nothing_ranked():
    assert in_order([]) == []
    assert Place(Expression(), None, None, 0, 0).passes is False


@pytest.mark.parametrize("number", [1, 3])
def test_the_ranking_costs_the_same_for_one_and_for_three(people, call, keys, number, django_assert_num_queries):
    call.expressions.exclude(organisation__in=list(keys.values())[:number]).update(state="ineligible")
    found = scored(call, people.wanda, dict.fromkeys(keys.values(), 3))

    with django_assert_num_queries(6):
        assert len(ranking(found)) == number


def test_a_ranking_needs_enough_evaluations(people, call):
    shortlist.begin(call, add_evaluators(), by=people.wanda, due_on=due())

    with pytest.raises(ValidationError, match="fewer than 2"):
        shortlist.settle(call, by=people.wanda)


def test_a_score_that_comes_later_asks_for_settling_again(people, call, keys):
    late = add_member("late", "full")
    access.give_role(late, "reviewer")
    experts = [*add_evaluators(), late]
    shortlist.begin(call, experts, by=people.wanda, due_on=due())
    for one in Assessment.objects.all():
        for evaluation in one.evaluations.exclude(evaluator=late):
            assessment.submit(evaluation, scores(one, core=4), "", by=evaluation.evaluator)
    shortlist.settle(call, by=people.wanda)
    decided(call, people.wanda, dict.fromkeys(keys.values(), "accept"))
    before = shortlist.hindrances(call)
    for evaluation in Evaluation.objects.filter(evaluator=late):
        assessment.submit(evaluation, scores(evaluation.assessment, core=0), "", by=late)
    for evaluation in Evaluation.objects.filter(evaluator=experts[0]):
        evaluation.scores.filter(criterion__kind="core").update(value=0)

    assert (before, shortlist.hindrances(call)) == (
        [],
        ["Scores have come in since the ranking was settled; settle it again."],
    )


def test_what_hinders_a_conclusion_is_told(people, call, keys):
    ranked(call, people.wanda, dict.fromkeys(keys.values(), 3))

    assert shortlist.hindrances(call) == [
        *(f"Nothing is decided yet for Organisation org-{name}." for name in ("ana", "lena", "marko")),
        *(f"The reasons are missing for Organisation org-{name}." for name in ("ana", "lena", "marko")),
    ]


def test_limits_and_consent_hinder_too(people, call, keys):
    Call.objects.update(representatives=1)
    Candidate.objects.filter(name="Ana").update(consent="asked")
    ranked(call, people.wanda, dict.fromkeys(keys.values(), 3))
    call.refresh_from_db()
    decided(call, people.wanda, dict.fromkeys(keys.values(), "accept"))

    assert shortlist.hindrances(call) == [
        "Ana has not agreed to be named.",
        "More organisations are accepted than the call seeks.",
    ]


def test_the_rule_of_composition_is_checked_live(people, call, keys):
    ranked(call, people.wanda, dict.fromkeys(keys.values(), 3))
    met = []
    for outcome in ("decline", "accept"):
        decided(call, people.wanda, dict.fromkeys(keys.values(), outcome))
        met.append([one.met for one in shortlist.proposal(call)])

    assert met == [[True, False, True, True, True], [True, True, True, True, True]]


def test_a_group_that_lacks_something_is_set_up_knowingly(people, call, keys):
    ranked(call, people.wanda, dict.fromkeys(keys.values(), 3))
    decided(call, people.wanda, dict.fromkeys(keys.values(), "decline"))

    with pytest.raises(ValidationError, match="Still lacking"):
        shortlist.conclude(call, by=people.wanda, reason="Nobody fits.")
    assert shortlist.conclude(call, by=people.wanda, reason="Nobody fits.", in_spite=True).state == "concluded"


@pytest.mark.parametrize("name", ["lena", "marko", "ana", "petra"])
def test_only_the_chair_concludes(people, ready, name):
    with pytest.raises(PermissionDenied):
        shortlist.conclude(ready, by=people.named(name), reason="x")


def test_nothing_is_told_before_the_conclusion_and_everything_after_it(people, ready):
    settle()
    before = Notice.objects.filter(kind="workinggroups.letter_sent").count()
    marko = type(people.marko).objects.get(pk=people.marko.pk)
    judged = Assessment.objects.get(object_id=Expression.objects.get(organisation__code="org-marko").pk)
    seen = [may_see(marko, judged)]
    shortlist.conclude(ready, by=people.wanda, reason="Good ones.")
    settle()

    seen.append(may_see(marko, judged))
    judged.refresh_from_db()
    told = Notice.objects.filter(kind="workinggroups.letter_sent", channel="site").order_by("recipient__name")
    assert (before, seen, judged.outcome) == (0, [False, True], "accept")
    assert list(told.values_list("recipient__name", "subject")) == [
        (name, "Accepted: Seats in the group") for name in ("Ana", "Lena", "Marko")
    ]


def test_a_second_click_concludes_nothing_more(people, ready):
    shortlist.conclude(ready, by=people.wanda, reason="Good ones.")
    with pytest.raises(PermissionDenied):
        shortlist.conclude(ready, by=people.wanda, reason="Good ones.")
    settle()

    assert (Letter.objects.count(), SetUp.objects.count()) == (3, 1)


def test_letters_say_places_and_reasons_and_are_kept_as_pdf(people, ready, tmp_path):
    letters.reword(
        ready, "accept", by=people.wanda, language="en", subject="Yes: {call}", text="{people} – {rank} – {reason}"
    )
    Expression.objects.filter(organisation__code="org-lena").update(reason="{people} is no place")
    shortlist.conclude(ready, by=people.wanda, reason="Good ones.")
    settle()

    letter = Letter.objects.get(expression__organisation__code="org-lena")
    path = tmp_path / "letter.pdf"
    with letter.file.content.open("rb") as content:
        path.write_bytes(content.read())
    assert (letter.subject, letter.text) == ("Yes: Seats in the group", "Lena – 1 – {people} is no place")
    assert "Lena – 1 – {people} is no place" in " ".join(extract(path, "application/pdf"))


def test_unknown_places_are_refused(people, ready):
    with pytest.raises(ValidationError, match="secret"):
        letters.reword(ready, "accept", by=people.wanda, language="en", subject="x", text="{secret}")


def test_a_seat_is_hers_once_she_takes_it(people, ready):
    shortlist.conclude(ready, by=people.wanda, reason="Good ones.")
    candidate = Candidate.objects.get(person=people.marko)
    before = RoleAssignment.objects.filter(person=people.marko).count()

    browser_of(people.marko).post(candidate.get_absolute_url(), {"deed": "take"})

    held = RoleAssignment.objects.get(person=people.marko)
    assert (before, held.role, held.scope) == (0, "wg_representative", "group:4")
    assert Candidate.objects.get(pk=candidate.pk).seat == "taken"


def test_a_refused_seat_goes_to_the_reserve_list_once(people, call, keys):
    ranked(call, people.wanda, dict.fromkeys(keys.values(), 3))
    decided(call, people.wanda, {keys["lena"]: "accept", keys["marko"]: "reserve", keys["ana"]: "decline"})
    shortlist.conclude(call, by=people.wanda, reason="x", in_spite=True)
    first, second = (Candidate.objects.get(person=people.named(name)) for name in ("lena", "marko"))
    with pytest.raises(ValidationError, match="No seat has been refused"):
        candidates.move_up(second, by=people.wanda)
    candidates.refuse_seat(first, by=people.lena)
    candidates.move_up(second, by=people.wanda)

    second.refresh_from_db()
    assert (second.seat, second.decision) == ("offered", "accept")


def test_nobody_takes_the_seat_of_another(people, ready):
    shortlist.conclude(ready, by=people.wanda, reason="x")

    with pytest.raises(PermissionDenied):
        candidates.take_seat(Candidate.objects.get(person=people.marko), by=people.lena)


def test_the_set_up_document_is_filed_as_page_pdf_and_docx(people, ready, tmp_path):
    shortlist.conclude(ready, by=people.wanda, reason="Good ones.")
    runner.finish_waiting()

    made = SetUp.objects.select_related("document").get()
    text = made.document.versions.get().text
    fingerprints = ready.expressions.values_list("fingerprint", flat=True)
    assert (made.document.state, made.document.group_id, made.seal in text) == (Document.State.DRAFT, 4, True)
    assert all(one in text for one in fingerprints)
    assert "| 1 | Organisation org-lena | Austria | 100.0 | Accepted | Reason accept. |" in text
    assert "- At most two experts: met" in text
    assert sorted(PageExport.objects.values_list("format", flat=True)) == ["docx", "pdf"]
    for export in PageExport.objects.all():
        path = tmp_path / export.format
        with export.file.open("rb") as content:
            path.write_bytes(content.read())
        kinds = {"pdf": "application/pdf", "docx": DOCX}
        assert "Reason accept." in " ".join(" ".join(extract(path, kinds[export.format])).split())


def test_what_people_typed_breaks_no_table_of_the_set_up_document(people, ready):
    Expression.objects.filter(organisation__code="org-lena").update(reason="one | two\nthree")
    shortlist.conclude(ready, by=people.wanda, reason="x")
    runner.finish_waiting()

    assert "| Accepted | one \\| two three |" in Document.objects.get().versions.get().text


def test_a_second_attempt_of_the_job_writes_no_second_document(people, ready):
    shortlist.conclude(ready, by=people.wanda, reason="x")
    runner.finish_waiting()
    held = SetUp.objects.get().document_id

    jobs.start("workinggroups.set_up_document", by=people.wanda, call=ready.pk, person=people.wanda.pk)
    runner.finish_waiting()
    assert (Document.objects.count(), SetUp.objects.get().document_id) == (1, held)
