import uuid

import pytest
from django.urls import reverse

from platform_core.materials.jobs import services
from platform_core.materials.jobs.models import Job
from tests.people import browser_of

STATUS = [
    ("lena", 200),
    ("wanda", 403),
    ("marko", 403),
    ("ana", 200),
    ("petra", 403),
    ("carl", 403),
    ("guest", 302),
]
REASON = "ValueError: <b>page 3</b> cannot be read"


@pytest.fixture
def failed(people, work) -> Job:
    """A job of ana's that has failed."""
    job = services.start("tests.work", by=people.ana)
    Job.objects.filter(pk=job.pk).update(state="failed", attempt=2, error=REASON)
    return job


@pytest.mark.parametrize(("name", "status"), STATUS)
def test_a_job_is_shown_to_its_owner_and_the_lead_partner(people, failed, name, status):
    response = browser_of(people.named(name)).get(failed.get_absolute_url())

    page = response.content.decode()
    shown = status == 200
    assert (response.status_code, page.count("&lt;b&gt;page 3&lt;/b&gt;")) == (status, int(shown))
    assert page.count(f'action="{reverse("jobs:retry", args=[failed.pk])}"') == int(shown)


@pytest.mark.parametrize(("name", "status"), STATUS)
def test_a_failed_job_is_tried_again_by_its_owner_and_the_lead_partner(people, failed, name, status):
    response = browser_of(people.named(name)).post(reverse("jobs:retry", args=[failed.pk]))

    may = status == 200
    assert response.status_code == (302 if may else status)
    assert Job.objects.get(pk=failed.pk).state == ("waiting" if may else "failed")


def test_trying_again_twice_begins_once(people, failed):
    browser, address = browser_of(people.ana), reverse("jobs:retry", args=[failed.pk])

    answers = [browser.post(address).url for _click in range(2)]

    assert answers == [failed.get_absolute_url()] * 2
    assert (Job.objects.count(), Job.objects.get(pk=failed.pk).state) == (1, "waiting")


def test_trying_again_is_no_link(people, failed):
    response = browser_of(people.ana).get(reverse("jobs:retry", args=[failed.pk]))

    assert (response.status_code, Job.objects.get(pk=failed.pk).state) == (405, "failed")


def test_a_running_job_asks_again_and_a_finished_one_does_not(people, work):
    job, browser = services.start("tests.work", by=people.ana), browser_of(people.ana)
    services.renew(services.claim(job.pk), done=1, total=4, message="Reading the answers")
    running = browser.get(job.get_absolute_url()).content.decode()
    services.finish(Job.objects.get(pk=job.pk), {})
    done = browser.get(job.get_absolute_url()).content.decode()

    assert [page.count("hx-trigger") for page in (running, done)] == [1, 0]
    assert [page.count("Reading the answers") for page in (running, done)] == [1, 0]
    assert [page.count('aria-valuenow="25"') for page in (running, done)] == [1, 0]


def test_polling_gets_the_moving_part_alone(people, failed):
    response = browser_of(people.ana).get(failed.get_absolute_url(), headers={"HX-Request": "true"})

    assert next(template.name for template in response.templates) == "jobs/progress.html"
    assert response.content.decode().count("<html") == 0


def test_a_job_that_is_not_there_is_not_found(people):
    response = browser_of(people.lena).get(reverse("jobs:show", args=[uuid.uuid4()]))

    assert response.status_code == 404
