"""Meetings of a series: which of them a deed is for, and whom it reaches."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from platform_core.exchange.messaging.models import Following
from platform_core.identity.accounts.models import User

from ..models import Meeting, Minutes, Participant


def to_come(meeting: Meeting, by) -> list[Meeting]:
    """The other meetings of its series that a person can still change, the next first: not over, nor called off, nor with
    final minutes.
    """
    if meeting.series is None:
        return []
    rows = Meeting.objects.filter(series=meeting.series, group=meeting.group_id, ends__gt=timezone.now())
    rows = rows.exclude(pk=meeting.pk).exclude(state=Meeting.State.CANCELLED)
    found = list(rows.exclude(minutes__state=Minutes.State.FINAL).order_by("starts", "pk"))
    foreign = next((row for row in found if row.made_by_id != by.pk), None)
    leads = foreign is None or by.has_perm("workinggroups.lead_meeting", foreign)  # one group, so one answer for all
    return found if leads else [row for row in found if row.made_by_id == by.pk]


def reached(meeting: Meeting, scope: str, also: Iterable[int] = (), *, by) -> list[Meeting]:
    """Those a deed is for beside the meeting itself: none, those `following` it or `all`.

    One that was changed for itself stays as it is, unless it is named.
    """
    named = set(also)
    rows = [row for row in to_come(meeting, by) if not row.apart or row.pk in named]
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


def told_by_meeting(meetings: Iterable[int], *, coming: bool) -> dict[int, list[User]]:
    """Who is told of each meeting, by itself or together with others: those on its list, or of them only those `coming`,
    without those who have muted it."""
    pks = set(meetings)
    rows = on_lists(pks).exclude(answer=Participant.Answer.NO) if coming else on_lists(pks)
    muted = Following.objects.filter(thing="workinggroups.meeting", object_id__in=pks, is_muted=True)
    silent = set(muted.values_list("object_id", "person"))
    pairs = [pair for pair in rows.values_list("meeting", "person") if pair not in silent]
    people = User.objects.filter(is_active=True).in_bulk({person for _meeting, person in pairs})
    found: dict[int, list[User]] = {}
    for meeting, person in pairs:
        if person in people:
            found.setdefault(meeting, []).append(people[person])
    return found


def on_lists(pks: set[int]) -> QuerySet[Participant]:
    return Participant.objects.filter(Q(meeting__in=pks), is_open=True).exclude(person=None)
