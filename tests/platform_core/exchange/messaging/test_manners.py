import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.messaging import services
from platform_core.exchange.messaging.models import Block, Notice
from platform_core.people.privacy import holdings, services as privacy
from tests.people import browser_of
from tests.settling import settle


def address(conversation) -> str:
    return reverse("messaging:conversation", args=[conversation.pk])


# Blocking and reporting


def test_blocking_is_for_people_one_talks_to_and_can_be_taken_back(people, talk):
    browser = browser_of(people.ana)
    block = reverse("messaging:block", args=[people.marko.pk])

    assert browser.post(reverse("messaging:block", args=[people.lena.pk])).status_code == 404
    assert browser.post(block).status_code == 302
    assert list(Block.objects.values_list("person__name", "blocked__name")) == [("Ana", "Marko")]
    assert browser.get(reverse("messaging:manners")).content.decode().count("Marko") == 2
    browser.post(block, {"unblock": "1"})
    assert Block.objects.count() == 0


def test_a_reported_message_is_shown_to_the_lead_partner_and_no_other(people, talk):
    secret = services.answer(talk, "Something else", by=people.ana)
    bad = services.answer(talk, "You are a fool", by=people.ana)
    page = browser_of(people.marko)
    assert page.post(reverse("messaging:report", args=[bad.pk]), {"why": "An insult"}).status_code == 302
    settle()

    case = Case.objects.get(kind="messaging.report")
    shown = browser_of(people.lena).get(case.get_absolute_url()).content.decode()
    assert (shown.count("You are a fool"), shown.count(secret.text), shown.count("An insult") > 0) == (1, 0, True)
    assert browser_of(people.lena).get(address(talk)).status_code == 404
    assert browser_of(people.ana).get(case.get_absolute_url()).status_code == 404


def test_a_report_that_is_upheld_takes_the_message_away_and_tells_its_author(people, talk):
    services.report(talk.messages.get(), "An insult", by=people.marko)
    settle()

    cases.answer(Case.objects.get(kind="messaging.report"), "uphold", by=people.lena, reason="It breaks the rules.")
    settle()

    page = browser_of(people.marko).get(address(talk)).content.decode()
    assert (page.count("checks"), page.count("It breaks the rules.")) == (0, 1)
    told = Notice.objects.get(recipient=people.ana, kind="messaging.hidden", channel="site")
    assert told.text == "The lead partner looked at it after a report. The reasons: It breaks the rules."


def test_only_received_messages_are_reported_and_once(people, talk):
    message = talk.messages.get()
    with pytest.raises(ValidationError):
        services.report(message, "x", by=people.ana)
    with pytest.raises(PermissionDenied):
        services.report(message, "x", by=people.lena)
    assert browser_of(people.lena).get(reverse("messaging:report", args=[message.pk])).status_code == 404

    services.report(message, "x", by=people.marko)
    services.report(message, "again", by=people.marko)
    assert message.reports.count() == 1


# Leaving


def test_no_text_is_lost_when_its_author_leaves(people, talk):
    privacy.erase(people.ana)

    page = browser_of(people.marko).get(address(talk)).content.decode()
    assert (page.count("Somebody who left"), page.count("<strong>checks</strong>")) == (2, 1)
    assert page.count("Ana") == 0
    with pytest.raises(ValidationError):
        services.answer(talk, "Are you there?", by=people.marko)


def test_one_s_messages_are_in_one_s_copy(people, talk):
    found = {data.label: rows for data, _model, rows in holdings.content(people.ana)}

    assert [row["text"] for row in found["messaging.message"]] == ["Who **checks** them?"]
    assert {"messaging.conversation", "messaging.participant"} <= set(found)


def test_nobody_who_looks_with_another_s_eyes_reads_messages(people, talk):
    browser = browser_of(people.lena)
    browser.post(reverse("access:see_as"), {"person": "marko@example.org", "why": "She asked"})

    assert browser.get(address(talk)).status_code == 403
    assert browser.get(reverse("messaging:conversations")).status_code == 403
