"""Grids with parts and steps of their own, and scores that stand on evidence."""

import pytest
from django.core.exceptions import ValidationError

from platform_core.exchange.assessment import selectors, services
from platform_core.exchange.assessment.forms import EvaluationForm, scale_of
from platform_core.exchange.assessment.models import Evaluation, ScoreEvidence
from tests.factories.assessments import add_experts
from tests.factories.policies import called, line, measure, scorecard

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def raters(people):
    return add_experts()


@pytest.fixture
def own(people, raters):
    """The evaluation of the first rater; one line has a measure to stand on."""
    found = scorecard(people.wanda)
    measure(found, people.wanda)
    return called(found, raters, people.wanda).evaluations.get(evaluator=raters[0])


def given(own, code: str, value: int | None, reason: str = "Because.") -> dict:
    return {line(selectors.subject(own.assessment), code).pk: (value, reason)}


def pieces(own) -> list[str]:
    return [piece.key for piece in selectors.evidence_of(own.assessment)["t4-commitment"]]


def test_a_grid_with_steps_is_judged_by_them(own):
    assert [value for value, _words in scale_of(own.assessment.grid)] == ["4", "3", "2", "1", "0", ""]


@pytest.mark.parametrize(("value", "complete"), [(1, True), (2, False), (4, False)])
def test_higher_steps_need_evidence(own, value, complete):
    scores = given(own, "t4-commitment", value)
    if complete:
        services.submit(own, scores, "", by=own.evaluator)
    else:
        with pytest.raises(ValidationError, match="This step needs evidence"):
            services.submit(own, scores, "", by=own.evaluator)

    assert Evaluation.objects.get(pk=own.pk).state == ("submitted" if complete else "asked")


def test_a_score_names_what_it_stands_on(own):
    scores = given(own, "t4-commitment", 3)
    (pk,) = scores

    services.submit(own, scores, "", by=own.evaluator, evidence={pk: pieces(own)})

    assert [row.key for row in ScoreEvidence.objects.all()] == pieces(own)


def test_only_what_is_offered_for_the_line_is_evidence(own):
    scores = given(own, "t4-indicators", 3)
    (pk,) = scores

    with pytest.raises(ValidationError, match="not offered as evidence"):
        services.submit(own, scores, "", by=own.evaluator, evidence={pk: pieces(own)})


def test_what_is_not_judged_needs_no_reason_but_something_is_judged(own):
    with pytest.raises(ValidationError, match="at least one criterion"):
        services.submit(own, given(own, "t4-commitment", None, ""), "", by=own.evaluator)
    with pytest.raises(ValidationError, match="Every score needs its reason"):
        services.submit(own, given(own, "t4-commitment", 1, " "), "", by=own.evaluator)


def test_the_form_offers_evidence_where_there_is_some(own):
    form = EvaluationForm(evaluation=selectors.evaluation_for(own.evaluator, own.pk))

    offered = [name for name in form.fields if name.startswith("evidence_")]

    subject = selectors.subject(own.assessment)
    assert offered == [f"evidence_{line(subject, 't4-commitment').pk}"]
    assert len(form.parts()) == 6
