"""Meetings of a series: which of them a deed is for, and whom it reaches."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ..models import Meeting, Minutes, Participant


def to_come(meeting: Meeting) -> list[Meeting]:
    """The other meetings of its series that can still be changed, the next first: not over, nor called off, nor with final
    minutes.
    """
    if meeting.series is None:
        return []
    rows = Meeting.objects.filter(series=meeting.series, group=meeting.group_id, ends__gt=timezone.now())
    rows = rows.exclude(pk=meeting.pk).exclude(state=Meeting.State.CANCELLED)
    return list(rows.exclude(minutes__state=Minutes.State.FINAL).order_by("starts", "pk"))


def reached(meeting: Meeting, scope: str, also: Iterable[int] = ()) -> list[Meeting]:
    """Those a deed is for beside the meeting itself: none, those `following` it or `all`.

    One that was changed for itself stays as it is, unless it is named.
    """
    named = set(also)
    rows = [row for row in to_come(meeting) if not row.apart or row.pk in named]
    if scope == "following":
        return [row for row in rows if meeting.starts is None or row.starts > meeting.starts]
    return rows if scope == "all" else []


def on_all_lists(meetings: Iterable[int]) -> set[int]:
    """Those invited to every one of the meetings, who are told of them together."""
    pks = set(meetings)
    rows = on_lists(pks).values("person").annotate(number=Count("meeting", distinct=True)).order_by()
    return set(rows.filter(number=len(pks)).values_list("person", flat=True)) if pks else set()


def coming_to_some(meetings: Iterable[int]) -> set[int]:
    """Those invited to every one of them who have not said of all that they do not come."""
    pks = set(meetings)
    coming = on_lists(pks).exclude(answer=Participant.Answer.NO).values_list("person", flat=True)
    return on_all_lists(pks) & set(coming)


def on_lists(pks: set[int]) -> QuerySet[Participant]:
    return Participant.objects.filter(Q(meeting__in=pks), is_open=True).exclude(person=None)
