import logging
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import JobKind, Sweep
from platform_core.identity.audit.waking import wake

from .models import Job, SweepRun

logger = logging.getLogger(__name__)


class LeaseLostError(Exception):
    """Another attempt has taken the job over; this one must write nothing more."""


def kind_of(code: str) -> JobKind:
    return next(kind for kind in declared(JobKind) if kind.code == code)


def start(kind: str, *, by=None, **arguments) -> Job:
    """Create the job in the caller's transaction and wake a worker on commit."""
    kind_of(kind)
    job = Job.objects.create(kind=kind, arguments=arguments, asked_by=by)
    transaction.on_commit(lambda: wake("jobs.run", str(job.pk)))
    return job


def lease_end():
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def claim(pk) -> Job | None:
    """Take a job that waits or whose holder has died; None when somebody else has it or all its attempts died."""
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=timezone.now())
    token = secrets.token_hex(16)
    taken = Job.objects.filter(free, pk=pk).update(
        state=Job.State.RUNNING, lease=token, lease_until=lease_end(), attempt=F("attempt") + 1, error=""
    )
    job = Job.objects.get(pk=pk) if taken else None
    if job and job.attempt > kind_of(job.kind).attempts:
        fail(job, f"Each of {job.attempt - 1} attempts ended with the worker that made it.")
        return None
    return job


def held(job: Job) -> models.QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, lease=job.lease, state=Job.State.RUNNING)


def renew(job: Job, **fields) -> None:
    if not held(job).update(lease_until=lease_end(), **fields):
        raise LeaseLostError(str(job))


def finish(job: Job, result) -> None:
    fields = {"state": Job.State.DONE, "result": result, "finished_at": timezone.now(), "lease": ""}
    if not held(job).update(**fields):
        raise LeaseLostError(str(job))


def fail(job: Job, reason: str) -> None:
    """Give up, or wait for another attempt when there are some left."""
    last = job.attempt >= kind_of(job.kind).attempts
    state = Job.State.FAILED if last else Job.State.WAITING
    ended = timezone.now() if last else None
    held(job).update(state=state, error=reason, lease="", lease_until=None, finished_at=ended)


def retry(job: Job) -> None:
    """Start a failed job again from the first attempt."""
    again = Job.objects.filter(pk=job.pk, state=Job.State.FAILED)
    if again.update(state=Job.State.WAITING, attempt=0, done=0, error="", finished_at=None):
        transaction.on_commit(lambda: wake("jobs.run", str(job.pk)))


def recover() -> int:
    """Wake workers for jobs nobody holds: never picked up, or left behind by a worker that died."""
    now = timezone.now()
    lost = Q(state=Job.State.WAITING, created_at__lt=now - timedelta(seconds=5))
    lost |= Q(state=Job.State.RUNNING, lease_until__lt=now)
    waiting = list(Job.objects.filter(lost).values_list("pk", flat=True))
    for pk in waiting:
        wake("jobs.run", str(pk))
    return len(waiting)


def release_all() -> int:
    """At the start of the embedded program no worker can be alive: what was running waits again."""
    return Job.objects.filter(state=Job.State.RUNNING).update(state=Job.State.WAITING, lease="", lease_until=None)


def tick() -> list[str]:
    """Run the sweeps that are due; one that fails is logged and stops no other."""
    ran = []
    for sweep in declared(Sweep):
        if begin(sweep):
            try:
                sweep.perform()
            except Exception:
                logger.exception("The sweep %s failed.", sweep.code)
            ran.append(sweep.code)
    return ran


def begin(sweep: Sweep) -> bool:
    """Mark a sweep as begun; False when another worker began it within its interval."""
    now = timezone.now()
    SweepRun.objects.get_or_create(code=sweep.code, defaults={"began_at": now - timedelta(days=1)})
    due = now - timedelta(minutes=sweep.minutes) + timedelta(seconds=5)
    return bool(SweepRun.objects.filter(code=sweep.code, began_at__lt=due).update(began_at=now))


def purge_jobs(before) -> int:
    return Job.objects.filter(finished_at__lt=before).delete()[0]
