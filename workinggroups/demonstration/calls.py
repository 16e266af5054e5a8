"""A call from its opening to its conclusion, an open one with sealed answers, and a concept paper that is begun."""

import json
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.models import Criterion, Evaluation
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User
from platform_core.people.members.selectors import acts_for

from ..models import Call, Candidate, Expression, WorkingGroup
from ..selectors.documents import last_version
from ..selectors.ranking import KIND
from ..services import calls, candidates, expressions, setups, shortlist

SOON = timedelta(hours=1)


def person(code: str) -> User:
    return User.objects.get(email=f"{code}@example.org")


def load() -> str:
    rows = json.loads((Path(__file__).parent / "calls.json").read_text(encoding="utf-8"))
    done = [conclude(rows["concluded"]), keep_open(rows["open"]), begin_concept(rows["concept"])]
    return f"{sum(done)} steps of setting up working groups" if any(done) else ""


def opened(row: dict, closes_in: timedelta) -> Call | None:
    """The call with what was answered; None when the group has calls already."""
    group, leader = WorkingGroup.objects.get(pk=row["group"]), person(row["leader"])
    if group.calls.exists():
        return None
    call = calls.draft(group, by=leader, title=row["title"], text=row["text"], representatives=0, experts=2)
    call = calls.open_call(call, by=leader, closes_at=timezone.now() + closes_in)
    questions = list(call.questions.values_list("pk", flat=True))
    for one in row["expressions"]:
        sender = person(one["by"])
        named = {"role": Candidate.Role.EXPERT, "name": sender.name, "email": sender.email, "cv": None}
        named |= {name: one[name] for name in ("experience", "competences")}
        organisation = acts_for(sender.pk)
        if organisation is not None:
            told = dict(zip(questions, row["answers"], strict=False))
            expressions.submit(call, organisation, by=sender, edition=0, answers=told, people=[named])
    return call


def keep_open(row: dict) -> int:
    return 1 if opened(row, timedelta(days=row["days"])) else 0


def conclude(row: dict) -> int:
    """Every step as people would take it, one after the other."""
    call, leader = opened(row, SOON), person(row["leader"])
    if call is None:
        return 0
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())
    calls.close(call.pk)
    told = {acts_for(person(one["by"]).pk): one for one in row["expressions"]}
    for expression in call.expressions.select_related("organisation", "call"):
        for candidate in expression.candidates.select_related("person"):
            candidates.answer(candidate, True, by=candidate.person)
        expressions.judge(expression, by=leader, findings={}, reason="")
    due_on = platform_day() + timedelta(days=7)
    shortlist.begin(call, [person(code) for code in row["evaluators"]], by=leader, due_on=due_on)
    for evaluation in Evaluation.objects.filter(assessment__kind=KIND).select_related("assessment__grid", "evaluator"):
        score(evaluation, told)
    shortlist.settle(call, by=leader)
    rows = {one.pk: told[one.organisation] for one in call.expressions.select_related("organisation")}
    people = Candidate.objects.filter(expression__call=call).values_list("pk", "expression")
    seats = {pk: rows[expression]["decision"] for pk, expression in people}
    shortlist.decide(call, by=leader, seats=seats, reasons={pk: one["reason"] for pk, one in rows.items()})
    shortlist.conclude(call, by=leader, reason=row["why"], in_spite=True)
    return 1


def score(evaluation: Evaluation, told: dict) -> None:
    expression = Expression.objects.select_related("organisation").get(pk=evaluation.assessment.object_id)
    value = told[expression.organisation]["score"]
    criteria = evaluation.assessment.grid.criteria.all()
    given = {
        one.pk: (1 if one.kind == Criterion.Kind.GATE else value, "Invented for the demonstration.") for one in criteria
    }
    assessment.submit(evaluation, given, "", by=evaluation.evaluator)


def begin_concept(row: dict) -> int:
    group, leader = WorkingGroup.objects.get(pk=row["group"]), person(row["leader"])
    if hasattr(group, "concept_paper"):
        return 0
    document = setups.begin_concept(group, by=leader, language="en")
    for code, text in row["sections"].items():
        setups.write_section(document, code, text, by=leader, base=last_version(document).number)
    return 1
