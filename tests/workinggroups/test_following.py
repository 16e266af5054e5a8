"""Who follows documents, meetings and groups is told of them, and of nothing she does not see."""

import pytest

from platform_core.exchange.messaging import services as messaging
from platform_core.exchange.messaging.models import Notice
from platform_core.programme.governance import services as governance
from tests.factories.calls import in_days, opened
from tests.factories.governance import decision
from tests.factories.meetings import meeting
from tests.factories.requests import given, sent
from tests.factories.tasks import task
from tests.factories.workinggroups import change, group, page
from tests.people import browser_of
from tests.settling import settle
from workinggroups.services import calls, documents, meetings, tasks

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(verb: str) -> list[str]:
    settle()
    rows = Notice.objects.filter(kind=f"workinggroups.{verb}", channel="site").order_by("recipient__name")
    return [row.recipient.name for row in rows]


def test_who_follows_a_document_is_told_of_its_new_version_by_others(people):
    made = page(people.wanda)
    for person in (people.wanda, people.lena):
        messaging.follow(person, made)

    change(made, people.wanda, text="Two.")

    assert told("document_changed") == ["Lena"]


def test_who_follows_a_group_is_told_of_documents_she_sees(people):
    messaging.follow(people.lena, group())
    messaging.follow(people.marko, group())

    page(people.wanda)

    assert told("document_added") == ["Lena"]


def test_who_follows_a_group_is_told_of_its_meetings_once(people):
    for person in (people.wanda, people.lena, people.ana):
        messaging.follow(person, group())
    made = meeting(people.wanda, marking="members")

    meetings.call(made, by=people.wanda)

    assert (told("meeting_called"), told("group_meeting_called")) == (["Wanda"], ["Ana", "Lena"])


def test_who_has_muted_a_document_is_told_nothing(people):
    made = page(people.wanda)
    messaging.follow(people.lena, made)
    messaging.mute(people.lena, made)

    documents.change(made, by=people.wanda, base="1.0", text="Two.")

    assert told("document_changed") == []


def test_who_follows_a_task_is_told_of_its_changes(people):
    made = task(people.wanda)
    messaging.follow(people.lena, made)

    tasks.change(made, by=people.wanda, title="Write it")
    tasks.move(made, "done", by=people.wanda)

    assert [told(f"followed_{verb}") for verb in ("task_changed", "task_done")] == [["Lena"], ["Lena"]]


def test_who_follows_a_call_is_told_of_more_time_and_of_its_end(people):
    made = opened(people.wanda)
    messaging.follow(people.carl, made)

    calls.extend(made, by=people.wanda, closes_at=in_days(9))
    calls.cancel(made, "No money.", by=people.wanda)

    assert [told(f"followed_{verb}") for verb in ("call_extended", "call_cancelled")] == [["Carl"], ["Carl"]]


def test_who_follows_a_request_is_told_of_answers(people):
    made = sent(people.wanda, people.ana)
    for person in (people.lena, people.marko):
        messaging.follow(person, made)

    given(made, people.ana)

    assert told("followed_request_answered") == ["Lena"]


def test_who_follows_a_decision_is_told_of_its_vote(people):
    made = decision(people.wanda, body_id="wg-4")
    for person in (people.lena, people.wanda, people.carl):
        messaging.follow(person, made)

    governance.open_ballot(made, by=people.wanda, closes_at=in_days(7))

    settle()
    rows = Notice.objects.filter(kind="governance.followed_opened", channel="site")
    assert [row.recipient.name for row in rows] == ["Lena"]


def test_what_can_be_followed_says_so(people):
    made = [
        task(people.wanda),
        opened(people.wanda),
        sent(people.wanda, people.ana),
        decision(people.wanda, body_id="wg-4"),
    ]

    shown = [browser_of(people.wanda).get(one.get_absolute_url()).content.decode() for one in made]

    assert [html.count('class="following"') for html in shown] == [1, 1, 1, 1]
