"""Sign-up, sign-in and two steps, as a person goes through them in her browser."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from platform_core.exchange.messaging.models import OutboxMail
from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event
from tests.people import PASSWORD, add_person

pytestmark = pytest.mark.database

LINK = re.compile(r"http\S+/confirm-email/\S+")
TYPED = {
    "name": "Iris Weber",
    "email": "iris@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "agreed": "on",
}


@pytest.fixture(autouse=True)
def outbox(settings, db):
    settings.EMAIL_BACKEND = "platform_core.exchange.messaging.outbox.OutboxBackend"
    settings.MFA_TOTP_TOLERANCE = 5  # the clock may move on while a test runs


def sign_up(language: str = "en", **changed):
    return Client().post(f"/{language}/account/signup/", {**TYPED, **changed})


def sign_in(browser: Client, email: str = "iris@example.org", password: str = PASSWORD):
    return browser.post(reverse("account_login"), {"login": email, "password": password})


def is_in(browser: Client) -> bool:
    return SESSION_KEY in browser.session


def confirm(mail: OutboxMail):
    """Follows the link of a mail and presses the button there."""
    browser, address = Client(), urlsplit(LINK.search(mail.text).group()).path
    assert browser.get(address).status_code == 200
    return browser.post(address)


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def say_again_who(browser: Client) -> None:
    """What concerns the security of an account asks for the password once more."""
    asked = browser.get(reverse("mfa_activate_totp"))
    assert browser.get(asked.url).status_code == 200
    browser.post(asked.url, {"password": PASSWORD})


def activate_totp(browser: Client) -> str:
    """Turns on two-step sign-in; gives the secret of the app."""
    say_again_who(browser)
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    browser.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    return secret


# Signing up


def test_signing_up_sends_a_mail_and_its_link_opens_the_account():
    response = sign_up()
    early = Client()
    sign_in(early)

    confirm(OutboxMail.objects.filter(recipient="iris@example.org").earliest("id"))
    late = Client()
    entered = sign_in(late)

    assert (response.status_code, response.url) == (302, "/en/account/confirm-email/")
    assert (is_in(early), is_in(late), entered.url) == (False, True, "/en/account/home/")
    assert EmailAddress.objects.get(email="iris@example.org").verified


def test_a_new_account_has_name_and_language_and_is_in_the_log():
    sign_up("el")

    iris = User.objects.get()
    assert (iris.name, iris.email, iris.language) == ("Iris Weber", "iris@example.org", "el")
    assert (iris.is_staff, iris.is_superuser, iris.check_password(PASSWORD)) == (False, False, True)
    event = Event.objects.get(verb="accounts.opened")
    assert (event.actor, event.thing_id, event.payload) == (iris.pseudonym, str(iris.pk), {"consented": True})


def test_signing_up_twice_opens_one_account_and_tells_a_stranger_nothing():
    first, second = sign_up(), sign_up(name="Somebody else", email="IRIS@example.org")

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert [user.name for user in User.objects.all()] == ["Iris Weber"]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "x" * 151}, ["name"]),
        ({"email": "iris"}, ["email"]),
        ({"password1": "short", "password2": "short"}, ["password1"]),
        ({"password1": "password1234", "password2": "password1234"}, ["password1"]),
        ({"password1": "iris@example.org", "password2": "iris@example.org"}, ["password1"]),
        ({"password2": "another-long-password"}, ["password2"]),
    ],
)
def test_bad_input_at_signing_up_is_refused_and_what_was_typed_stays(changed, fields):
    response = sign_up(**changed)

    form = response.context["form"]
    assert sorted(form.errors) == fields
    assert [form[name].value() for name in ("name", "email")] == [
        {**TYPED, **changed}[key] for key in ("name", "email")
    ]
    assert (User.objects.count(), OutboxMail.objects.count()) == (0, 0)


# Signing in


@pytest.mark.parametrize(
    ("email", "password", "enters"),
    [
        ("iris@example.org", PASSWORD, True),
        ("IRIS@Example.org", PASSWORD, True),
        ("iris@example.org", "a-wrong-but-long-password", False),
        ("nobody@example.org", PASSWORD, False),
        ("iris@example.org", "", False),
    ],
)
def test_a_person_enters_with_her_address_and_password(email, password, enters):
    add_person("iris")
    browser = Client()

    response = sign_in(browser, email, password)

    assert (is_in(browser), response.status_code) == (enters, 302 if enters else 200)


def test_a_wrong_password_and_a_wrong_address_read_the_same():
    add_person("iris")
    answers = [sign_in(Client(), email, "a-wrong-but-long-password") for email in (TYPED["email"], "no@example.org")]

    first, second = (answer.context["form"].errors for answer in answers)

    assert (first, [answer.context["form"]["login"].value() for answer in answers]) == (
        second,
        ["iris@example.org", "no@example.org"],
    )


def test_an_inactive_person_does_not_enter():
    add_person("iris")
    User.objects.update(is_active=False)
    browser = Client()

    sign_in(browser)

    assert not is_in(browser)


def test_signing_out_asks_for_a_click():
    add_person("iris")
    browser = Client()
    sign_in(browser)

    browser.get(reverse("account_logout"))
    still_in = is_in(browser)
    browser.post(reverse("account_logout"))

    assert (still_in, is_in(browser)) == (True, False)


def test_the_page_editor_is_entered_through_the_same_door():
    response = Client().get("/cms/login/?next=/cms/")

    assert (response.status_code, response.url) == (302, "/en/account/login/?next=/cms/")


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_a_page_for_guests_opens(name):
    assert Client().get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "accounts:settings",
    ],
)
def test_a_page_of_the_account_opens_for_its_person_alone(name):
    add_person("iris")
    browser, guest = Client(), Client()
    sign_in(browser)

    assert (browser.get(reverse(name)).status_code, guest.get(reverse(name)).status_code) == (200, 302)


# Two steps


def test_two_step_sign_in_is_turned_on_with_the_code_of_the_app():
    add_person("iris")
    browser = Client()
    sign_in(browser)

    activate_totp(browser)

    kinds = sorted(Authenticator.objects.values_list("type", flat=True))
    assert kinds == ["recovery_codes", "totp"]
    assert browser.get(reverse("mfa_index")).status_code == 200


def test_a_wrong_code_turns_nothing_on():
    add_person("iris")
    browser = Client()
    sign_in(browser)
    say_again_who(browser)
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    wrong = next(code for code in ("000000", "000001") if code != code_for(secret))

    response = browser.post(reverse("mfa_activate_totp"), {"code": wrong})

    assert (sorted(response.context["form"].errors), Authenticator.objects.count()) == (["code"], 0)


def test_with_two_steps_the_password_alone_does_not_open():
    add_person("iris")
    first, second = Client(), Client()
    sign_in(first)
    secret = activate_totp(first)

    asked = sign_in(second)
    half_way = is_in(second)
    wrong = second.post(reverse("mfa_authenticate"), {"code": "nonsense"})

    assert (asked.url, half_way, is_in(second), wrong.status_code) == (
        "/en/account/2fa/authenticate/",
        False,
        False,
        200,
    )
    assert len(secret) == 32


def test_a_recovery_code_opens_once():
    add_person("iris")
    browser = Client()
    sign_in(browser)
    activate_totp(browser)
    page = browser.get(reverse("mfa_view_recovery_codes"))
    code, *others = page.context["unused_codes"]

    entered = []
    for _turn in range(2):
        visitor = Client()
        sign_in(visitor)
        visitor.post(reverse("mfa_authenticate"), {"code": code})
        entered.append(is_in(visitor))

    assert (page.content.decode().count(code), len(others), entered) == (1, 9, [True, False])
