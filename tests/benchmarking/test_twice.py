"""Who clicks twice, or on a page that is out of date, is led on and not told off."""

import pytest
from django.core.exceptions import ValidationError

from benchmarking.models import Label
from benchmarking.services import clusters
from platform_core.exchange.assessment import services as assessment
from tests.factories import policies, studies
from tests.factories.benchmarks import computed
from tests.people import add_member, browser_of, hold_anyway
from tests.settling import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def judges(people):
    made = [add_member(name, "full") for name in ("vera", "viktor")]
    for one in made:
        hold_anyway(one, "reviewer")
    return made


def statuses(browser, address: str, **typed) -> list[int]:
    return [browser.post(address, typed).status_code for _twice in range(2)]


def test_a_run_that_is_over_is_not_cancelled(people):
    run = computed(people.wanda)
    browser = browser_of(people.wanda)

    answer = browser.post(f"/en/desk/benchmarking/{run.benchmark.code}/runs/1/cancel/", follow=True)
    run.refresh_from_db()
    assert (run.state, answer.status_code) == ("done", 200)
    assert [str(told) for told in answer.context["messages"]] == ["It was over already; nothing was cancelled."]


def test_a_study_is_published_once(people):
    found = studies.cluster_map(people.wanda)
    clusters.compute(found, by=people.wanda)
    settle()

    assert (
        statuses(browser_of(people.wanda), f"/en/desk/benchmarking/studies/clusters/{found.code}/publish/") == [302] * 2
    )


def test_a_label_is_revoked_once(people, judges):
    cluster = policies.cluster()
    made = policies.verified(people, judges, policies.submitted(policies.manager(cluster), cluster))
    label = Label.objects.get(assessment=made)

    address = f"/en/desk/benchmarking/labels/{label.pk}/revoke/"
    assert statuses(browser_of(people.lena), address, reason="Closed.") == [302] * 2


def test_an_assessment_is_abandoned_once(people, judges):
    card = policies.scorecard(people.wanda)
    policies.measure(card, people.wanda)
    rating = policies.called(card, judges, people.wanda)
    browser = browser_of(people.lena)

    assert statuses(browser, f"{rating.get_absolute_url()}abandon/", reason="Asked by mistake.") == [302] * 2
    assert browser.get(f"{rating.get_absolute_url()}evaluators/").status_code == 302
    with pytest.raises(ValidationError, match="closed already"):
        assessment.abandon(rating, "Again", by=people.lena)
