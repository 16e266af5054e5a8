"""Having a benchmark computed: a run is frozen when it is asked for, and its results are there wholly or not at all."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job

from .. import recipes, steps
from ..models import Benchmark, DataVersion, Run, RunSource
from ..selectors import runs as selectors
from . import approvals

COMPUTE, REPRODUCE, DIAGNOSE = "benchmarking.run", "benchmarking.reproduce", "benchmarking.diagnose"
MOST_RUNS = 200


@transaction.atomic
def start(benchmark: Benchmark, *, by=None, note: str = "") -> Run:
    """Freeze the choices as a run and have it computed, or give the run that is under way."""
    benchmark = Benchmark.objects.select_for_update().get(pk=benchmark.pk)
    if by is not None:
        require(by, "benchmarking.start_run", benchmark)
    if under_way := selectors.under_way(benchmark):
        return under_way
    if hindering := steps.hindrances(benchmark):
        raise ValidationError(hindering)
    if benchmark.runs.count() >= MOST_RUNS:
        raise ValidationError(_("This benchmark has %(n)s runs. Please delete some first.") % {"n": MOST_RUNS})
    run = freeze(benchmark, by=by, note=note)
    audit.record("benchmarking.run_asked", run, by=by)
    set_off(run, by=by)
    return run


def freeze(benchmark: Benchmark, *, by, note: str) -> Run:
    chosen = recipes.frozen(benchmark)
    versions = DataVersion.objects.select_related("data_set").in_bulk(chosen["sources"])
    newest = benchmark.runs.order_by("-number").first()
    run = benchmark.runs.create(
        number=newest.number + 1 if newest else 1,
        note=note,
        recipe=chosen["recipe"],
        robustness=chosen["robustness"],
        structure=chosen["structure"],
        areas_asked=chosen["areas"],
        years=chosen["years"],
        inputs=[named(versions[pk]) for pk in chosen["sources"]],
        peer_study=benchmark.peer_study,
        peers_digest=chosen["peers"],
        code_version=recipes.code_version(),
        seed=chosen["robustness"].get("seed", 1),
        choices_sha256=recipes.fingerprint_of(chosen),
        asked_by=by,
    )
    RunSource.objects.bulk_create(
        RunSource(run=run, version_id=pk, order=order) for order, pk in enumerate(chosen["sources"])
    )
    access.set_audience(run, benchmark.audience_before)
    return run


def named(version: DataVersion) -> dict[str, str | int]:
    return {
        "version": version.pk,
        "data_set": version.data_set.code,
        "number": version.number,
        "sha256": version.sha256,
        "digest": version.digest,
    }


def set_off(run: Run, *, by) -> Job:
    job = jobs.start(COMPUTE, by=by, run=run.pk)
    Run.objects.filter(pk=run.pk).update(job=job.pk)
    return job


@transaction.atomic
def cancel(run: Run, *, by) -> Run:
    """Whoever computes notices at the next stage, and writes nothing."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state == Run.State.CANCELLED:
        return run
    if run.is_over and by.has_perm("benchmarking.start_run", run.benchmark):
        raise ValidationError(_("It was over already; nothing was cancelled."))
    require(by, "benchmarking.cancel_run", run)
    run.state, run.finished_at = Run.State.CANCELLED, timezone.now()
    run.save(update_fields=["state", "finished_at"])
    audit.record("benchmarking.run_cancelled", run, by=by)
    return run


@transaction.atomic
def retry(run: Run, *, by) -> Run:
    """What failed once more, with the same choices and data."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    if not run.is_over:
        return run
    require(by, "benchmarking.retry_run", run)
    if under_way := selectors.under_way(run.benchmark):
        raise ValidationError(_("Run %(number)s is being computed; please wait for it.") % {"number": under_way.number})
    run.state, run.error, run.finished_at = Run.State.WAITING, "", None
    run.code_version = recipes.code_version()
    run.save(update_fields=["state", "error", "finished_at", "code_version"])
    audit.record("benchmarking.run_asked", run, by=by)
    set_off(run, by=by)
    return run


@transaction.atomic
def delete(run: Run, *, by) -> None:
    run = Run.objects.select_for_update().get(pk=run.pk)
    require(by, "benchmarking.delete_run", run)
    if run.published_at:
        raise ValidationError(_("What was published is never deleted."))
    if approvals.current(run.benchmark).filter(run=run).exclude(answer="released").exists():
        raise ValidationError(_("Somebody is asked to approve this run. Take the benchmark back first."))
    access.drop_audience(run)
    audit.record("benchmarking.run_deleted", run, by=by, number=run.number)
    run.delete()


@transaction.atomic
def reproduce(run: Run, *, by) -> Job:
    """Compute everything again beside what is stored; gives the job that is under way where there is one."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    require(by, "benchmarking.reproduce_run", run)
    under_way = Job.objects.filter(
        kind=REPRODUCE, arguments__run=run.pk, state__in=(Job.State.WAITING, Job.State.RUNNING)
    ).first()
    if under_way:
        return under_way
    audit.record("benchmarking.reproduction_asked", run, by=by)
    return jobs.start(REPRODUCE, by=by, run=run.pk)


@transaction.atomic
def diagnose(benchmark: Benchmark, *, by) -> Job | None:
    """Have the choices looked at as they are now; nothing when there is too little to look at, or it was done."""
    benchmark = Benchmark.objects.select_for_update().get(pk=benchmark.pk)
    if by is not None:
        require(by, "benchmarking.read_benchmark_desk", benchmark)
    under_way = Job.objects.filter(
        kind=DIAGNOSE, arguments__benchmark=benchmark.pk, state__in=(Job.State.WAITING, Job.State.RUNNING)
    ).first()
    if under_way or steps.hindrances(benchmark):
        return under_way
    return jobs.start(DIAGNOSE, by=by, benchmark=benchmark.pk)


def end_lost() -> int:
    """Runs whose job failed with its worker are failed too, so that nobody waits for them."""
    waiting = Run.objects.filter(state__in=(Run.State.WAITING, Run.State.RUNNING), job__isnull=False)
    failed = dict(Job.objects.filter(pk__in=waiting.values("job"), state=Job.State.FAILED).values_list("pk", "error"))
    return sum(
        Run.objects.filter(job=job, state__in=(Run.State.WAITING, Run.State.RUNNING)).update(
            state=Run.State.FAILED, error=error[:2000], finished_at=timezone.now()
        )
        for job, error in failed.items()
    )
