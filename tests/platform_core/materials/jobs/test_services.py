import logging
import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from platform_core.ground.registry.kinds import Sweep
from platform_core.materials.jobs import selectors, services
from platform_core.materials.jobs.models import Job
from platform_core.materials.jobs.services import LeaseLostError
from tests.platform_core.ground.registry.declaring import declaring
from tests.platform_core.identity.threads import TOGETHER, in_parallel, with_several_writers

from .leases import age_sweeps, let_lapse

pytestmark = pytest.mark.database


def stored(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


# Starting and claiming


def test_start_keeps_a_waiting_job_and_wakes_a_worker_on_commit(people, work, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as wakened:
        job = services.start("tests.work", by=people.ana, number=7)

    assert (job.state, job.arguments, job.asked_by) == ("waiting", {"number": 7}, people.ana)
    assert len(wakened) == 1


def test_start_is_undone_with_its_transaction(db, work, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as wakened, transaction.atomic():
        services.start("tests.work")
        transaction.set_rollback(True)

    assert (Job.objects.count(), wakened) == (0, [])


def test_a_waiting_job_is_claimed_once(job):
    claimed = services.claim(job.pk)

    assert (claimed.state, claimed.attempt, len(claimed.lease)) == ("running", 1, 32)
    assert claimed.lease_until > timezone.now()
    assert services.claim(job.pk) is None


def test_a_job_whose_lease_has_lapsed_is_claimed_by_the_next(job):
    first = services.claim(job.pk)
    let_lapse(job)

    second = services.claim(job.pk)

    assert (second.attempt, second.state, second.lease == first.lease) == (2, "running", False)


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED])
def test_a_job_that_is_over_is_not_claimed(job, state):
    Job.objects.filter(pk=job.pk).update(state=state, lease_until=timezone.now() - timedelta(days=1))

    assert services.claim(job.pk) is None
    assert stored(job).state == state


@with_several_writers
def test_a_job_is_claimed_by_one_of_two_workers_at_once(committed_rows, work):
    job = services.start("tests.work")
    ready, claims = threading.Barrier(2), []

    def claim():
        ready.wait(TOGETHER)
        claims.append(services.claim(job.pk))

    in_parallel(claim, claim)

    assert [found.attempt for found in claims if found] == [1]


# A lease that was lost


@pytest.mark.parametrize(
    "write",
    [
        lambda job: services.renew(job, done=5, total=9),
        lambda job: services.finish(job, {"from": "the dead"}),
    ],
    ids=["renew", "finish"],
)
def test_an_attempt_that_lost_its_lease_may_not_write(job, write):
    first = services.claim(job.pk)
    let_lapse(job)
    second = services.claim(job.pk)

    with pytest.raises(LeaseLostError):
        write(first)

    assert (stored(job).lease, stored(job).done, stored(job).result) == (second.lease, 0, None)


def test_an_attempt_that_lost_its_lease_cannot_fail_the_job(job):
    first = services.claim(job.pk)
    let_lapse(job)
    services.claim(job.pk)

    services.fail(first, "a complaint of the dead")

    assert (stored(job).state, stored(job).error) == ("running", "")


def test_renewing_moves_the_lease_on(job):
    claimed = services.claim(job.pk)
    let_lapse(job)

    services.renew(claimed, done=3, total=4)

    assert stored(job).lease_until > timezone.now()
    assert (stored(job).percent, stored(job).lease) == (75, claimed.lease)


# Ends


def test_finish_keeps_the_result_and_gives_the_lease_back(job):
    services.finish(services.claim(job.pk), {"pages": 2})

    assert (stored(job).state, stored(job).result, stored(job).lease) == ("done", {"pages": 2}, "")
    assert (stored(job).percent, stored(job).is_over, bool(stored(job).finished_at)) == (100, True, True)


def test_a_failed_attempt_waits_for_the_next(job):
    services.fail(services.claim(job.pk), "no luck")

    assert (stored(job).state, stored(job).error, stored(job).finished_at) == ("waiting", "no luck", None)


def test_the_last_failed_attempt_ends_the_job_with_its_reason(job):
    services.fail(services.claim(job.pk), "no luck")
    services.fail(services.claim(job.pk), "no luck again")

    assert (stored(job).state, stored(job).error, stored(job).is_over) == ("failed", "no luck again", True)


def test_a_job_that_kills_every_worker_is_given_up(job):
    for _attempt in range(2):
        services.claim(job.pk)
        let_lapse(job)

    assert services.claim(job.pk) is None
    assert (stored(job).state, stored(job).error) == (
        "failed",
        "Each of 2 attempts ended with the worker that made it.",
    )


def test_retry_begins_again_from_the_first_attempt(job):
    Job.objects.filter(pk=job.pk).update(state="failed", attempt=2, done=3, error="no luck", finished_at=timezone.now())

    services.retry(job)

    again = stored(job)
    assert (again.state, again.attempt, again.done, again.error, again.finished_at) == ("waiting", 0, 0, "", None)
    assert services.claim(job.pk).attempt == 1


@pytest.mark.parametrize("state", [Job.State.WAITING, Job.State.RUNNING, Job.State.DONE])
def test_retry_leaves_a_job_that_has_not_failed_alone(job, state):
    Job.objects.filter(pk=job.pk).update(state=state, attempt=1, result={"pages": 2})

    services.retry(job)

    assert (stored(job).state, stored(job).attempt, stored(job).result) == (state, 1, {"pages": 2})


# Jobs nobody holds


def test_recover_wakes_for_lost_jobs_alone(db, work):
    lapsed, forgotten, held, _fresh, done = [services.start("tests.work") for _job in range(5)]
    for claimed in (lapsed, held, done):
        services.claim(claimed.pk)
    services.finish(stored(done), {})
    let_lapse(lapsed)
    Job.objects.filter(pk=forgotten.pk).update(created_at=timezone.now() - timedelta(minutes=1))

    assert services.recover() == 2
    assert (services.claim(held.pk), services.claim(done.pk)) == (None, None)
    assert [services.claim(lost.pk).attempt for lost in (lapsed, forgotten)] == [2, 1]


def test_release_all_lets_running_jobs_wait_again(db, work):
    running, waiting, done = [services.start("tests.work") for _job in range(3)]
    services.claim(running.pk)
    services.finish(services.claim(done.pk), {})

    assert services.release_all() == 1
    assert [stored(job).state for job in (running, waiting, done)] == ["waiting", "waiting", "done"]
    assert services.claim(running.pk).attempt == 2


def test_latest_is_of_the_kind_and_arguments(db, work):
    services.start("tests.work", number=1)
    second = services.start("tests.work", number=1)
    services.start("tests.work", number=2)

    assert selectors.latest("tests.work", number=1) == second
    assert selectors.latest("tests.work", number=3) is None


# The tick


def test_tick_runs_a_sweep_once_in_its_interval(db):
    swept = []
    hourly = Sweep(code="tests.hourly", perform=lambda: swept.append("hourly"), minutes=60)
    minutely = Sweep(code="tests.minutely", perform=lambda: swept.append("minutely"))

    with declaring(hourly, minutely):
        ran = [services.tick(), services.tick()]
        age_sweeps(2)
        ran.append(services.tick())
        age_sweeps(61)
        ran.append(services.tick())

    assert [[code for code in codes if code.startswith("tests.")] for codes in ran] == [
        ["tests.hourly", "tests.minutely"],
        [],
        ["tests.minutely"],
        ["tests.hourly", "tests.minutely"],
    ]
    assert swept == ["hourly", "minutely", "minutely", "hourly", "minutely"]


@pytest.mark.logs_errors
def test_tick_survives_a_sweep_that_fails(db, caplog):
    swept = []
    broken = Sweep(code="tests.broken", perform=lambda: 1 / 0)

    with declaring(broken, Sweep(code="tests.after", perform=lambda: swept.append("after"))):
        ran = services.tick()

    assert ([code for code in ran if code.startswith("tests.")], swept) == (["tests.broken", "tests.after"], ["after"])
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert errors == ["The sweep tests.broken failed."]


@with_several_writers
def test_a_sweep_is_begun_by_one_of_two_ticks_at_once(committed_rows):
    sweep, ready, begun = Sweep(code="tests.sweep", perform=list), threading.Barrier(2), []

    def begin():
        ready.wait(TOGETHER)
        begun.append(services.begin(sweep))

    in_parallel(begin, begin)

    assert sorted(begun) == [False, True]
