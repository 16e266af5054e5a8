"""Each counting rule by an example that meets it: its events alone tell of it, and it is counted as its rule says.

What random histories (`test_histories`) do not come by is met here; a rule without an example fails.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from benchmarking.models import ClusterRow, Label
from benchmarking.services import excellence, studies as study_services
from consultations import publication, results, selectors, services as consultations
from consultations.models import Response
from pilots.selectors import patterns as pattern_selectors
from pilots.services import evaluations, patterns
from platform_core.exchange.assessment import services as evaluating
from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import IndicatorRule
from platform_core.identity.accounts.models import User
from platform_core.materials.jobs import runner
from platform_core.people.members import services as members
from platform_core.programme.monitoring.models import Evidence, Indicator
from platform_core.programme.monitoring.services import evidence, handing_in
from tests.factories import calls, pilots, reviews, studies, training
from tests.factories.assessments import add_experts
from tests.factories.changes import confirmed
from tests.factories.consultations import consultation
from tests.factories.events import event
from tests.factories.indicators import handed_in
from tests.factories.mechanisms import published as mechanism
from tests.factories.meetings import minuted
from tests.factories.network import network
from tests.factories.policies import cluster, manager, published as judged, submitted, verified
from tests.factories.readings import run
from tests.factories.repository import record
from tests.factories.workinggroups import approved, change, group
from tests.people import add_member, add_organisation, add_person, hold_anyway
from tests.pilots.test_patterns import written
from tests.settling import settle
from workinggroups.models import SetUp
from workinggroups.services import minutes, setups, shortlist

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AT_NIGHT = {"members.policy_makers", "network.networks", "consultations.stakeholders", "benchmarking.assessments"}
WEEK = timedelta(days=7)
BY_HAND = "monitoring.by_hand"
EXAMPLES: dict[Callable, tuple[str, ...]] = {}


def meets(*codes: str) -> Callable:
    """Names the rules that an example meets."""

    def noted(example: Callable) -> Callable:
        EXAMPLES[example] = codes
        return example

    return noted


def experts_held() -> list[User]:
    return list(User.objects.filter(email__startswith="expert").order_by("pk")) or add_experts()


@meets(BY_HAND)
def evidence_that_was_approved(people):
    handing_in.approve(handed_in(people.ana), by=people.lena)


@meets("network.networks")
def a_network_of_three(people):
    made = network(people.marko, [add_organisation("second", country="BG"), add_organisation("third", country="SI")])
    made.seats.update(state="confirmed", confirmed_on=timezone.localdate())


@meets("events.workshops")
def a_public_workshop_on_all_topics(people):
    event(days=-2, topics=range(1, 7))


@meets("members.policy_makers")
def an_official(people):
    members.affiliate(add_person("official"), add_organisation("ministry", kind="national_authority"))


def reviewed(document, by) -> None:
    rita = User.objects.filter(email="rita@example.org").first()
    if rita is None:
        rita = add_member("rita", "full")
        hold_anyway(rita, "wg_representative", scope="group:4")
    approved(document, by, rita, timezone.localdate() + WEEK)


@meets("workinggroups.concept_papers")
def a_concept_paper_that_was_approved(people):
    paper = setups.begin_concept(group(), by=people.wanda, language="en")
    reviewed(change(paper, people.wanda, text="## Background\n\nWords.\n"), people.wanda)


def answered(people) -> tuple:
    call = calls.opened(people.wanda)
    for one in (people.lena, people.marko):
        calls.sent(call, one, people=[calls.person(one.name, email=one.email)])
    return calls.closed(call), {calls.organisation_of(one).pk for one in (people.lena, people.marko)}


@meets("workinggroups.expressions")
def expressions_to_a_call_that_closed(people):
    answered(people)


@meets("workinggroups.setups")
def a_set_up_document_that_was_approved(people):
    call, own = answered(people)
    for one in call.expressions.all():
        calls.eligible(one, people.wanda)
    shortlist.settle(calls.scored(call, people.wanda, dict.fromkeys(own, 3), experts_held()), by=people.wanda)
    decided = calls.decided(call, people.wanda, dict.fromkeys(own, "accept"))
    shortlist.conclude(decided, by=people.wanda, reason="Good ones.", in_spite=True)
    runner.finish_waiting()
    reviewed(SetUp.objects.get().document, people.wanda)


@meets("workinggroups.meetings")
def a_meeting_with_final_minutes(people):
    minutes.finalise(minuted(people.wanda)[0], by=people.wanda)


@meets("repository.practices", "repository.guidance", "repository.online")
def records_on_every_topic(people):
    for topic in range(1, 7):
        record(f"Practice {topic}", topics=[topic])
    record("How to", kind="guideline")


@meets(
    "consultations.questionnaires", "consultations.results", "consultations.stakeholders", "consultations.policy_makers"
)
def a_consultation_answered_by_an_authority(people):
    found = consultation()
    row = {"questionnaire": found.versions.get(), "language": "en", "channel": "", "day": timezone.localdate()}
    for kind in ("regional_authority", "enterprise"):
        Response.objects.create(**row, answers={"org_type": kind, "country": "AT"})
    closed = consultations.close(found)
    version = found.versions.get()
    answers = list(selectors.responses(closed).order_by("pk").values_list(*results.COLUMNS))
    results.keep(closed, version, results.report_on(closed, version, answers), len(answers))
    publication.publish_results(closed, by=people.wanda, languages=("en",))


@meets("benchmarking.assessments")
def a_benchmark_that_was_published(people):
    run()


@meets("benchmarking.policy_gains")
def policies_that_became_better(people):
    experts = add_experts()
    for begins, level in ((2000, 1), (2003, 4)):
        judged(people, experts, begins=begins, ends=begins + 2, levels=((level, level), (level, level)))


@meets("benchmarking.sectors")
def a_sector_that_passes_all_measures(people):
    made = studies.finished(studies.cluster_map(people.wanda), people.wanda, publish=False)
    ClusterRow.objects.filter(pk=made.rows.first().pk).update(stars=4)
    study_services.publish(made, by=people.wanda)


@meets("benchmarking.labels")
def a_label_that_its_organisation_published(people):
    mara = manager(cluster())
    verified(people, experts_held(), submitted(mara, mara.affiliations.get().organisation))
    excellence.publish_label(Label.objects.get(), True, by=mara)


@meets("pilots.implemented", "pilots.evaluated")
def a_pilot_from_its_end_to_its_evaluation(people):
    experts, made = experts_held(), pilots.finished(people)
    found = evaluations.call_evaluators(made, experts, by=people.wanda, due_on=timezone.localdate() + 2 * WEEK)
    settle()
    evaluating.conclude(pilots.score(found, experts), "well", "Firms came.", by=people.wanda)


@meets("pilots.patterns")
def the_next_version_of_a_pattern(people):
    draft = written(patterns.begin_next(by=people.lena), people.lena)
    patterns.publish(draft, pattern_selectors.digest(draft), by=people.lena)


@meets("pilots.guidelines")
def a_guideline_that_was_approved(people):
    pilots.scheme(people.wanda)


@meets("pilots.reviews_published")
def a_peer_review_that_was_published(people):
    reviews.published(people)


@meets("pilots.trained", "pilots.trained_policy_makers", "pilots.trained_reflective")
def courses_after_which_people_know_more(people):
    official = add_person("official")
    members.affiliate(official, add_organisation("ministry", kind="national_authority"))
    for aim in ("staff", "factors", "reflective"):
        course = training.opened(people.wanda, f"Course on {aim}", aim=aim)
        parts = training.joined(course, official, people.marko)
        training.taught(course, people.wanda)
        for part in parts:
            part.refresh_from_db()
            training.said(part, 4, 4)


@meets("pilots.policies_improved")
def a_policy_that_changed(people):
    confirmed(people.marko)


@meets("pilots.mechanisms")
def a_mechanism_that_was_published(people):
    mechanism(people.wanda, people.lena)


def rules() -> dict[str, IndicatorRule]:
    return {rule.code: rule for rule in declared(IndicatorRule)}


def keys(code: str) -> set[str]:
    return {item.key for item in rules()[code].counted()}


def test_every_rule_has_an_example():
    assert sorted(code for codes in EXAMPLES.values() for code in codes) == sorted(rules())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.__name__)
def test_an_example_is_counted_and_told_by_its_events(people, example):
    codes = EXAMPLES[example]
    before = {code: keys(code) for code in codes}

    example(people)
    settle()

    evidence.rebuild(AT_NIGHT & {*codes})
    for code in codes:
        held = Evidence.objects.filter(indicator__rule=code).values_list("key", flat=True)
        if code == BY_HAND:
            assert Evidence.objects.filter(key__startswith="hand:").count() == 1
        else:
            shown = Indicator.objects.filter(rule=code).exists()
            assert (keys(code) > before[code], {*held}) == (True, keys(code) if shown else set()), code
    assert evidence.rebuild(codes) == evidence.Change()
