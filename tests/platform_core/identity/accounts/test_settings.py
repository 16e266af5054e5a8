import pytest
from django.urls import reverse

from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event
from tests.people import browser_of

pytestmark = pytest.mark.database

TYPED = {"name": "Ana Horvat", "language": "sl", "time_zone": "Europe/Athens"}


def change(person, **changed):
    return browser_of(person).post(reverse("accounts:settings"), {**TYPED, **changed})


def stored(person) -> dict:
    return User.objects.filter(pk=person.pk).values(*TYPED).get()


def test_settings_are_changed_and_shown_in_the_new_language(people):
    others = {name: stored(person) for name, person in people.each()[:-1] if name != "ana"}

    response = change(people.ana)

    assert (response.status_code, response.url) == (302, "/sl/account/settings/")
    assert stored(people.ana) == TYPED
    assert {name: stored(people.named(name)) for name in others} == others


def test_a_change_is_logged_by_the_names_of_its_fields(people):
    change(people.ana)

    event = Event.objects.get(verb="accounts.settings_changed")
    assert (event.actor, event.payload) == (people.ana.pseudonym, {"fields": ["name", "language", "time_zone"]})


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "x" * 151}, ["name"]),
        ({"language": "fr"}, ["language"]),
        ({"time_zone": "Europe/Atlantis"}, ["time_zone"]),
        ({"name": "", "language": "", "time_zone": ""}, ["language", "name", "time_zone"]),
    ],
)
def test_bad_input_is_refused_and_what_was_typed_stays(people, changed, fields):
    before = stored(people.ana)

    response = change(people.ana, **changed)

    form = response.context["form"]
    assert (response.status_code, sorted(form.errors)) == (400, fields)
    assert {name: form[name].value() for name in TYPED} == {**TYPED, **changed}
    assert stored(people.ana) == before


def test_nobody_makes_herself_an_administrator(people):
    change(people.carl, is_staff="on", is_superuser="on", email="lena@example.org", is_active="")

    carl = User.objects.get(pk=people.carl.pk)
    assert (carl.is_staff, carl.is_superuser, carl.is_active, carl.email) == (False, False, True, "carl@example.org")


def test_a_guest_is_sent_to_the_door(people):
    response = browser_of(people.guest).get(reverse("accounts:settings"))

    assert (response.status_code, response.url) == (302, "/en/account/login/?next=/en/account/settings/")


@pytest.mark.parametrize(("zone", "shown"), [("Europe/Athens", "EET"), ("Europe/Vienna", "CET")])
def test_times_are_shown_in_the_zone_of_the_reader(people, zone, shown):
    User.objects.filter(pk=people.lena.pk).update(time_zone=zone)
    Event.objects.update(at="2026-01-15T12:00:00Z")

    page = browser_of(people.lena).get(reverse("access:log")).content.decode()

    assert {name for name in ("EET", "CET") if f" {name}</time>" in page} == {shown}
