from datetime import date, timedelta

import pytest
from django.utils import timezone

from platform_core.identity.access import selectors, services
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Organisation
from repository.models import Record
from tests.factories.repository import record

pytestmark = pytest.mark.database

KEYS = {
    "lena": {"role:lead_partner", "org", "tier:full", "members"},
    "wanda": {"role:wg_leader@group:4", "group:4", "inside", "org", "tier:full", "members"},
    "marko": {"org", "tier:full", "members"},
    "ana": {"org", "tier:associated", "members"},
    "petra": {"org", "tier:partner"},
    "carl": {"org"},
}
AUDIENCES = [
    {"public"},
    {"user"},
    {"members"},
    {"tier:full"},
    {"tier:partner"},
    {"group:4"},
    {"group:3"},
    {"role:lead_partner"},
    {"role:wg_leader@group:4", "tier:associated"},
    set(),
]


def afresh(person):
    return User.objects.get(pk=person.pk) if person.is_authenticated else person


@pytest.fixture
def shelf(people):
    """Records for every kind of audience, one of them for petra alone."""
    records = [record(f"Record {place}") for place in range(len(AUDIENCES) + 1)]
    for thing, keys in zip(records, [*AUDIENCES, {f"person:{people.petra.pk}"}], strict=True):
        services.set_audience(thing, keys)
    return records


@pytest.mark.parametrize(("name", "keys"), list(KEYS.items()))
def test_keys_of_a_person_are_exactly_hers(people, name, keys):
    person = people.named(name)
    own = Organisation.objects.get(code=f"org-{name}")

    found = {"org": f"org:{own.pk}", "inside": f"inside:{person.pk}@group:4"}
    named = {found.get(key, key) for key in keys}

    assert selectors.keys_of(person) == {"public", "user", f"person:{person.pk}", *named}


def test_a_guest_holds_the_public_key_alone(people):
    assert selectors.keys_of(people.guest) == {"public"}


def test_keys_of_the_guest_are_everybody_s(people):
    assert [
        name for name, person in people.each() if not selectors.keys_of(people.guest) <= selectors.keys_of(person)
    ] == []


def test_keys_are_read_once_per_person_object(people, django_assert_num_queries):
    lena = afresh(people.lena)
    selectors.keys_of(lena)

    with django_assert_num_queries(0):
        selectors.keys_of(lena)


@pytest.mark.parametrize(
    ("begins", "ends", "held"),
    [
        (0, None, True),
        (-1, 0, True),
        (-10, -1, False),
        (1, None, False),
        (0, 0, True),
    ],
    ids=["from today", "until today", "until yesterday", "from tomorrow", "today alone"],
)
def test_a_role_is_held_from_its_first_day_to_its_last(people, begins, ends, held):
    today = timezone.localdate()
    last = None if ends is None else today + timedelta(days=ends)
    services.give_role(people.carl, "editor", by=people.lena, begins=today + timedelta(days=begins), ends=last)

    assert ("role:editor" in selectors.keys_of(people.carl)) == held
    assert selectors.holders("editor") == ([people.carl.pk] if held else [])


def test_a_role_gives_its_key_and_the_key_of_its_scope(people):
    services.give_role(people.carl, "wg_expert", scope="group:2", by=people.lena)

    assert selectors.keys_of(people.carl) >= {"role:wg_expert@group:2", "group:2"}
    assert selectors.holders("wg_expert", "group:3") == []


def test_visible_and_may_see_agree_for_everybody(people, shelf):
    for _name, person in people.each():
        listed = set(selectors.visible(Record.objects.all(), person))

        assert listed == {thing for thing in shelf if selectors.may_see(person, thing)}


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("lena", [0, 1, 2, 3, 7]),
        ("wanda", [0, 1, 2, 3, 5, 8]),
        ("marko", [0, 1, 2, 3]),
        ("ana", [0, 1, 2, 8]),
        ("petra", [0, 1, 4, 10]),
        ("carl", [0, 1]),
        ("guest", [0]),
    ],
)
def test_visible_gives_a_person_what_is_hers(people, shelf, name, places):
    found = selectors.visible(Record.objects.order_by("pk"), people.named(name))

    assert [shelf.index(thing) for thing in found] == places


def test_visible_shows_everybody_what_the_guest_sees(people, shelf):
    public = set(selectors.visible(Record.objects.all(), people.guest))

    assert [
        name for name, person in people.each() if public - set(selectors.visible(Record.objects.all(), person))
    ] == []


def test_audience_of_another_kind_of_thing_opens_nothing(people):
    thing = record(publish=False)
    services.set_audience(Organisation(pk=thing.pk), {"public"})

    assert not selectors.may_see(people.guest, thing)


def test_audience_words_name_everyone_who_sees(people):
    thing, own = record(publish=False), f"person:{people.ana.pk}"
    services.set_audience(thing, {"role:editor", own, "role:lead_partner"})

    assert selectors.audience_of(thing) == [own, "role:editor", "role:lead_partner"]
    assert selectors.audience_words(thing) == "One person, Editors, Lead partner"


# Secret links


def test_a_link_opens_for_its_secret_and_purpose(people):
    link, secret = services.issue_link("resume", Organisation.objects.get(code="org-ana"), by=people.ana)

    assert selectors.open_link("resume", secret) == link
    assert [selectors.open_link("share", secret), selectors.open_link("resume", secret + "x")] == [None, None]


def test_a_link_keeps_the_hash_of_its_secret_alone(people):
    link, secret = services.issue_link("resume", Organisation.objects.get(code="org-ana"))

    link.refresh_from_db()
    kept = " ".join(str(getattr(link, field.attname)) for field in link._meta.fields)
    assert (len(secret), secret in kept, link.secret_hash) == (43, False, selectors.hash_secret(secret))


@pytest.mark.parametrize(("hours", "opens"), [(1, True), (-1, False)])
def test_a_link_opens_until_it_expires(people, hours, opens):
    until = timezone.now() + timedelta(hours=hours)
    link, secret = services.issue_link("resume", Organisation.objects.get(code="org-ana"), expires_at=until)

    assert selectors.open_link("resume", secret) == (link if opens else None)


def test_a_link_with_two_uses_opens_twice(people):
    link, secret = services.issue_link("invitation", Organisation.objects.get(code="org-ana"), uses=2)

    used = [services.use_link(selectors.open_link("invitation", secret)) for _turn in range(2)]

    assert (used, selectors.open_link("invitation", secret)) == ([True, True], None)
    link.refresh_from_db()
    assert (link.uses, link.uses_left) == (2, 0)


def test_a_revoked_link_opens_nothing_and_is_used_by_nobody(people):
    link, secret = services.issue_link("share", Organisation.objects.get(code="org-ana"))

    services.revoke_link(link)

    assert (selectors.open_link("share", secret), services.use_link(link)) == (None, False)


def test_role_on_a_day_is_read_from_its_dates(people):
    services.give_role(people.carl, "reviewer", by=people.lena, begins=date(2026, 1, 10), ends=date(2026, 1, 20))
    days = [date(2026, 1, day) for day in (9, 10, 20, 21)]

    held = [RoleAssignment.objects.on(day).filter(role="reviewer").exists() for day in days]

    assert held == [False, True, True, False]
