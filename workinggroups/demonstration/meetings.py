"""A meeting that was, with its minutes; one to come; and one whose date is being found."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User

from ..models import Meeting, WorkingGroup
from ..services import agenda, dates, meetings, minutes

ZONE = "Europe/Vienna"
ROOM = {"room": "address", "call": "https://rooms.example.org/wg4"}


def hold(group: WorkingGroup, leader: User) -> None:
    told = json.loads((Path(__file__).parent / "meetings.json").read_text(encoding="utf-8"))
    if told["topic"] != group.pk:
        return
    was_held(group, leader, told["held"])
    coming = planned(group, leader, told["next"], marking="members")
    meetings.call(coming, by=leader)
    find_date(group, leader, told["dateless"])


def at(days: int) -> datetime:
    return datetime.combine(platform_day() + timedelta(days=days), time(10), ZoneInfo(ZONE))


def planned(group: WorkingGroup, leader: User, told: dict, **fields) -> Meeting:
    starts = at(told["days"])
    names = {name: told[name] for name in ("title", "text", "language")}
    span = {"starts": starts, "ends": starts + timedelta(hours=2), "time_zone": ZONE}
    made = meetings.plan(group, by=leader, **names, **span, **ROOM, **fields)
    for row in told["items"]:
        shown = {name: row[name] for name in ("title", "kind", "duration", "text", "speaker") if name in row}
        agenda.add_item(made, by=leader, **shown)
    return made


def was_held(group: WorkingGroup, leader: User, told: dict) -> None:
    """As if invitations had gone out in time; nobody is told of a meeting that is over."""
    made = planned(group, leader, told)
    Meeting.objects.filter(pk=made.pk).update(state=Meeting.State.CALLED)
    made.refresh_from_db()
    meetings.show(made)
    meetings.note_attendance(made, {row.pk: "online" for row in made.participants.all()}, by=leader)
    for item, row in zip(made.items.exclude(kind="approval"), told["items"], strict=True):
        minutes.write(item, row["minutes"], 0, by=leader)
        if "decision" in row:
            minutes.decide(item, by=leader, **row["decision"])
        if "task" in row:
            due = platform_day() + timedelta(days=row["task"]["days"])
            minutes.act(item, by=leader, title=row["task"]["title"], owner=leader, due_on=due)
    minutes.finalise(made, by=leader)


def find_date(group: WorkingGroup, leader: User, told: dict) -> None:
    names = {name: told[name] for name in ("title", "text", "language")}
    made = meetings.plan(group, by=leader, starts=None, ends=None, time_zone=ZONE, **names, **ROOM)
    spans = [(at(days), at(days) + timedelta(hours=4)) for days in told["days"]]
    dates.offer(made, spans, by=leader, until=platform_day() + timedelta(days=10))
    options = list(made.options.all())
    others = made.participants.exclude(person=leader).order_by("pk")
    for row, values in zip(others, told["answers"], strict=False):
        dates.say(made, dict(zip([one.pk for one in options], values, strict=True)), by=row.person)
