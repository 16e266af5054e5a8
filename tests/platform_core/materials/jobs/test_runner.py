import time

import pytest

from platform_core.ground.vocabulary.models import Topic
from platform_core.materials.jobs import runner, services
from platform_core.materials.jobs.models import Job
from platform_core.materials.jobs.services import LeaseLostError
from tests.platform_core.identity.threads import IN_PARALLEL, TOGETHER

from .leases import let_lapse

pytestmark = pytest.mark.database


def taken_over(job: Job) -> Job:
    let_lapse(job)
    return services.claim(job.pk)


def test_run_carries_a_job_out_with_its_arguments(job, work):
    done = runner.run(job.pk)

    assert (done.state, done.result, done.attempt, done.lease) == ("done", {"done": True}, 1, "")
    assert work.attempts == [{"number": 7}]


def test_run_leaves_a_job_that_somebody_holds_alone(job, work):
    services.claim(job.pk)

    assert (runner.run(job.pk), work.attempts) == (None, [])


def test_progress_is_in_the_row_while_the_job_runs(job, work):
    seen = []

    def deed(run):
        run.progress(250, 1000, "Reading the answers")
        seen.append(Job.objects.values_list("state", "done", "total", "message").get(pk=job.pk))

    work.deed = deed
    runner.run(job.pk)

    assert seen == [("running", 250, 1000, "Reading the answers")]


@pytest.mark.parametrize(
    ("state", "done", "total", "percent"),
    [("waiting", 0, 0, 0), ("running", 1, 3, 33), ("running", 3, 3, 99), ("done", 1, 3, 100), ("failed", 1, 4, 25)],
)
def test_percent_is_full_only_when_the_job_is_done(state, done, total, percent):
    assert Job(state=state, done=done, total=total).percent == percent


def test_a_job_that_fails_is_tried_as_often_as_its_kind_says(job, work):
    work.deed = lambda run: {}["missing"]

    states = [runner.run(job.pk).state for _attempt in range(2)]

    assert (states, runner.run(job.pk), len(work.attempts)) == (["waiting", "failed"], None, 2)
    assert Job.objects.get(pk=job.pk).error == "KeyError: 'missing'"


def test_a_job_that_succeeds_at_last_tells_no_error(job, work):
    runner_deeds = [lambda run: 1 / 0, lambda run: {"pages": 1}]
    work.deed = lambda run: runner_deeds.pop(0)(run)

    first, second = runner.run(job.pk), runner.run(job.pk)

    assert (first.error, second.state, second.error) == ("ZeroDivisionError: division by zero", "done", "")


def test_what_a_job_wrote_before_it_failed_is_undone(job, work):
    def deed(run):
        with run.writing():
            Topic.objects.filter(pk=4).update(short={"en": "half done"})
            raise ZeroDivisionError

    work.deed = deed
    runner.run(job.pk)

    assert str(Topic.objects.get(pk=4).short) != "half done"


def test_writing_is_refused_once_the_lease_is_lost(job, work):
    refused = []

    def deed(run):
        taken_over(job)
        try:
            with run.writing():
                Topic.objects.filter(pk=4).update(short={"en": "written by the dead"})
        except LeaseLostError:
            refused.append(run.job.attempt)
            raise

    work.deed = deed
    after = runner.run(job.pk)

    assert (refused, after.state, after.attempt, after.error) == ([1], "running", 2, "")
    assert str(Topic.objects.get(pk=4).short) != "written by the dead"


def test_an_attempt_taken_over_does_not_end_the_job(job, work):
    holders = []
    work.deed = lambda run: holders.append(taken_over(job)) or {"from": "the dead"}

    after = runner.run(job.pk)

    assert (after.state, after.result, after.lease) == ("running", None, holders[0].lease)


def test_the_attempt_that_took_over_ends_the_job(job, work):
    services.claim(job.pk)
    let_lapse(job)

    after = runner.run(job.pk)

    assert (after.state, after.attempt, after.result) == ("done", 2, {"done": True})


def test_finish_waiting_carries_out_what_waits(db, work):
    for number in range(3):
        services.start("tests.work", number=number)

    assert runner.finish_waiting() == "3 files and jobs"
    assert (runner.finish_waiting(), work.attempts) == ("", [{"number": 0}, {"number": 1}, {"number": 2}])


@IN_PARALLEL
def test_a_long_job_keeps_its_lease(committed_rows, work, settings):
    settings.JOB_LEASE_SECONDS = 1
    job, leases = services.start("tests.work"), set()

    def deed(run):
        give_up = time.monotonic() + TOGETHER
        while len(leases) < 3 and time.monotonic() < give_up:
            leases.add(Job.objects.values_list("lease_until", flat=True).get(pk=job.pk))
            time.sleep(0.01)

    work.deed = deed
    after = runner.run(job.pk)

    assert (len(leases), after.state, after.attempt) == (3, "done", 1)
