"""The header of people, drawn once and filled in for each of them."""

import re

import pytest
from django.urls import reverse

from tests.people import add_person, browser_of

pytestmark = pytest.mark.django_db


def header_of(browser, address="/en/privacy/"):
    return re.search(r"<header.*?</header>", browser.get(address).content.decode(), re.S)[0]


def token_in(header):
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', header)


def test_people_of_the_same_menus_read_their_own_names(settings):
    settings.DEBUG = False
    people = [add_person("carl"), add_person("dora")]
    people[1].name = "<Dora> & \\1"
    people[1].save()
    names = [re.findall(r'class="person">([^<]*)<', header_of(browser_of(person))) for person in people]

    assert names == [["Carl"], ["&lt;Dora&gt; &amp; \\1"]]


def test_everybody_signs_out_with_a_token_of_her_own(people):
    tokens = [token_in(header_of(browser_of(people.named(name)))) for name in ("ana", "marko")]

    assert [len(found) for found in tokens] == [1, 1]
    assert tokens[0] != tokens[1]


def test_the_token_in_the_header_is_good(people):
    browser = browser_of(people.ana)
    browser.handler.enforce_csrf_checks = True
    tokens = ["x" * 64, token_in(header_of(browser))[0]]

    answers = [browser.post(reverse("account_logout"), {"csrfmiddlewaretoken": token}) for token in tokens]
    assert [answer.status_code for answer in answers] == [403, 302]


def test_an_address_does_not_bring_name_or_token_into_links(people):
    page = browser_of(people.ana).get("/en/nowhere/%01%02/").content.decode()

    assert re.findall(r'lang="de" hreflang="de"[^>]*>', page)[0].count("Ana") == 0
    assert set(re.findall(r'href="(/de/[^"]*)"', page)) == {"/de/nowhere/\x01\x02/"}


def test_guests_read_no_header_of_somebody(people, client):
    header_of(browser_of(people.ana))

    assert ("person" in header_of(client), token_in(header_of(client))) == (False, [])
