"""Changing and calling off several meetings of a series at once."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit
from platform_core.programme.events import clock

from ..models import Meeting, Minutes
from . import meetings

TIMES = {"starts", "ends", "time_zone"}


@transaction.atomic
def change_together(meeting: Meeting, rows: Iterable[Meeting], *, by, **fields) -> list[Meeting]:
    """What is changed of one meeting is changed of the others too; what differs between them otherwise stays.

    A new hour holds on the clock, whatever summer time makes of it; another day moves each by as many days. Whoever is
    invited to all of them is told once.
    """
    first = meetings.leading(meeting, by)
    names = set(meetings.differing(first, fields))
    if names & TIMES and (first.starts is None or fields["starts"] is None):
        raise ValidationError({"starts": _("Meetings of a series have a date each. Change this one alone.")})
    before, done = first.local_starts, []
    for row in held(first, rows, by):
        told = {name: fields[name] for name in names - TIMES}
        if "room" in told:
            told["call"] = fields.get("call", "")
        if names & TIMES:
            told |= times(row, first, before, fields)
        row.apart = sorted(set(row.apart) - names)
        done.append((row, *meetings.changed(row, told)))
    together = sorted(row.pk for row, moved, _said in done if moved)
    for row, moved, said in done:
        verb = "workinggroups.meeting_moved" if moved else "workinggroups.meeting_changed"
        audit.record(verb, row, by=by, together=together, first=first.pk, **said)
    if len(together) > 1:
        asked = any(said["asked"] for _row, _moved, said in done)
        audit.record("workinggroups.series_moved", first, by=by, meetings=together, asked=asked)
    return [row for row, _moved, _said in done]


def held(first: Meeting, rows: Iterable[Meeting], by) -> list[Meeting]:
    """The first and the others under lock, in the order of their times; one whose minutes are final stays as it is."""
    wanted = {row.pk for row in rows} - {first.pk}
    others = Meeting.objects.filter(pk__in=wanted, series=first.series, group=first.group_id)
    others = others.exclude(minutes__state=Minutes.State.FINAL).exclude(starts=None).order_by("starts", "pk")
    found = [meetings.leading(one, by) for one in others]
    return [first, *(one for one in found if not one.is_over)]


def times(row: Meeting, first: Meeting, before, fields: dict) -> dict:
    """When one of the others takes place: as many days later, at the new hour on the clock of the zone."""
    zone = Meeting(time_zone=fields.get("time_zone", first.time_zone)).zone
    told = {"time_zone": zone.key, "starts": fields["starts"], "ends": fields["ends"]}
    if row.pk == first.pk:
        return told
    day = row.local_starts.date() + (fields["starts"].astimezone(zone).date() - before.date())
    starts, ends = clock.on_day(day, fields["starts"], fields["ends"], zone)
    return told | {"starts": starts, "ends": ends}


@transaction.atomic
def cancel_together(meeting: Meeting, rows: Iterable[Meeting], why: str, *, by) -> list[Meeting]:
    """Several meetings do not take place, for one reason; whoever is invited to all of them is told once."""
    first = meetings.leading(meeting, by)
    done = []
    for row in held(first, rows, by):
        row.refresh_from_db()  # what it follows may just have been called off
        done.append((row, meetings.called_off(row, why)))
    together = sorted(row.pk for row, told in done if told)
    for row, told in done:
        audit.record("workinggroups.meeting_cancelled", row, by=by, told=told, together=together, first=first.pk)
    if len(together) > 1:
        audit.record("workinggroups.series_cancelled", first, by=by, meetings=together)
    return [row for row, _told in done]
