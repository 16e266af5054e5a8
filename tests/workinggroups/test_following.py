"""Who follows documents, meetings and groups is told of them, and of nothing she does not see."""

import pytest

from platform_core.exchange.messaging import services as messaging
from platform_core.exchange.messaging.models import Notice
from tests.factories.meetings import meeting
from tests.factories.workinggroups import change, group, page
from tests.settling import settle
from workinggroups.services import documents, meetings

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
