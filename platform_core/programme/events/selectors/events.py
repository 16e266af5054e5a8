from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from platform_core.ground.texts.analysis import fold
from platform_core.identity.access.selectors import keys_of, visible

from ..models import CalendarEvent, Follow

State = CalendarEvent.State
ALIKE = 0.75


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody wants to see of the calendar; `who` is `own` or `eu`, `holder` a type of organisation."""

    topic: int | None = None
    kind: str = ""
    who: str = ""
    country: str = ""
    region: str = ""
    online: bool = False
    holder: str = ""
    words: str = ""
    scope: str = ""
    mine: bool = False

    @property
    def query(self) -> str:
        asked = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: 1 if value is True else value for name, value in asked.items() if value})

    @property
    def folded(self) -> list[str]:
        return [folded for word in self.words.split() if (folded := fold(word))]


NOTHING = Question()


def all_events(user) -> QuerySet[CalendarEvent]:
    """Events in every state that a person may see: proposals are shown to whoever proposed them and to the editors."""
    return visible(CalendarEvent.objects.select_related("organisation", "series"), user)


def events(user, question: Question = NOTHING) -> QuerySet[CalendarEvent]:
    rows = all_events(user).filter(state=State.ANNOUNCED)
    for condition in conditions(user, question):
        rows = rows.filter(condition)
    return rows.distinct() if question.topic or question.mine else rows


def conditions(user, question: Question) -> list[Q]:
    found = [Q(words__contains=word) for word in question.folded]
    if question.topic:
        found.append(Q(topics=question.topic))
    if question.who:
        found.append(Q(is_european=question.who == "eu"))
    if question.online:
        found.append(~Q(mode=CalendarEvent.Mode.ONSITE))
    if question.mine:
        found.append(mine(user))
    plain = {"kind": question.kind, "country": question.country, "region__code": question.region}
    plain |= {"organisation__kind": question.holder, "seen_by": question.scope}
    return found + [Q(**{name: value}) for name, value in plain.items() if value]


def mine(user) -> Q:
    """What she keeps or proposed, what her organisations hold, and what is for her groups."""
    keys = keys_of(user)
    acted_for = [int(key.removeprefix("org:")) for key in keys if key.startswith("org:")]
    groups = [key for key in keys if key.startswith("group:")]
    kept = Follow.objects.filter(person=user.pk).values("event")
    return Q(pk__in=kept) | Q(proposed_by=user.pk) | Q(organisation__in=acted_for) | Q(seen_by__in=groups)


def upcoming(user, *, topic: int | None = None) -> QuerySet[CalendarEvent]:
    return coming(user, Question(topic=topic))


def coming(user, question: Question = NOTHING) -> QuerySet[CalendarEvent]:
    return events(user, question).filter(ends__gte=timezone.now()).order_by("starts", "pk")


def past(user, question: Question = NOTHING) -> QuerySet[CalendarEvent]:
    return events(user, question).filter(ends__lt=timezone.now()).order_by("-starts", "-pk")


def between(user, question: Question, begin: datetime, end: datetime) -> QuerySet[CalendarEvent]:
    """What touches a time."""
    return events(user, question).filter(starts__lt=end, ends__gte=begin).order_by("starts", "pk")


def event_for(user, code: str) -> CalendarEvent:
    return get_object_or_404(all_events(user).prefetch_related("topics"), code=code)


def proposals(user) -> QuerySet[CalendarEvent]:
    """What a person has proposed, the newest first, whatever became of it."""
    return CalendarEvent.objects.filter(proposed_by=user.pk).order_by("-pk")


def follows(user, event: CalendarEvent) -> bool:
    return Follow.objects.filter(person=user.pk, event=event).exists()


def later_ones(event: CalendarEvent) -> QuerySet[CalendarEvent]:
    """An event and those of its series that follow it."""
    return CalendarEvent.objects.filter(series=event.series_id, slot__gte=event.slot).order_by("slot")


def of_series(event: CalendarEvent, scope: str) -> list[CalendarEvent]:
    """The events of a series that a deed is for: `one`, those `following` with it, or `all` that are not over."""
    if scope == "one" or event.series_id is None:
        return [event]
    rows = later_ones(event)
    if scope == "all":
        rows = CalendarEvent.objects.filter(Q(ends__gte=timezone.now()) | Q(pk=event.pk), series=event.series_id)
    return list(rows.order_by("slot"))


def made_with(user, key) -> CalendarEvent | None:
    """What this form has made already."""
    return all_events(user).filter(form_key=key).first() if key else None


def others_of_series(user, event: CalendarEvent) -> QuerySet[CalendarEvent]:
    if event.series_id is None:
        return CalendarEvent.objects.none()
    return events(user).filter(series=event.series_id, ends__gte=timezone.now()).exclude(pk=event.pk).order_by("starts")


def similar(user, *, starts: datetime, title: str, url: str = "", besides: int | None = None) -> list[CalendarEvent]:
    """Events that may be the same one: on about that day with nearly this title, or with the same web page."""
    near = Q(starts__gte=starts - timedelta(days=1), starts__lte=starts + timedelta(days=1))
    rows = all_events(user).filter(state__in=(State.ANNOUNCED, State.PROPOSED)).exclude(pk=besides)
    rows = rows.filter(near | Q(url=url) if url else near)
    return [row for row in rows.order_by("starts", "pk")[:200] if is_alike(row, title, url)]


def is_alike(event: CalendarEvent, title: str, url: str) -> bool:
    if url and event.url == url:
        return True
    return any(SequenceMatcher(None, fold(title), fold(known)).ratio() >= ALIKE for known in event.title.values())
