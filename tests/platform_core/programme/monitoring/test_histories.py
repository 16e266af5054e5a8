"""Whatever happens, every number is the length of its list, and an approved report stays as it was.

Deeds that are dear, or can be done once, are the examples of `test_rules`; a rule without a deed fails.
"""

import os
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import integers, sampled_from

from benchmarking import publication
from benchmarking.models import ClusterMap, Label
from benchmarking.services import excellence, studies
from consultations import services as consultations
from consultations.models import Response
from pilots.services import changes, mechanisms
from platform_core.people.members import merging, services as members
from platform_core.people.privacy import services as privacy
from platform_core.programme.monitoring.models import Evidence, Indicator, ManualEvidence, Period
from platform_core.programme.monitoring.selectors import evidence as selectors, indicators
from platform_core.programme.monitoring.services import evidence, handing_in, reports
from repository import services as repository
from repository.models import Record
from tests.factories.assessments import add_experts
from tests.factories.changes import confirmed
from tests.factories.consultations import consultation
from tests.factories.indicators import handed_in
from tests.factories.mechanisms import published
from tests.factories.meetings import minuted
from tests.factories.network import network
from tests.factories.pilots import scheme
from tests.factories.policies import published as judged
from tests.factories.readings import benchmark as compared, run
from tests.factories.repository import record
from tests.factories.training import joined, opened, said, taught
from tests.people import add_organisation, add_person, gather
from tests.platform_core.programme.monitoring import test_rules
from tests.settling import settle
from workinggroups.services import minutes

pytestmark = pytest.mark.database
TODAY = timezone.localdate()
TOLD_AT_NIGHT = {"members.policy_makers", "network.networks", "consultations.stakeholders", "benchmarking.assessments"}


def a_group_is_set_up(people):
    """From its call for expressions of interest to the papers that are approved."""
    test_rules.a_set_up_document_that_was_approved(people)
    test_rules.a_concept_paper_that_was_approved(people)


SET_UP = ("workinggroups.concept_papers", "workinggroups.expressions", "workinggroups.setups")
# Deeds that a history does once at most, with what they count; the others are rules of the machine of that name.
ONCE = (
    a_group_is_set_up,
    test_rules.a_public_workshop_on_all_topics,
    test_rules.records_on_every_topic,
    test_rules.a_consultation_answered_by_an_authority,
    test_rules.a_sector_that_passes_all_measures,
    test_rules.a_label_that_its_organisation_published,
    test_rules.a_pilot_from_its_end_to_its_evaluation,
    test_rules.the_next_version_of_a_pattern,
    test_rules.a_peer_review_that_was_published,
)
OFTEN = {
    "hand_in": ("monitoring.by_hand",),
    "join": ("members.policy_makers",),
    "found": ("network.networks",),
    "change_policy": ("pilots.policies_improved",),
    "publish_mechanism": ("pilots.mechanisms",),
    "benchmark": ("benchmarking.assessments",),
    "meet": ("workinggroups.meetings",),
    "write_guideline": ("pilots.guidelines",),
    "train": ("pilots.trained", "pilots.trained_policy_makers", "pilots.trained_reflective"),
    "judge_policies": ("benchmarking.policy_gains",),
}


class RollbackError(Exception):
    pass


