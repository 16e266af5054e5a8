import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platform_core.exchange.cases import services
from platform_core.exchange.cases.models import Case
from tests.factories.cases import answered, application_case
from tests.people import add_member, browser_of

NAMES = ["lena", "wanda", "marko", "ana", "petra", "carl", "guest"]


@pytest.mark.parametrize(
    ("name", "status"),
    [("lena", 200), ("carl", 200), *((name, 404) for name in ["wanda", "marko", "ana", "petra"]), ("guest", 302)],
)
def test_a_case_is_seen_by_who_asks_and_who_answers(people, name, status):
    case = application_case(people.carl)

    assert browser_of(people.named(name)).get(case.get_absolute_url()).status_code == status


@pytest.mark.parametrize("deed", ["say", "assign", "withdraw"])
@pytest.mark.parametrize("name", ["wanda", "marko", "ana", "petra"])
def test_others_can_do_nothing_in_a_case(people, name, deed):
    case = application_case(people.carl)

    response = browser_of(people.named(name)).post(reverse(f"cases:{deed}", args=[case.pk]), {"text": "x"})

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("name", "to_answer", "asked"), [("lena", 1, 0), ("carl", 0, 1), ("marko", 0, 0), ("ana", 0, 0)]
)
def test_the_inbox_tells_what_waits_and_what_was_asked(people, name, to_answer, asked):
    application_case(people.carl)
    browser = browser_of(people.named(name))

    assert len(browser.get(reverse("cases:inbox")).context["rows"]) == to_answer
    assert len(browser.get(reverse("cases:asked")).context["rows"]) == asked


def test_answered_cases_leave_the_inbox_and_are_found_again(people):
    answered(application_case(people.carl), people.lena)
    browser = browser_of(people.lena)

    found = {
        state: len(browser.get(reverse("cases:inbox"), {"state": state}).context["rows"])
        for state in ("", "open", "overdue", "closed", "all")
    }

    assert found == {"": 0, "open": 0, "overdue": 0, "closed": 1, "all": 1}


def test_the_inbox_costs_the_same_at_one_and_three_cases(people):
    browser, numbers = browser_of(people.lena), []
    for names in (["carl"], ["dora", "emil"]):
        for name in names:
            application_case(people.carl if name == "carl" else add_member(name, ""))
        browser.get(reverse("cases:inbox"))
        with CaptureQueriesContext(connection) as found:
            page = browser.get(reverse("cases:inbox"))
        numbers.append((len(page.context["rows"]), len(found)))

    assert (numbers[0][0], numbers[1][0], numbers[1][1]) == (1, 3, numbers[0][1])


def test_internal_notes_are_not_shown_to_who_asked(people):
    case = application_case(people.carl)
    services.say(case, "Seen by the lead partner alone", by=people.lena, internal=True)
    services.say(case, "Seen by both", by=people.lena)

    shown = {
        name: [
            comment.text for comment in browser_of(people.named(name)).get(case.get_absolute_url()).context["comments"]
        ]
        for name in ("lena", "carl")
    }

    assert shown == {"lena": ["Seen by the lead partner alone", "Seen by both"], "carl": ["Seen by both"]}


def test_nothing_said_is_an_error_and_nothing_is_lost(people):
    case = application_case(people.carl)

    response = browser_of(people.lena).post(reverse("cases:say", args=[case.pk]), {"text": " ", "to": "internal"})

    assert (response.status_code, response.context["say"].errors) == (400, {"text": ["This field is required."]})


def test_an_answer_needs_reasons_and_keeps_what_was_typed(people):
    case = application_case(people.carl)
    address = reverse("cases:answer", args=[case.pk, "admit"])
    typed = {"tier": "full", "share": "", "begins": "2026-01-01"}

    response = browser_of(people.lena).post(address, {**typed, "reason": "Welcome"})

    assert (response.status_code, list(response.context["extra"].errors)) == (400, ["share"])
    assert response.context["extra"]["tier"].value() == "full"
    assert Case.objects.get().state == "open"


@pytest.mark.parametrize(
    ("name", "code", "status"), [("lena", "burn", 404), ("carl", "admit", 404), ("marko", "admit", 404)]
)
def test_answers_that_are_not_offered_do_not_exist(people, name, code, status):
    case = application_case(people.carl)

    assert browser_of(people.named(name)).get(reverse("cases:answer", args=[case.pk, code])).status_code == status


def test_a_second_click_on_an_answer_says_that_it_is_closed(people):
    case = application_case(people.carl)
    browser, address = browser_of(people.lena), reverse("cases:answer", args=[case.pk, "decline"])

    first, second = (browser.post(address, {"reason": "Not now"}) for _click in range(2))

    assert [first.status_code, second.status_code] == [302, 302]
    assert second.headers["Location"] == case.get_absolute_url()
    assert Case.objects.get().answer == "decline"


def test_withdrawing_asks_first(people):
    case = application_case(people.carl)
    browser, address = browser_of(people.carl), reverse("cases:withdraw", args=[case.pk])

    assert (browser.get(address).status_code, Case.objects.get().state) == (200, "open")
    assert (browser.post(address).status_code, Case.objects.get().state) == (302, "withdrawn")


@pytest.mark.parametrize(("name", "status"), list(zip(NAMES, [200, 200, 200, 200, 403, 403, 302], strict=True)))
def test_turn_round_is_for_members(people, name, status):
    answered(application_case(people.carl), people.lena)

    assert browser_of(people.named(name)).get(reverse("cases:turn_round")).status_code == status


def test_the_log_costs_the_same_with_one_and_three_cases(people):
    browser, address, numbers = browser_of(people.lena), reverse("access:log"), []
    for names in (["carl"], ["dora", "emil"]):
        for name in names:
            application_case(people.carl if name == "carl" else add_member(name, ""))
        browser.get(address, {"thing": "cases.case"})
        with CaptureQueriesContext(connection) as found:
            page = browser.get(address, {"thing": "cases.case"})
        numbers.append((len(page.context["rows"]), len(found)))

    assert (numbers[0][0], numbers[1][0], numbers[0][1]) == (1, 3, numbers[1][1])
