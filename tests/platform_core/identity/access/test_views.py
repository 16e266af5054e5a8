import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Right
from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.audit import services as audit
from platform_core.identity.audit.models import Event
from tests.people import browser_of

NAMES = ["lena", "wanda", "marko", "ana", "petra", "carl", "guest"]


def queries_of(browser, address: str) -> int:
    """Of a page that was read before: what is kept in memory costs nobody anything."""
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert browser.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(("name", "status"), [*((name, 200) for name in NAMES[:-1]), ("guest", 302)])
def test_rights_page_is_for_everyone_with_an_account(people, name, status):
    response = browser_of(people.named(name)).get(reverse("access:rights"))

    assert response.status_code == status
    assert response.headers.get("Location") == ("/en/account/login/?next=/en/desk/rights/" if status == 302 else None)


def test_rights_page_names_every_right(people):
    page = browser_of(people.carl).get(reverse("access:rights")).content.decode()

    assert [right.code for right in declared(Right) if escape(str(right.name)) not in page] == []
    assert page.count(">decides<") == len([right for right in declared(Right) if right.decides])


def test_rights_page_costs_the_same_for_everyone(people):
    numbers = {
        queries_of(browser_of(people.named(name)), reverse("access:rights")) for name in ("lena", "marko", "ana")
    }

    assert len(numbers) == 1


@pytest.mark.parametrize(("name", "status"), [("lena", 200), *((name, 403) for name in NAMES[1:-1]), ("guest", 302)])
def test_log_page_is_for_the_lead_partner(people, name, status):
    response = browser_of(people.named(name)).get(reverse("access:log"))

    assert (response.status_code, b"accounts.user" in response.content) == (status, status == 200)


def test_log_page_tells_who_did_what(people):
    Event.objects.all().delete()
    audit.record("accounts.settings_changed", people.ana, by=people.ana, fields=["name"])

    page = browser_of(people.lena).get(reverse("access:log"))

    assert [(words, name) for _event, words, name, _thing in page.context["rows"]] == [
        ("Personal settings were changed", "Ana")
    ]


def test_log_page_is_nameless_once_the_account_is_gone(people):
    Event.objects.all().delete()
    audit.record("accounts.settings_changed", people.ana, by=people.ana, fields=["name"])
    people.ana.delete()

    page = browser_of(people.lena).get(reverse("access:log"))

    assert [name for _event, _words, name, _thing in page.context["rows"]] == [""]
    assert page.content.decode().count("somebody without an account now") == 1


def test_log_page_shows_what_is_filtered(people):
    query = {"verb": "members.affiliated", "actor": "", "thing": "members.organisation", "page": "nonsense"}

    page = browser_of(people.lena).get(reverse("access:log"), query)

    assert {event.verb for event, *_words in page.context["rows"]} == {"members.affiliated"}
    assert len(page.context["rows"]) == 6


def test_log_page_costs_the_same_at_one_and_three_rows(people):
    Event.objects.all().delete()
    browser, address, numbers = browser_of(people.lena), reverse("access:log"), []
    for rows in (1, 2):
        for number in range(rows):
            audit.record("accounts.settings_changed", Topic(pk=number), by=people.ana if number else people.marko)
        numbers.append(queries_of(browser, address))

    assert (Event.objects.count(), numbers[0]) == (3, numbers[1])
