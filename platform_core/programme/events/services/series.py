from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from platform_core.identity.access.selectors import require

from .. import clock, recurrence
from ..models import CalendarEvent, Series
from . import events

MOST = 60
YEARS = 3


def rule_of(series: Series, first: date) -> recurrence.Rule:
    """What a series says, as a rule; a last weekday is the last one of the weekday it begins on."""
    weekdays: tuple[tuple[int, int], ...] = ()
    if series.unit == Series.Unit.WEEKLY:
        weekdays = tuple((0, int(day)) for day in series.weekdays.split(",") if day) or ((0, first.weekday()),)
    elif series.unit == Series.Unit.MONTHLY and series.monthly != Series.Monthly.DAY:
        place = -1 if series.monthly == Series.Monthly.LAST else (first.day - 1) // 7 + 1
        weekdays = ((place, first.weekday()),)
    return recurrence.Rule(
        unit=series.unit, every=series.every, weekdays=weekdays, count=series.count, until=series.until
    )


def days_of(series: Series, first: date) -> list[date]:
    """At most 60 days within three years; ValidationError where the rule gives none or more."""
    last = series.until or first.replace(year=first.year + YEARS, day=min(first.day, 28))
    found = list(recurrence.days(rule_of(series, first), first, last))
    if len(found) > MOST:
        told = ngettext("A series has at most %(n)s event.", "A series has at most %(n)s events.", MOST) % {"n": MOST}
        raise ValidationError({"count": told})
    if len(found) < 2:
        raise ValidationError({"repeat": _("This gives one event only; choose a longer time or no repetition.")})
    return found


@transaction.atomic
def begin(series: Series, *, topics: Iterable[int], by=None, form_key=None, **fields) -> CalendarEvent:
    """A series, announced by those who may and proposed by the others; gives its first event.

    Each event keeps the hour that clocks show, whatever summer time makes of it.
    """
    if by is not None:
        require(by, "events.announce" if by.has_perm("events.announce") else "events.propose")
    is_announced = by is None or by.has_perm("events.announce")
    made = list(rows_of(series, topics, is_announced, by, fields))
    made[0].form_key = form_key
    made[0].save(update_fields=["form_key"])
    if is_announced:
        for event in made:
            events.announced(event, by=by)
    else:
        for event in made[1:]:
            events.show(event)
        events.proposed(made[0], by=by)
    return made[0]


def rows_of(series: Series, topics: Iterable[int], is_announced: bool, by, fields: dict):
    draft, topics = CalendarEvent(**fields), list(topics)
    days = days_of(series, draft.local_starts.date())
    series.full_clean()
    series.save()
    state = CalendarEvent.State.ANNOUNCED if is_announced else CalendarEvent.State.PROPOSED
    for day in days:
        starts, ends = clock.on_day(day, draft.starts, draft.ends, draft.zone)
        event = CalendarEvent(**fields | {"starts": starts, "ends": ends})
        event.series, event.slot, event.state = series, day, state
        event.proposed_by = None if is_announced else by
        yield events.save(event, topics)


@transaction.atomic
def change_together(
    event: CalendarEvent, rows: Iterable[CalendarEvent], *, topics: Iterable[int], by, why: str = "", **fields
) -> int:
    """Change several events of a series: texts and hours as given for one of them, each moved by as many days as that."""
    topics, starts, ends = list(topics), fields.pop("starts"), fields.pop("ends")
    zone = CalendarEvent(time_zone=fields["time_zone"]).zone
    shift = starts.astimezone(zone).date() - event.local_starts.date()
    changed = [row for row in rows if row.state == event.state and not row.is_cancelled]
    for row in changed:
        day = row.local_starts.date() + shift
        times = clock.on_day(day, starts, ends, zone) if row.pk != event.pk else (starts, ends)
        events.change(row, topics=topics, by=by, why=why, **dated(row, fields, times))
    return len(changed)


def dated(row: CalendarEvent, fields: dict, times: tuple[datetime, datetime]) -> dict:
    """A deadline for registration belongs to one event only; each of a series keeps its own."""
    own = {"registration_until": row.registration_until} if row.series_id else {}
    return {**fields, **own, "starts": times[0], "ends": times[1]}