class Programme(RuleBasedStateMachine):
    """Publishes and withdraws of every kind, consults, erases people, merges organisations, hands in and decides."""

    @initialize()
    def begin(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = gather()
        self.others = [add_organisation("second", country="BG"), add_organisation("third", country="SI")]
        self.officials, self.made, self.waiting, self.report = [], 0, [], None
        self.changed, self.compared, self.minuted, self.judged = [], [], [], 2000
        self.mechanisms, self.done = [], set()
        self.experts = add_experts()
        Period.objects.filter(code="01").update(begins=date(2020, 1, 1), ends=TODAY - timedelta(1))

    def teardown(self):
        if hasattr(self, "transaction"):
            self.transaction.__exit__(RollbackError, RollbackError(), None)

    @rule(
        topic=integers(1, 6),
        kind=sampled_from(["good_practice", "report", "lesson"]),
        members_only=sampled_from([0, 1]),
    )
    def publish(self, topic, kind, members_only):
        self.made += 1
        record(f"Record {self.made}", topics=[topic], kind=kind, for_members=bool(members_only))

    @precondition(lambda self: Record.objects.filter(state="published").exists())
    @rule()
    def withdraw(self):
        found = Record.objects.filter(state="published").order_by("pk").first()
        repository.withdraw(found, by=self.people.lena, why="Not true.")

    @rule(place=integers(0, 1))
    def join(self, place):
        self.made += 1
        person = add_person(f"official-{self.made}")
        members.affiliate(person, self.others[place])
        self.officials.append(person)

    @precondition(lambda self: self.officials)
    @rule()
    def erase(self):
        privacy.erase(self.officials.pop())

    @rule()
    def merge(self):
        """An organisation that was entered twice, with somebody and a record of its own."""
        self.made += 1
        twin = add_organisation(f"twin-{self.made}", country="BG")
        members.affiliate(add_person(f"twin-{self.made}"), twin)
        record(f"Record {self.made}", organisation=twin)
        evidence.rebuild()
        merging.merge(twin, self.others[1], by=self.people.lena, why="Entered twice.")

    @rule()
    def found(self):
        self.made += 1
        made = network(self.people.marko, self.others, title=f"Network {self.made}")
        made.seats.update(state="confirmed", confirmed_on=TODAY)

    @rule(instrument=sampled_from(["scheme", "strategy"]))
    def change_policy(self, instrument):
        self.changed.append(confirmed(self.people.marko, instrument=instrument))

    @precondition(lambda self: self.changed)
    @rule()
    def withdraw_change(self):
        changes.withdraw(self.changed.pop(), by=self.people.lena, reason="The law fell.")

    @rule()
    def publish_mechanism(self):
        self.made += 1
        self.mechanisms.append(published(self.people.wanda, self.people.lena, f"Mechanism {self.made}"))

    @precondition(lambda self: self.mechanisms)
    @rule()
    def withdraw_mechanism(self):
        mechanisms.withdraw(self.mechanisms.pop(), by=self.people.lena, reason="It did not work.")

    @precondition(lambda self: not self.done)
    @rule(deed=sampled_from(ONCE))
    def do_once(self, deed):
        """One of the dear ones in a history; all of them are done together below."""
        self.done.add(deed)
        deed(self.people)

    @precondition(lambda self: ClusterMap.objects.filter(state="published").exists())
    @rule()
    def withdraw_map(self):
        studies.withdraw(ClusterMap.objects.get(state="published"), "Wrong.", by=self.people.wanda)

    @precondition(lambda self: Label.objects.filter(is_published=True, state="valid").exists())
    @rule()
    def revoke_label(self):
        excellence.revoke_label(Label.objects.get(), "It no longer holds.", by=self.people.lena)

    @rule(answers=integers(0, 3))
    def consult(self, answers):
        """A consultation that is answered by policy makers and by others, closed or still open."""
        self.made += 1
        found = consultation(f"asked-{self.made}")
        for kind in ["regional_authority", "cluster", "sme"][:answers]:
            said = {"org_type": kind, "country": "AT"}
            row = {"questionnaire": found.versions.get(), "language": "en", "channel": "", "day": TODAY}
            Response.objects.create(**row, answers=said)
        if answers:
            consultations.close(found)

    @rule()
    def benchmark(self):
        self.made += 1
        self.compared.append(run(compared(f"compared-{self.made}")).benchmark)

    @precondition(lambda self: self.compared)
    @rule()
    def withdraw_benchmark(self):
        publication.withdraw(self.compared.pop(), "Wrong.", by=self.people.wanda)

    @rule()
    def meet(self):
        made, _item = minuted(self.people.wanda)
        minutes.finalise(made, by=self.people.wanda)
        self.minuted.append(made)

    @precondition(lambda self: self.minuted)
    @rule()
    def reopen_minutes(self):
        minutes.reopen(self.minuted.pop(), "A name is wrong.", by=self.people.wanda)

    @rule(approved=sampled_from([True, False]))
    def write_guideline(self, approved):
        scheme(self.people.wanda, approved=approved)

    @rule(aim=sampled_from(["staff", "factors", "reflective"]), after=integers(1, 4))
    def train(self, aim, after):
        """A course for an official who may be erased later and for a member; some rate themselves higher afterwards."""
        self.made += 1
        person = add_person(f"trained-{self.made}")
        members.affiliate(person, self.others[0])
        self.officials.append(person)
        course = opened(self.people.wanda, f"Course {self.made}", aim=aim)
        parts = joined(course, person, self.people.marko)
        taught(course, self.people.wanda)
        for part in parts:
            part.refresh_from_db()
            said(part, after, after)

    @rule(level=integers(1, 4))
    def judge_policies(self, level):
        """The policies of one region, of the next period, better or worse than before."""
        self.judged += 3
        levels = ((level, level), (level, level))
        judged(self.people, self.experts, begins=self.judged, ends=self.judged + 2, levels=levels)

    @rule()
    def hand_in(self):
        self.waiting.append(handed_in(self.people.ana))

    @precondition(lambda self: self.waiting)
    @rule(yes=sampled_from([True, False]))
    def decide(self, yes):
        found = self.waiting.pop()
        if yes:
            handing_in.approve(found, by=self.people.lena)
        else:
            handing_in.decline(found, by=self.people.lena, reason="A draft.")

    @precondition(lambda self: self.report is None)
    @rule()
    def report_period(self):
        evidence.rebuild()
        made = reports.begin(Period.objects.get(code="01"), by=self.people.lena)
        settle()
        Evidence.objects.filter(day__gte=TODAY).update(day=TODAY - timedelta(1))  # within the period, which is over
        reports.ask_freeze(made, by=self.people.lena)
        settle()
        made.refresh_from_db()
        self.report = reports.approve(made, by=self.people.lena, digest=made.digest)
        evidence.rebuild()
        self.values = dict(made.figures.values_list("indicator", "value"))

    @invariant()
    def every_number_is_the_length_of_its_list(self):
        if not hasattr(self, "people"):
            return
        settle()
        numbers = indicators.values()
        assert sum(numbers.values()) == Evidence.objects.count()
        for one in Indicator.objects.filter(pk__in=numbers):
            for reader in (AnonymousUser(), self.people.ana):
                proof = selectors.proof(reader, one)
                listed = len(selectors.entries(reader, proof.entries))
                assert numbers.get(one.pk, 0) == proof.total == listed + proof.people.total + proof.closed

    @invariant()
    def events_have_told_everything(self):
        """Only what ends without an event, as a row deleted by hand here, is left to the nightly look."""
        if hasattr(self, "people"):
            settle()
            evidence.rebuild(TOLD_AT_NIGHT)
            assert evidence.rebuild() == evidence.Change()
            approved = ManualEvidence.objects.filter(state="approved").values_list("indicator", "pk")
            by_hand = {(indicator, f"hand:{pk}") for indicator, pk in approved}
            by_rule = {
                (one.pk, item.key) for one in Indicator.objects.all() for item in evidence.rule_of(one.rule).counted()
            }
            assert set(Evidence.objects.values_list("indicator", "key")) == by_hand | by_rule

    @invariant()
    def the_report_stays(self):
        if getattr(self, "report", None):
            assert reports.digest_of(self.report) == self.report.digest
            assert dict(self.report.figures.values_list("indicator", "value")) == self.values


def test_numbers_under_random_histories(db):
    run_state_machine_as_test(
        Programme,
        settings=settings(
            phases=[Phase.generate],
            max_examples=40 if os.environ.get("THOROUGH") else 5,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )


def test_every_rule_has_a_deed():
    told = [codes for name, codes in OFTEN.items() if hasattr(Programme, name)]
    told += [SET_UP if deed is a_group_is_set_up else test_rules.EXAMPLES[deed] for deed in ONCE]

    assert {code for codes in told for code in codes} == set(test_rules.rules())


def test_dear_deeds_one_after_the_other_and_what_is_withdrawn(db):
    machine = Programme()
    machine.begin()
    try:
        for deed in ONCE:
            deed(machine.people)
        machine.publish_mechanism()
        numbers = [one.evidence.count() for one in told_off(machine)]
        machine.withdraw_mechanism()
        machine.withdraw_map()
        machine.revoke_label()
        machine.events_have_told_everything()
        machine.every_number_is_the_length_of_its_list()

        assert (numbers, [one.evidence.count() for one in told_off(machine)]) == ([1, 1, 1], [0, 0, 0])
    finally:
        machine.teardown()


def told_off(machine: Programme) -> list[Indicator]:
    """What is counted of mechanisms, of sectors and of labels."""
    machine.events_have_told_everything()
    return list(Indicator.objects.filter(code__in=["o09", "p07", "p08"]))
