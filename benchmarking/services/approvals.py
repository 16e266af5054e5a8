"""Approvals belong to exactly one run, named by its hash; any change of the benchmark makes them void."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from .. import recipes
from ..models import Benchmark, Run, RunApproval
from ..selectors import runs as selectors


def current(benchmark: Benchmark):
    return RunApproval.objects.filter(run__benchmark=benchmark, voided_at=None)


@transaction.atomic
def ask(run: Run, people: Iterable, *, by, due_on: date) -> list[RunApproval]:
    """Ask people whether this run may be published; each gets a case with that deadline."""
    benchmark = Benchmark.objects.select_for_update().get(pk=run.benchmark_id)
    run = Run.objects.select_for_update().get(pk=run.pk)
    require(by, "benchmarking.ask_approval_of_run", run)
    people = list(people)
    if not benchmark.is_open:
        raise ValidationError(_("This benchmark is published and does not change any more."))
    if not people:
        raise ValidationError({"people": _("Please choose whom you ask.")})
    if due_on < platform_day():
        raise ValidationError({"due_on": _("This day has passed.")})
    if current(benchmark).filter(answer="").exclude(person=None).exists():
        raise ValidationError(_("Somebody is asked already and has not answered yet."))
    if run.choices_sha256 != recipes.fingerprint(benchmark):
        raise ValidationError(_("The choices were changed since this run. Please compute it again first."))
    void(benchmark, by=by)
    asked = [run.approvals.create(sha256=run.sha256, person=person, asked_by=by, due_on=due_on) for person in people]
    for approval in asked:
        audit.record("benchmarking.run_approval_asked", approval, by=by)
    stand(benchmark, Benchmark.State.REVIEW)
    audit.record("benchmarking.review_opened", benchmark, by=by, run=run.number)
    return asked


def stand(benchmark: Benchmark, state: str) -> None:
    if benchmark.is_open and benchmark.state != state:
        benchmark.state = state
        benchmark.save(update_fields=["state"])


def handler(approval: RunApproval) -> str:
    return f"person:{approval.person_id}" if approval.person_id else "role:lead_partner"


def approve(approval: RunApproval, *, by, reason: str) -> None:
    answer(approval, RunApproval.Answer.APPROVE, by=by, reason=reason)


def ask_changes(approval: RunApproval, *, by, reason: str) -> None:
    answer(approval, RunApproval.Answer.CHANGES, by=by, reason=reason)


@transaction.atomic
def answer(approval: RunApproval, code: str, *, by, reason: str) -> None:
    """One answer; the last one decides."""
    require(by, "benchmarking.approve_run", approval)
    benchmark = Benchmark.objects.select_for_update().get(pk=approval.run.benchmark_id)
    approval = RunApproval.objects.select_for_update().select_related("run").get(pk=approval.pk)
    if approval.voided_at or approval.answer or approval.sha256 != approval.run.sha256:
        raise ValidationError(_("The benchmark was changed since you were asked, so there is nothing to approve."))
    approval.answer, approval.remarks, approval.answered_at = code, reason, timezone.now()
    approval.save(update_fields=["answer", "remarks", "answered_at"])
    decide(benchmark, approval.run, by=by)


@transaction.atomic
def let_go(approval: RunApproval, *, by) -> None:
    """Somebody is asked no longer; with nobody left there is no review."""
    benchmark = Benchmark.objects.select_for_update().get(pk=approval.run.benchmark_id)
    approval.answer = RunApproval.Answer.RELEASED
    approval.save(update_fields=["answer"])
    if approval.voided_at is None:
        decide(benchmark, approval.run, by=by)


def decide(benchmark: Benchmark, run: Run, *, by) -> None:
    standing = selectors.standing(run)
    if standing == "asked":
        return
    stand(benchmark, Benchmark.State.APPROVED if standing == "approved" else Benchmark.State.DRAFT)
    audit.record("benchmarking.review_closed", benchmark, by=by, run=run.number, outcome=standing)


def void(benchmark: Benchmark, *, by) -> None:
    """What was approved, or is being looked at, holds no longer."""
    gone = list(current(benchmark).exclude(answer=RunApproval.Answer.RELEASED).values_list("pk", flat=True))
    current(benchmark).update(voided_at=timezone.now())
    stand(benchmark, Benchmark.State.DRAFT)
    if gone:
        audit.record("benchmarking.run_approval_void", benchmark, by=by, approvals=gone)


@transaction.atomic
def take_back(benchmark: Benchmark, *, by) -> Benchmark:
    """Into preparation again; approvals are void, whoever has given them."""
    benchmark = Benchmark.objects.select_for_update().get(pk=benchmark.pk)
    require(by, "benchmarking.take_back_benchmark", benchmark)
    void(benchmark, by=by)
    audit.record("benchmarking.benchmark_taken_back", benchmark, by=by)
    return benchmark


def end_cases(event) -> None:
    """The reaction to void approvals, in its own transaction: answering locks the case before the benchmark."""
    for approval in RunApproval.objects.filter(pk__in=event.payload["approvals"], answer=RunApproval.Answer.NONE):
        cases.end_about(approval, by=None)
