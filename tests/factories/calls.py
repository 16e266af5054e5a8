from datetime import datetime, timedelta

from django.utils import timezone

from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.models import Assessment
from platform_core.identity.access import services as access
from tests.factories.assessments import scores
from tests.factories.workinggroups import group
from tests.people import add_member
from tests.settling import settle
from workinggroups.models import Call, Candidate, Expression
from workinggroups.selectors.ranking import KIND
from workinggroups.services import calls, candidates, expressions, shortlist


def draft(by, of: int = 4, **fields) -> Call:
    told = {"title": {"en": "Seats in the group"}, "text": {"en": "We seek people who know cluster policy."}, **fields}
    return calls.draft(group(of), by=by, **told)


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


def opened(by, *, days: float = 7, **fields) -> Call:
    return calls.open_call(draft(by, **fields), by=by, closes_at=in_days(days))


def person(name: str = "Nadia", role: str = "wg_representative", **fields) -> dict:
    told = {"name": name, "email": f"{name.lower()}@example.org", "experience": "Ten years."}
    return {"role": Candidate.Role(role), **told, "competences": ["Cluster policy"], "cv": None, **fields}


def organisation_of(by):
    return by.affiliations.get().organisation


def sent(call: Call, by, *, people: list | None = None, edition: int = 0, text: str = "Because.") -> Expression:
    answers = {question.pk: text for question in call.questions.all()}
    named = people or [person(f"of-{by.name}")]
    return expressions.submit(call, organisation_of(by), by=by, edition=edition, answers=answers, people=named)


def closed(call: Call) -> Call:
    """The call after its end."""
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    calls.close_due()
    settle()
    return Call.objects.get(pk=call.pk)


def eligible(expression: Expression, by, agrees: bool = True) -> Expression:
    for one in expression.candidates.filter(consent="asked"):
        Candidate.objects.filter(pk=one.pk).update(consent="given" if agrees else "asked")
    return expressions.judge(expression, by=by, findings={}, reason="")


def add_evaluators(number: int = 2) -> list:
    people = [add_member(f"expert{place}", "full") for place in range(1, number + 1)]
    for one in people:
        access.give_role(one, "reviewer")
    return people


def scored(call: Call, by, values: dict[int, int], people: list | None = None) -> Call:
    """Every expression scored by all evaluators with one value for its core criteria, by the organisation's key."""
    experts = people or add_evaluators()
    shortlist.begin(call, experts, by=by, due_on=timezone.localdate() + timedelta(days=7))
    for one in Assessment.objects.filter(kind=KIND, state="open"):
        value = values[Expression.objects.get(pk=one.object_id).organisation_id]
        for evaluation in one.evaluations.filter(state="asked"):
            assessment.submit(evaluation, scores(one, core=value), "", by=evaluation.evaluator)
    settle()
    return Call.objects.get(pk=call.pk)


def ranked(call: Call, by, values: dict[int, int]) -> Call:
    return shortlist.settle(scored(call, by, values), by=by)


def decided(call: Call, by, outcomes: dict[int, str]) -> Call:
    """Short-listed as `outcomes` say, by the organisation's key."""
    rows = Candidate.objects.filter(expression__call=call, expression__state="eligible").select_related("expression")
    seats = {one.pk: outcomes[one.expression.organisation_id] for one in rows}
    reasons = {one.expression_id: f"Reason {outcomes[one.expression.organisation_id]}." for one in rows}
    return shortlist.decide(call, by=by, seats=seats, reasons=reasons)


def agreed(candidate: Candidate) -> Candidate:
    return candidates.answer(candidate, True, by=candidate.person)
