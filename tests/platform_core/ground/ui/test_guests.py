"""Public pages for guests: no session read, no token, no query, and kept until something happens."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import get_language

from platform_core.ground.ui.context import Shell
from platform_core.ground.ui.guest_cache import cached_for_guests, forget_guest_pages
from platform_core.ground.ui.middleware import GuestPagesMiddleware

pytestmark = pytest.mark.urls("tests.platform_core.ground.ui.addresses")


class Untouchable:
    def __getattr__(self, name):
        raise AssertionError(f"A guest's page asked for {name}.")


def guest_page():
    request = RequestFactory().get("/en/topics/")
    request.user = request.session = request._messages = Untouchable()
    return request


def test_the_layout_leaves_session_user_and_messages_alone():
    template = engines["django"].from_string('{% extends "layouts/public.html" %}')
    assert "csrfmiddlewaretoken" not in HttpResponse(template.render({}, guest_page())).content.decode()


def test_a_guest_is_nobody():
    assert Shell(guest_page()).person is None


def test_a_session_cookie_makes_the_layout_look():
    request = guest_page()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    with pytest.raises(AssertionError, match="is_authenticated"):
        Shell(request).person  # noqa: B018


@cached_for_guests
def page(request):
    response = HttpResponse(f"{request.get_full_path()} {request.number}", headers={"Link": "<x>"})
    if "cookie" in request.GET:
        response.set_cookie("a", "b")
    if "gone" in request.GET:
        response.status_code = 410
    return response


def asked(address, number, view=page, cookies=(), **headers):
    """What is answered to the request of that number."""
    request = RequestFactory().get(address, **headers)
    request.number, request.COOKIES = number, dict(cookies)
    response = GuestPagesMiddleware(view)(request)
    return response.content.decode(), response


def test_a_page_is_kept_whole_until_something_happens():
    first, made = asked("/en/topics/?a=1", 1)
    second, kept = asked("/en/topics/?a=1", 2)
    assert (first, second, dict(kept.items())) == ("/en/topics/?a=1 1", first, dict(made.items()))
    assert kept["Vary"] == "Cookie"
    forget_guest_pages()
    assert asked("/en/topics/?a=1", 3)[0] == "/en/topics/?a=1 3"


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages"])
def test_who_has_a_session_or_a_message_is_never_served_a_kept_page(cookie):
    asked("/en/topics/?b=1", 1)
    assert asked("/en/topics/?b=1", 2, cookies={cookie: "x"})[0] == "/en/topics/?b=1 2"
    assert asked("/en/topics/?b=1", 3)[0] == "/en/topics/?b=1 1"


@pytest.mark.parametrize("why", ["cookie", "gone"])
def test_what_sets_a_cookie_or_is_no_success_is_not_kept(why):
    assert [asked(f"/en/topics/?{why}", number)[0][-1] for number in (1, 2)] == ["1", "2"]


def test_what_is_not_offered_is_not_kept():
    def plain(request):
        return HttpResponse(str(request.number))

    assert [asked("/en/plain/", number, plain)[0] for number in (1, 2)] == ["1", "2"]


def test_a_kept_page_makes_its_language_the_active_one():
    asked("/bg/topics/?c=1", 1)
    asked("/el/topics/?c=1", 2)
    languages = []
    for code in ("bg", "el"):
        asked(f"/{code}/topics/?c=1", 3)
        languages.append(get_language())
    assert languages == ["bg", "el"]


def test_an_address_without_a_language_is_kept_by_the_language_asked_for():
    found = [
        asked("/catalogue?d=1", number, HTTP_ACCEPT_LANGUAGE=code)[0] for number, code in enumerate(("bg", "el", "bg"))
    ]
    assert found == ["/catalogue?d=1 0", "/catalogue?d=1 1", "/catalogue?d=1 0"]


def test_what_a_page_shows_is_remembered_with_it():
    def view(request):
        response = page(request)
        response.used = "a thing"
        return response

    assert [asked("/en/topics/?e=1", number, view)[1].used for number in (1, 2)] == ["a thing"] * 2


@pytest.mark.parametrize("address", ["/health/live", "/api/v1/records", "/feeds/search.atom"])
def test_what_programs_ask_for_is_never_kept(address):
    assert [asked(address, number)[0] for number in (1, 2)] == [f"{address} 1", f"{address} 2"]


@pytest.mark.parametrize("which", ["read", "written"])
def test_pages_are_made_where_the_cache_does_not_answer(settings, which):
    settings.CACHES = {"default": {"BACKEND": f"tests.platform_core.ground.ui.caches.{which.title()}"}}

    assert [asked("/en/topics/?f=1", number)[0][-1] for number in (1, 2)] == ["1", "2"]
