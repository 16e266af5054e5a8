"""What people are told when several meetings of a series change at once: one notice, with an entry for each in calendars."""

from django.utils.translation import gettext_lazy as _, ngettext

from platform_core.ground.registry.kinds import EventKind, NoticeKind
from platform_core.ground.texts.notices import carrier
from platform_core.ground.ui.moments import moment_words

from ..models import Meeting
from ..selectors.series import coming_to_some, on_all_lists
from .meetings import entry_for


def meetings_of(event) -> list[Meeting]:
    rows = Meeting.objects.filter(pk__in=event.payload["meetings"]).select_related("group__topic")
    return list(rows.order_by("starts", "pk"))


def invited_to_all(event) -> list[int]:
    return sorted(on_all_lists(event.payload["meetings"]))


def coming(event) -> list[int]:
    return sorted(coming_to_some(event.payload["meetings"]))


def entries(event, person) -> str:
    """Each meeting for one person's calendar, one after the other."""
    return "".join(entry_for(meeting, person) for meeting in meetings_of(event))


def line(meeting: Meeting) -> str:
    told = (moment_words(meeting.starts, meeting.time_zone), meeting.title, meeting.place)
    return "– " + ", ".join(part for part in told if part)


def all_of_them(event) -> tuple[dict, str, str]:
    rows = meetings_of(event)
    first = next(row for row in rows if str(row.pk) == event.thing_id) if told_of_itself(event) else rows[0]
    number = ngettext("%(n)s meeting", "%(n)s meetings", len(rows)) % {"n": len(rows)}
    words = {"title": first.title, "number": number, "why": first.why_cancelled}
    return words, "\n".join(line(row) for row in rows), first.get_absolute_url()


def told_of_itself(event) -> bool:
    return int(event.thing_id) in event.payload["meetings"]


about = carrier(all_of_them)  # notices that carry the meetings, a line each
SERIES = [
    EventKind(verb="workinggroups.series_moved", name=_("Several meetings of a series were changed")),
    EventKind(verb="workinggroups.series_cancelled", name=_("Several meetings of a series were called off")),
    NoticeKind(
        code="workinggroups.series_moved",
        name=_("Meetings of a series you are invited to were changed"),
        verb="workinggroups.series_moved",
        urgent=True,
        calendar=entries,
        recipients=invited_to_all,
        content=about(
            _("Changed: %(title)s, %(number)s"),
            _("Time, place or room of these meetings has changed. They are now:"),
            _("What you had answered was for other times. Please say on the page of each whether you come."),
        ),
    ),
    NoticeKind(
        code="workinggroups.series_cancelled",
        name=_("Meetings of a series you are invited to were called off"),
        verb="workinggroups.series_cancelled",
        urgent=True,
        calendar=entries,
        recipients=coming,
        content=about(_("Called off: %(title)s, %(number)s"), _("These meetings do not take place: %(why)s")),
    ),
]
