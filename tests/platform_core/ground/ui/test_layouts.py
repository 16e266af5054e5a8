import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

from platform_core.ground.ui.stylesheets import current_sheet

pytestmark = pytest.mark.urls("tests.platform_core.ground.ui.addresses")


@pytest.fixture
def page(client, settings):
    settings.SITE_URL = "https://example.org"
    return client.get("/sr-latn/topics/?q=1").content.decode()


def test_the_page_says_its_language(page):
    assert re.search(r'<html lang="([^"]+)"', page)[1] == "sr-Latn"


def test_every_language_is_an_alternate(page):
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page)
    assert len(found) == 11
    assert dict(found)["sr-Latn"] == "https://example.org/sr-latn/topics/"


def test_the_canonical_address_has_no_query(page):
    assert re.findall(r'rel="canonical" href="([^"]+)"', page) == ["https://example.org/sr-latn/topics/"]


def test_pages_without_a_language_have_no_alternates(client):
    assert re.findall('rel="alternate"', client.get("/ui/gallery/").content.decode()) == []


def test_errors_say_what_to_do_without_any_context():
    assert "Something went wrong on our side." in render_to_string("500.html")
    assert "The request could not be read." in render_to_string("400.html")


def test_an_unknown_page_keeps_the_menus(client):
    answer = client.get("/en/nowhere/")
    assert answer.status_code == 404
    assert "There is no such page." in answer.content.decode()


@pytest.mark.logs_errors
def test_a_broken_page_still_answers():
    answer = Client(raise_request_exception=False).get("/fail/")
    assert answer.status_code == 500
    assert "Nothing was half-saved" in answer.content.decode()


def test_a_form_without_its_token_is_explained():
    answer = Client(enforce_csrf_checks=True).post("/fail/")
    assert answer.status_code == 403
    assert "The form is out of date." in answer.content.decode()


def test_the_stylesheet_is_kept_for_good_under_its_hash(client):
    answer = client.get(current_sheet().address, headers={"accept-encoding": "gzip"})
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Encoding"] == "gzip"
    assert answer.content == current_sheet().packed


def test_an_old_stylesheet_address_is_not_kept(client):
    assert client.get("/ui/site-old.css")["Cache-Control"] == "no-cache"


def test_styles_stay_small():
    assert len(current_sheet().packed) < 20_000
