import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.access import selectors, services
from platform_core.identity.access.models import Audience, RoleAssignment, SecretLink
from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event
from tests.factories.repository import record
from tests.platform_core.identity.threads import TOGETHER, in_parallel, with_several_writers

pytestmark = pytest.mark.database

OTHERS = ["wanda", "marko", "ana", "petra", "carl"]


def last_event() -> Event:
    return Event.objects.order_by("-id").first()


def test_giving_a_role_says_by_whom_and_since_when(people):
    held = services.give_role(people.carl, "editor", by=people.lena, why="Knows Greek", begins=date(2026, 1, 1))

    assert (held.given_by, held.begins, held.ends) == (people.lena.pseudonym, date(2026, 1, 1), None)
    assert (last_event().verb, last_event().payload) == (
        "access.role_given",
        {"role": "editor", "scope": "", "person": people.carl.pk},
    )


@pytest.mark.parametrize("name", OTHERS)
def test_only_the_lead_partner_gives_and_ends_roles(people, name):
    held = services.give_role(people.carl, "editor", by=people.lena)

    for deed in (
        lambda by: services.give_role(people.carl, "lead_partner", by=by),
        lambda by: services.end_role(held, by=by),
    ):
        with pytest.raises(PermissionDenied):
            deed(people.named(name))

    held.refresh_from_db()
    assert (held.ends, RoleAssignment.objects.filter(person=people.carl).count()) == (None, 1)


def test_an_ended_role_stays_on_record(people):
    held = services.give_role(people.carl, "editor", by=people.lena, begins=date(2026, 1, 1))

    services.end_role(held, by=people.lena, on=date(2026, 1, 31))

    assert "role:editor" not in selectors.keys_of(User.objects.get(pk=people.carl.pk))
    assert RoleAssignment.objects.get(pk=held.pk).ends == date(2026, 1, 31)


def test_a_role_that_ends_at_once_gives_nothing_from_that_moment(people):
    held = services.give_role(people.carl, "editor", by=people.lena, begins=date(2026, 1, 1))

    services.end_role(held, by=people.lena, why="Has left")

    assert "role:editor" not in selectors.keys_of(User.objects.get(pk=people.carl.pk))
    assert RoleAssignment.objects.get(pk=held.pk).why_ended == "Has left"


def test_a_role_that_has_not_begun_is_taken_away(people):
    held = services.give_role(people.carl, "editor", by=people.lena, begins=date(2126, 1, 1))

    services.end_role(held, by=people.lena, why="Given by mistake")

    assert RoleAssignment.objects.filter(person=people.carl).count() == 0
    assert last_event().verb == "access.role_ended"


@pytest.mark.parametrize(
    ("role", "scope", "field"),
    [
        ("king", "", "scope"),
        ("editor", "group:1", "scope"),
        ("wg_expert", "", "scope"),
        ("wg_expert", "group:9", "scope"),
    ],
)
def test_a_role_is_given_only_where_it_exists(people, role, scope, field):
    with pytest.raises(ValidationError) as problem:
        services.give_role(people.carl, role, scope=scope, by=people.lena)

    assert list(problem.value.message_dict) == [field]
    assert RoleAssignment.objects.filter(person=people.carl).count() == 0


@pytest.mark.parametrize(
    ("begins", "ends", "refused"),
    [
        (date(2026, 1, 1), None, True),
        (date(2026, 3, 31), None, True),
        (date(2026, 4, 1), None, False),
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2025, 1, 1), date(2026, 1, 1), True),
        (date(2025, 1, 1), None, True),
    ],
)
def test_nobody_holds_the_same_role_twice_at_a_time(people, begins, ends, refused):
    services.give_role(people.carl, "editor", begins=date(2026, 1, 1), ends=date(2026, 3, 31))

    if refused:
        with pytest.raises(ValidationError):
            services.give_role(people.carl, "editor", begins=begins, ends=ends)
    else:
        services.give_role(people.carl, "editor", begins=begins, ends=ends)

    assert RoleAssignment.objects.filter(person=people.carl).count() == (1 if refused else 2)


def test_a_role_cannot_end_before_it_begins(people):
    with pytest.raises(ValidationError):
        services.give_role(people.carl, "editor", begins=date(2026, 2, 1), ends=date(2026, 1, 1))
    with pytest.raises(IntegrityError, match="role_ends_later"), transaction.atomic():
        RoleAssignment.objects.create(person=people.carl, role="editor", begins="2026-02-01", ends="2026-01-01")

    assert RoleAssignment.objects.filter(person=people.carl).count() == 0


@pytest.mark.parametrize("name", OTHERS)
def test_only_the_lead_partner_grants_and_revokes(people, name):
    draft = record(publish=False, by=people.marko)
    services.grant(people.petra, "repository.change_draft", draft, by=people.lena)

    for deed in (services.grant, services.revoke):
        with pytest.raises(PermissionDenied):
            deed(people.carl, "repository.change_draft", draft, by=people.named(name))

    assert not people.carl.has_perm("repository.change_draft", draft)
    assert people.petra.has_perm("repository.change_draft", draft)


def test_a_grant_and_its_end_are_in_the_log(people):
    draft = record(publish=False, by=people.marko)

    services.grant(people.ana, "repository.change_draft", draft, by=people.lena)
    services.revoke(people.ana, "repository.change_draft", draft, by=people.lena)

    verbs = Event.objects.filter(thing="repository.record", verb__startswith="access.").order_by("id")
    assert [(event.verb, event.actor) for event in verbs] == [
        ("access.granted", people.lena.pseudonym),
        ("access.revoked", people.lena.pseudonym),
    ]
    assert last_event().payload == {"right": "repository.change_draft", "person": people.ana.pk}


def test_an_audience_becomes_what_is_said(db):
    topic = Topic.objects.get(pk=4)
    services.set_audience(topic, {"public", "members"})

    services.set_audience(topic, {"members", "group:4"})

    assert selectors.audience_of(topic) == ["members", "group:4"]
    services.drop_audience(topic)
    assert selectors.audience_of(topic) == []


def test_an_audience_key_is_kept_once(db):
    Audience.objects.create(thing="vocabulary.topic", object_id=4, key="public")

    with pytest.raises(IntegrityError), transaction.atomic():
        Audience.objects.create(thing="vocabulary.topic", object_id=4, key="public")

    services.set_audience(Topic.objects.get(pk=4), {"public"})
    assert Audience.objects.filter(thing="vocabulary.topic", object_id=4).count() == 1


def test_the_last_use_of_a_link_is_given_once(db):
    services.issue_link("invitation", Topic.objects.get(pk=4), uses=1)
    first, second = SecretLink.objects.get(), SecretLink.objects.get()

    assert [services.use_link(first), services.use_link(second)] == [True, False]


@with_several_writers
def test_the_last_use_of_a_link_is_given_to_one_of_two_at_once(committed_rows):
    link, secret = services.issue_link("invitation", Topic.objects.get(pk=4), uses=1)
    opened, answers = threading.Barrier(2), []

    def use():
        found = selectors.open_link("invitation", secret)
        opened.wait(TOGETHER)
        answers.append(services.use_link(found))

    in_parallel(use, use)

    link.refresh_from_db()
    assert (sorted(answers), link.uses, link.uses_left) == ([False, True], 1, 0)
