"""What is kept of a respondent, and that nothing kept tells who she was (DESIGN, Anonymity)."""

from itertools import pairwise

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from consultations import selectors, services
from consultations.models import (
    AnswerDraft,
    Coding,
    FileAnswer,
    FormerAnswers,
    LikeText,
    Participation,
    Quote,
    Response,
    TextReading,
    random_key,
)
from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Sweep
from platform_core.identity.audit.models import Event
from platform_core.materials.jobs.models import Job
from tests.factories.consultations import consultation
from tests.people import add_person, browser_of
from tests.settling import settle

pytestmark = pytest.mark.database

KEPT = [AnswerDraft, Response, Participation, FileAnswer, FormerAnswers, Quote, TextReading, LikeText, Coding]
ANSWERS = {"audience": "policy", "country": "AT", "wish": "Less paper"}


def ready(found):
    """A draft ready to be sent, and its secret."""
    invited = {"channel": services.INVITED} if found.mode == "token" else {}
    secret = services.begin(found, selectors.current_version(found), **invited)
    services.keep(selectors.draft_behind(found.code, secret), ANSWERS, set())
    return selectors.draft_behind(found.code, secret), secret


def send_as(person, found):
    """Review and send over HTTP; gives the response to the POST."""
    _draft, secret = ready(found)
    return browser_of(person).post(f"/en/consultations/{found.code}/answers/{secret}/review/")


@pytest.mark.parametrize("model", KEPT)
def test_no_time_is_kept(model):
    times = [field.name for field in model._meta.fields if isinstance(field, models.DateTimeField | models.TimeField)]

    assert times == []


def test_what_is_kept_is_written_down_here():
    kept = {model.__name__: {field.name for field in model._meta.fields} for model in (Response, Participation)}

    assert kept == {
        "Response": {
            *("id", "questionnaire", "language", "answers", "day", "person", "is_demonstration"),
            *("audience", "channel", "revision", "state", "reason", "publication", "name", "notice"),
        },
        "Participation": {"id", "consultation", "person"},
    }


def test_an_answer_is_dated_to_the_day(db):
    response = services.send(ready(consultation())[0])

    assert (response.day, type(response.day).__name__) == (timezone.localdate(), "date")


def test_nothing_points_at_a_response_or_a_draft():
    pointing = [
        str(field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model in {Response, AnswerDraft}
    ]

    assert sorted(pointing) == [
        "consultations.AnswerDraft.revises",
        "consultations.Coding.response",
        "consultations.FileAnswer.draft",
        "consultations.FileAnswer.response",
        "consultations.FormerAnswers.response",
        "consultations.LikeText.response",
        "consultations.TextReading.response",
    ]


def rises(keys):
    return sum(one < other for one, other in pairwise(keys))


def test_keys_tell_nothing_of_the_order_of_sending(db):
    found = consultation()

    keys = [services.send(ready(found)[0]).pk for _sent in range(30)]

    # By chance 14.5 of 29 neighbours rise, with a deviation of 1.6: 2 and 27 lie eight deviations out.
    assert 2 < rises(keys) < 27
    assert keys != sorted(keys)
    assert len(set(keys)) == 30


def test_keys_are_spread_over_the_whole_range():
    keys = [random_key() for _drawn in range(1000)]

    assert min(keys) < 2**62 / 50
    assert max(keys) > 2**62 - 2**62 / 50
    assert all(0 < key < 2**63 for key in keys)


def test_the_key_of_a_draft_is_not_the_key_of_its_answers(db):
    draft, _secret = ready(consultation())
    key = draft.pk

    assert services.send(draft).pk != key


def traces():
    versions = apps.get_model("reversion", "Version")
    return {model.__name__: model.objects.count() for model in (Event, versions, Job, OutboxMail, Notice)}


@pytest.mark.parametrize("name", ["guest", "marko"])
def test_sending_leaves_no_trace(people, name):
    found = consultation()
    settle()
    before = traces()

    sent = send_as(people.named(name), found)
    settle()

    assert sent.status_code == 302
    assert traces() == before


def test_the_draft_is_gone_and_its_secret_opens_nothing(db):
    draft, secret = ready(consultation())

    services.send(draft)

    assert AnswerDraft.objects.count() == 0
    assert selectors.draft_behind("finance", secret) is None


@pytest.mark.parametrize("mode", ["anonymous", "token"])
def test_a_person_signed_in_is_not_kept_with_her_answers(people, mode):
    send_as(people.marko, consultation(mode=mode))

    response, participation = Response.objects.get(), Participation.objects.get()
    assert (response.person, participation.person) == (None, people.marko)
    assert participation.pk != response.pk


def test_an_attributed_consultation_keeps_the_person(people):
    send_as(people.marko, consultation(mode="attributed"))

    assert Response.objects.get().person == people.marko


@pytest.mark.parametrize("mode", ["anonymous", "token", "attributed"])
def test_a_guest_leaves_neither_name_nor_participation(people, mode):
    send_as(people.guest, consultation(mode=mode))

    assert (Response.objects.get().person, Participation.objects.count()) == (None, 0)


def test_participating_twice_is_noted_once(people):
    found = consultation()

    services.note_participation(found, people.marko)
    services.note_participation(found, people.marko)

    assert list(Participation.objects.values_list("consultation", "person")) == [(found.pk, people.marko.pk)]


def test_mixing_rewrites_all_keys_and_keeps_the_pairs(db):
    found = consultation()
    for number in range(20):
        services.note_participation(found, add_person(f"respondent{number}"))
    before = dict(Participation.objects.values_list("person", "pk"))

    assert services.mix_participations() == 20

    after = dict(Participation.objects.values_list("person", "pk"))
    assert after.keys() == before.keys()
    assert set(after.values()) & set(before.values()) == set()
    assert sorted(after, key=after.get) != sorted(before, key=before.get)


def test_mixing_leaves_every_consultation_its_own(people):
    pairs = [
        (consultation("one"), people.marko),
        (consultation("two"), people.marko),
        (consultation("three"), people.ana),
    ]
    for found, person in pairs:
        services.note_participation(found, person)

    services.mix_participations()

    kept = set(Participation.objects.values_list("consultation__code", "person__name"))
    assert kept == {("one", "Marko"), ("two", "Marko"), ("three", "Ana")}


def test_mixing_nothing_changes_nothing(db):
    assert services.mix_participations() == 0


def test_rows_are_mixed_every_hour():
    sweeps = {sweep.code: sweep.minutes for sweep in declared(Sweep)}

    assert sweeps["consultations.mix_participations"] == 60
