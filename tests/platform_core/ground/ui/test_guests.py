"""Public pages for guests: no session read, no token, no query."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory

from platform_core.ground.ui.context import Shell

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
