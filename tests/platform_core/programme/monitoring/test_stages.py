"""Every list of evidence can be cut down by stage of the policy cycle, or says why its entries belong to none."""

import pytest
from django.core.cache import cache

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import IndicatorRule
from platform_core.programme.monitoring.models import Indicator
from platform_core.programme.monitoring.selectors.indicators import line
from tests.consultations.views.pages import parsed

STAGED = [
    "benchmarking.assessments",
    "benchmarking.policy_gains",
    "benchmarking.sectors",
    "consultations.policy_makers",
    "consultations.questionnaires",
    "consultations.results",
    "consultations.stakeholders",
    "monitoring.by_hand",
    "pilots.evaluated",
    "pilots.guidelines",
    "pilots.implemented",
    "pilots.mechanisms",
    "pilots.policies_improved",
    "pilots.reviews_published",
    "repository.guidance",
    "repository.practices",
]


def test_which_rules_name_stages():
    assert sorted(rule.code for rule in declared(IndicatorRule) if not rule.without_stage) == STAGED


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["o01", "o09"])
def test_the_page_says_why_there_is_none(client, code):
    cache.clear()
    reason = line(Indicator.objects.get(code=code)).rule.without_stage
    told = parsed(client.get(f"/en/programme/indicators/{code}/")).xpath(
        "//dt[.='Stage of the policy cycle']/../dd/text()"
    )

    assert told == ([f"None. {reason}"] if reason else [])
