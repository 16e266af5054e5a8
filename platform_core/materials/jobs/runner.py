"""Carries out one attempt at a job: claims it, keeps its lease alive, writes its end."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string

from platform_core.identity.audit import services as audit

from . import services
from .models import Job
from .services import LeaseLostError

logger = logging.getLogger(__name__)


class Run:
    """What a job's `perform` is given: says how far it is, and guards what it writes."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def progress(self, done: int, total: int, message: str = "") -> None:
        services.renew(self.job, done=done, total=total, message=message)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that commits only if this attempt still holds the job."""
        with transaction.atomic():
            if not services.held(self.job).select_for_update().exists():
                raise LeaseLostError(str(self.job))
            yield


def run(pk) -> Job | None:
    job = services.claim(pk)
    if job is None:
        return None
    with heartbeat(job):
        try:
            perform = import_string(services.kind_of(job.kind).perform)
            services.finish(job, perform(Run(job), **job.arguments))
        except LeaseLostError:
            logger.warning("The job %s was taken over by another attempt.", job)
        except Exception as error:
            logger.warning("The job %s failed.", job, exc_info=True)
            services.fail(job, f"{type(error).__name__}: {error}"[:2000])
    job.refresh_from_db()
    if job.state == Job.State.WAITING:
        services.wake("jobs.run", str(job.pk))
    return job


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    """Renews the lease from a thread, so that long computations keep it and a killed process does not."""
    stop = threading.Event()
    thread = threading.Thread(target=beat, args=(job, stop), daemon=True)
    if not connection.in_atomic_block:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        if thread.is_alive():
            thread.join()


def beat(job: Job, stop: threading.Event) -> None:
    try:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 4):
            try:
                services.renew(job)
            except DatabaseError as error:
                logger.warning("The lease of %s could not be renewed this time: %s", job, error)
                connection.close()
    except LeaseLostError:
        pass
    finally:
        connection.close()


def finish_waiting() -> str:
    """Carry out here and now what waits, and what that starts; used when the demonstration is loaded without a worker."""
    done = 0
    while waiting := list(Job.objects.filter(state=Job.State.WAITING).values_list("pk", flat=True)):
        done += sum(run(pk) is not None for pk in waiting)
    return f"{done} files and jobs" if done else ""


def finish_demonstration() -> str:
    """All that waits, and what the events it writes start in their turn."""
    told = []
    while did := [words for words in (audit.settle(), finish_waiting()) if words]:
        told += did
    return ", ".join(told)
