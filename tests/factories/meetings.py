from datetime import datetime, timedelta

from django.utils import timezone

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.models import RoleAssignment
from platform_core.people.members.models import Affiliation, Membership
from tests.factories.workinggroups import group
from workinggroups.models import AgendaItem, Meeting
from workinggroups.services import agenda, meetings, minutes

HOUR = timedelta(hours=1)


def meeting(by, *, starts: datetime | None = None, days: int = 7, of: int = 4, **fields) -> Meeting:
    """A meeting in so many days, of one hour; in the past with negative days."""
    starts = starts or timezone.now().replace(microsecond=0) + timedelta(days=days)
    told = {"title": "Third meeting", "language": "en", "time_zone": "Europe/Vienna", "starts": starts}
    return meetings.plan(group(of), by=by, **told | {"ends": starts + HOUR} | fields)


def dateless(by, **fields) -> Meeting:
    """A meeting whose date is still to be found."""
    told = {"title": "Third meeting", "language": "en", "time_zone": "Europe/Vienna", "starts": None, "ends": None}
    return meetings.plan(group(), by=by, **told | fields)


def item(of: Meeting, by, title: str = "Guarantee funds", **fields) -> AgendaItem:
    return agenda.add_item(of, by=by, **{"title": title, "kind": "talk", "duration": 15, **fields})


def took_place(by, **fields) -> Meeting:
    """A meeting of yesterday to which invitations had gone out."""
    made = meeting(by, days=-1, **fields)
    Meeting.objects.filter(pk=made.pk).update(state=Meeting.State.CALLED)
    made = Meeting.objects.get(pk=made.pk)
    meetings.show(made)
    return made


def at_a_meeting(by) -> tuple[Meeting, AgendaItem]:
    """A meeting that began two hours ago, with one item and everybody of the group there.

    Who decides could do so already when it began, which may have been yesterday.
    """
    for kind in (RoleAssignment, Affiliation, Membership):
        kind.objects.update(begins=platform_day() - timedelta(days=1))
    made = took_place(by, starts=timezone.now() - 2 * HOUR)
    point = item(made, by)
    meetings.note_attendance(made, {row.pk: "here" for row in made.participants.all()}, by=by)
    return made, point


def minuted(by, text: str = "We agreed.", **fields) -> tuple[Meeting, AgendaItem]:
    """Yesterday's meeting with one item, of which the minutes say something, and who was there."""
    made = took_place(by, **fields)
    point = item(made, by)
    meetings.note_attendance(made, {row.pk: "here" for row in made.participants.all()}, by=by)
    minutes.write(point, text, 0, by=by)
    return made, point
