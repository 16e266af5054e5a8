"""Sign-in through an institution that speaks OpenID Connect."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event

from .institution import CLIENT, provider

pytestmark = pytest.mark.database


@pytest.fixture
def institution(settings, request):
    with provider(**getattr(request, "param", {})) as server:
        app = {
            "provider_id": "institution",
            "name": "Ministry",
            "client_id": CLIENT,
            "secret": "x",
            "settings": {"server_url": server.address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield server


def of(email: str, verified: bool = True, **claims) -> dict:
    return {"sub": "17", "email": email, "email_verified": verified, "name": "Iva Institute", **claims}


def come_back(browser: Client):
    """There and back again: gives what the platform answers to the provider's code."""
    asked = browser.post(reverse("openid_connect_login", args=["institution"]))
    state = parse_qs(urlsplit(asked.url).query)["state"][0]
    return browser.get(reverse("openid_connect_callback", args=["institution"]), {"code": "c", "state": state})


def who(browser: Client) -> str:
    pk = browser.session.get(SESSION_KEY)
    return User.objects.get(pk=pk).email if pk else ""


@pytest.mark.parametrize("institution", [of("ana@example.org")], indirect=True)
def test_whoever_has_an_account_under_the_verified_address_gets_into_it(people, institution):
    browser = Client()

    come_back(browser)

    assert who(browser) == "ana@example.org"
    assert User.objects.filter(email__iexact="ana@example.org").count() == 1


@pytest.mark.parametrize("institution", [of("ana@example.org", verified=False)], indirect=True)
def test_an_unverified_address_opens_nobodys_account(people, institution):
    browser = Client()

    come_back(browser)

    assert who(browser) == ""


@pytest.mark.parametrize("institution", [of("iva@example.org")], indirect=True)
def test_somebody_new_reads_the_notice_and_opens_her_account(people, institution):
    browser = Client()

    form = browser.get(come_back(browser).url)
    assert (who(browser), form.context["form"]["name"].value()) == ("", "Iva Institute")
    typed = {"email": "iva@example.org", "name": "Iva Institute"}
    refused = browser.post(reverse("socialaccount_signup"), typed)
    done = browser.post(reverse("socialaccount_signup"), {**typed, "agreed": "on"})

    iva = User.objects.get(email="iva@example.org")
    event = Event.objects.filter(verb="accounts.opened").latest("pk")
    assert (refused.status_code, done.status_code, who(browser)) == (200, 302, "iva@example.org")
    assert (iva.name, iva.has_usable_password(), event.thing_id, event.payload) == (
        "Iva Institute",
        False,
        str(iva.pk),
        {"consented": True},
    )


@pytest.mark.parametrize("institution", [of("ana@example.org")], indirect=True)
def test_a_code_with_a_state_of_somebody_else_is_refused(people, institution):
    browser = Client()
    browser.post(reverse("openid_connect_login", args=["institution"]))

    browser.get(reverse("openid_connect_callback", args=["institution"]), {"code": "c", "state": "forged"})

    assert who(browser) == ""


@pytest.mark.parametrize("institution", [of("ana@example.org")], indirect=True)
def test_the_way_through_the_institution_is_offered(people, institution):
    page = Client().get(reverse("account_login")).content.decode()

    assert page.count("Ministry") == 1


def test_without_an_institution_nothing_is_offered(people):
    assert Client().post("/en/account/oidc/institution/login/").status_code == 404
