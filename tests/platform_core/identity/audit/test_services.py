import json
import logging
import threading
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from platform_core.ground.registry.kinds import Reaction
from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.audit import selectors, services
from platform_core.identity.audit.models import Event
from platform_core.people.members import services as members
from tests.people import add_organisation, add_person
from tests.platform_core.ground.registry.declaring import declaring
from tests.platform_core.identity.threads import TOGETHER, in_parallel, with_several_writers

pytestmark = pytest.mark.database


# Writing


def test_record_names_the_actor_by_pseudonym_alone(write):
    person, topic = add_person("iris"), Topic.objects.get(pk=4)

    event = services.record("tests.done", topic, by=person, fields=["name"], day=datetime(2027, 1, 31, tzinfo=UTC))

    event.refresh_from_db()
    assert (event.actor, event.thing, event.thing_id) == (person.pseudonym, "vocabulary.topic", "4")
    assert event.payload == {"fields": ["name"], "day": "2027-01-31T00:00:00Z"}
    assert (event.sequence, event.digest, event.dispatched_at) == (None, "", None)


def test_record_by_the_platform_has_no_actor(write):
    event = services.record("tests.done", Topic.objects.get(pk=4))

    assert event.actor == ""


def test_log_holds_no_personal_text_after_accounts_members_and_roles(people):
    members.admit(add_organisation("new"), tier="partner", by=people.lena, why="Iris asked so kindly")

    log = json.dumps(list(Event.objects.values("verb", "actor", "thing", "thing_id", "payload")))
    words = [person.email for _name, person in people.each()[:-1]] + [
        person.name for _name, person in people.each()[:-1]
    ]
    assert [word for word in [*words, "kindly"] if word in log] == []


def test_an_event_is_undone_with_its_transaction(write):
    with transaction.atomic():
        services.record("tests.done", Topic.objects.get(pk=4))
        transaction.set_rollback(True)

    assert Event.objects.count() == 0


# Sealing


def test_sealing_gives_places_without_gaps(write):
    write(3)
    services.seal_events()
    write(4)

    assert services.seal_events() == 4
    assert list(Event.objects.order_by("id").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert selectors.verify() == ([], 7, 0)


def test_sealing_again_changes_nothing(sealed):
    before = list(Event.objects.values_list("id", "sequence", "digest"))

    assert services.seal_events() == 0
    assert list(Event.objects.values_list("id", "sequence", "digest")) == before


def test_sealing_goes_on_past_one_batch(write, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    write(5)

    assert services.seal_events() == 5
    assert selectors.verify() == ([], 5, 0)


def test_the_head_is_noted_outside_at_most_once_an_hour(sealed, write):
    services.record("tests.done", Topic.objects.get(pk=4))
    services.seal_events()

    notes = [json.loads(line) for line in settings.AUDIT_ANCHOR.read_text().splitlines()]
    assert [(note["count"], note["head"]) for note in notes] == [(5, sealed[-1].digest)]


def test_the_head_is_noted_again_after_an_hour(sealed):
    note = json.loads(settings.AUDIT_ANCHOR.read_text())
    settings.AUDIT_ANCHOR.write_text(json.dumps({**note, "at": "2026-01-01T00:00:00+00:00"}) + "\n")
    services.record("tests.done", Topic.objects.get(pk=4))

    services.seal_events()

    assert sorted(selectors.anchors()) == [5, 6]


def test_an_empty_log_is_not_noted(write):
    assert services.seal_events() == 0
    assert selectors.anchors() == {}


# Handing out


def test_dispatch_hands_each_event_to_each_reaction_once(write):
    handed, events = [], write(3)
    reactions = [
        Reaction(code="tests.all", handle=lambda event: handed.append(("all", event.pk))),
        Reaction(code="tests.done", handle=lambda event: handed.append(("done", event.pk)), verbs={"tests.done"}),
        Reaction(code="tests.none", handle=lambda event: handed.append(("none", event.pk)), verbs={"tests.undone"}),
    ]

    with declaring(*reactions):
        numbers = [services.dispatch_events(), services.dispatch_events()]

    assert numbers == [3, 0]
    assert handed == [(code, event.pk) for event in events for code in ("all", "done")]
    assert Event.objects.filter(dispatched_at=None).count() == 0


@pytest.mark.logs_errors
def test_an_event_whose_reaction_fails_waits_and_holds_up_no_other(write, caplog):
    broken, *_others = write(3)

    def stumble(event):
        if event.pk == broken.pk:
            raise ZeroDivisionError

    with declaring(Reaction(code="tests.stumble", handle=stumble)):
        numbers = [services.dispatch_events(), services.dispatch_events()]

    assert numbers == [2, 0]
    assert list(Event.objects.filter(dispatched_at=None)) == [broken]
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


@pytest.mark.logs_errors
def test_what_a_failing_reaction_wrote_is_undone(write):
    write(1)

    def stumble(event):
        Topic.objects.filter(pk=1).update(short={"en": "half done"})
        raise ZeroDivisionError

    with declaring(Reaction(code="tests.stumble", handle=stumble)):
        services.dispatch_events()

    assert str(Topic.objects.get(pk=1).short) != "half done"


@pytest.mark.logs_errors
def test_an_event_that_failed_is_handed_out_once_the_fault_is_gone(write):
    handed, faults = [], [ZeroDivisionError]
    write(1)

    def stumble(event):
        if faults:
            raise faults.pop()
        handed.append(event.pk)

    with declaring(Reaction(code="tests.stumble", handle=stumble)):
        numbers = [services.dispatch_events() for _tick in range(3)]

    assert (numbers, len(handed)) == ([0, 1, 0], 1)


@with_several_writers
def test_two_dispatchers_hand_out_each_event_once(committed_rows, write):
    handed, meeting = [], threading.Barrier(2)
    events = write(40)

    def meet(event):
        if event.pk in {events[0].pk, events[1].pk}:
            meeting.wait(TOGETHER)
        handed.append(event.pk)

    with declaring(Reaction(code="tests.meet", handle=meet)):
        in_parallel(services.dispatch_events, services.dispatch_events)

    assert sorted(handed) == [event.pk for event in events]
    assert Event.objects.filter(dispatched_at=None).count() == 0


@with_several_writers
def test_two_sealers_make_one_chain(committed_rows, write):
    start = threading.Barrier(2)

    def seal():
        start.wait(TOGETHER)
        for _turn in range(15):
            services.record("tests.done", Topic(pk=4))
            services.seal_events()

    write(1)
    in_parallel(seal, seal)

    assert selectors.verify() == ([], 31, 0)


def test_settle_hands_out_and_seals(write):
    write(2)

    words = services.settle()

    assert words == "2 events handed out, 2 sealed"
    assert Event.objects.filter(dispatched_at__lte=timezone.now(), sequence__isnull=False).count() == 2
    assert services.settle() == ""
