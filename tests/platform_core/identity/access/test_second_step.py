"""Roles that administer sleep until their holder has set up two-step sign-in."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from platform_core.identity.accounts.models import User
from tests.people import browser_of

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def demanded(settings):
    settings.REQUIRE_SECOND_STEP = True


def second_step(person) -> None:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})


def test_without_a_second_step_the_role_gives_nothing(people):
    lena = User.objects.get(pk=people.lena.pk)

    assert not lena.has_perm("members.view_desk")
    assert lena.has_perm("members.view_contacts")


def test_with_a_second_step_the_role_is_awake(people):
    second_step(people.lena)

    assert User.objects.get(pk=people.lena.pk).has_perm("members.view_desk")


def test_other_roles_need_none(people):
    assert User.objects.get(pk=people.wanda.pk).has_perm("consultations.view_desk")


@pytest.mark.parametrize("address", ["/en/members/", "/en/desk/members/", "/en/cases/"])
def test_whoever_lacks_it_is_led_to_setting_it_up(people, address):
    response = browser_of(people.lena).get(address)

    assert (response.status_code, response.headers["Location"]) == (302, reverse("mfa_index"))


@pytest.mark.parametrize("address", ["/en/account/2fa/", "/en/account/settings/", "/en/account/logout/"])
def test_her_account_stays_open_to_her(people, address):
    assert browser_of(people.lena).get(address).status_code == 200


@pytest.mark.parametrize("name", ["wanda", "marko", "ana", "petra", "carl", "guest"])
def test_nobody_else_is_led_anywhere(people, name):
    assert browser_of(people.named(name)).get("/en/members/").status_code == 200


def test_the_embedded_program_demands_none(people, settings):
    settings.REQUIRE_SECOND_STEP = False

    assert User.objects.get(pk=people.lena.pk).has_perm("members.view_desk")
    assert browser_of(people.lena).get("/en/members/").status_code == 200
