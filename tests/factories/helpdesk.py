"""Questions to the helpdesk, and their way through its cases."""

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from pilots.models import HelpdeskQuestion
from pilots.services import helpdesk
from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from tests.settling import settle

LINK = re.compile(r"/helpdesk/asked/([\w-]+)/")


def question(by=None, *, topic: int | None = 4, **fields) -> HelpdeskQuestion:
    given = {"situation": "We plan a fund.", "wish": "Who has done it?", "language": "en", "agrees": True, **fields}
    if by is None:
        given.setdefault("email", "mayor@example.net")
    made = helpdesk.ask(by=by, topic_id=topic, **given)
    settle()
    return HelpdeskQuestion.objects.get(pk=made.pk)


def secret_sent() -> str:
    """Of the newest letter, as its reader would click on it."""
    return LINK.findall(mail.outbox[-1].body)[-1]


def case_of(found: HelpdeskQuestion, kind: str = "pilots.helpdesk") -> Case:
    return Case.objects.filter(thing="pilots.helpdeskquestion", object_id=found.pk, kind=kind).latest("pk")


def given(found: HelpdeskQuestion, by, expert, days: int = 10) -> HelpdeskQuestion:
    due_on = timezone.localdate() + timedelta(days=days)
    cases.answer(case_of(found), "given", by=by, reason="She has done it.", expert=expert, due_on=due_on)
    settle()
    return HelpdeskQuestion.objects.get(pk=found.pk)


def answered(found: HelpdeskQuestion, by, words: str = "Others share the cost.") -> HelpdeskQuestion:
    case = case_of(found, "pilots.helpdesk_answer")
    cases.answer(case, "answered", by=by, reason="Ten years of practice.", answer=words)
    settle()
    return HelpdeskQuestion.objects.get(pk=found.pk)


def through(people, by=None, **fields) -> HelpdeskQuestion:
    """Asked, given by wanda to lena and answered by her; the other way round outside of wanda's topic."""
    made = question(by, **fields)
    if by is None:
        helpdesk.confirm(made.asker)
        settle()
    giver, expert = (people.wanda, people.lena) if made.topic_id == 4 else (people.lena, people.wanda)
    return answered(given(made, giver, expert), expert)


def published(people, title: str = "Who shares the cost?", **fields) -> HelpdeskQuestion:
    found = through(people, people.carl, **fields)
    texts = {"title": {"en": title}, "situation": {"en": "A region plans a fund."}, "reply": {"en": "Others share it."}}
    helpdesk.publish(found, by=people.lena, **texts)
    settle()
    return HelpdeskQuestion.objects.get(pk=found.pk)
