from datetime import timedelta

from django.utils import timezone

from platform_core.exchange.assessment import services
from platform_core.exchange.assessment.models import Assessment, Criterion, Evaluation
from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.identity.access import services as access
from platform_core.identity.accounts.models import User
from repository import validation
from repository.models import Record
from tests.factories.repository import record
from tests.people import Cast, add_member
from tests.settling import settle


def add_experts(number: int = 2) -> list[User]:
    """Experts of working group 4 who act for full members of their own."""
    people = [add_member(f"expert{place}", "full") for place in range(1, number + 1)]
    for person in people:
        access.give_role(person, "reviewer")
    return people


def asked(people: Cast, **fields) -> Record:
    """A practice of marko's whose validation he has asked for."""
    made = record("Vouchers", code="vouchers", by=people.marko, **fields)
    validation.ask(made, by=people.marko)
    settle()
    return Record.objects.get(pk=made.pk)


def passed(people: Cast, experts: list[User], **fields) -> Assessment:
    asked(people, **fields)
    day = timezone.localdate() + timedelta(weeks=4)
    cases.answer(Case.objects.get(), "pass", by=people.lena, reason="Well told.", evaluators=experts, due_on=day)
    settle()
    return Assessment.objects.get()


def scores(assessment: Assessment, *, gate: int | None = 1, core: int | None = 3, qualifier: int | None = 0) -> dict:
    values = {Criterion.Kind.GATE: gate, Criterion.Kind.CORE: core, Criterion.Kind.QUALIFIER: qualifier}
    return {one.pk: (values[one.kind], f"Because of {one.code}.") for one in assessment.grid.criteria.all()}


def evaluated(assessment: Assessment, *each: dict) -> Assessment:
    """Submit one evaluation after another, each with scores of its own."""
    for evaluation, given in zip(assessment.evaluations.filter(state="asked"), each, strict=False):
        services.submit(evaluation, scores(assessment, **given), "", by=evaluation.evaluator)
    settle()
    return Assessment.objects.get(pk=assessment.pk)


def evaluation_of(person: User) -> Evaluation:
    return Evaluation.objects.get(evaluator=person)
