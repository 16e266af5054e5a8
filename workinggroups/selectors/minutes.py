from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.discussions.selectors import conversation
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require, visible
from platform_core.programme.governance.models import Decision
from platform_core.programme.governance.selectors import decisions

from ..models import AgendaItem, Meeting, Minutes, MinutesRevision, Task
from .tasks import OPEN, tasks

State = Minutes.State
ITEM = "workinggroups.agendaitem"
MOST_LEFT = 50


@dataclass
class Point:
    """An item of the agenda as the minutes tell it; `comments` as far as its reader may see them."""

    item: AgendaItem
    text: str
    revisions: int
    comments: list[Comment]
    tasks: list[Task]
    decisions: list[Decision]


def minutes_of(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.filter(meeting=meeting).select_related("approved_in__meeting", "final_by").first()


def may_read(user, meeting: Meeting) -> bool:
    """Final minutes are for whoever sees the meeting; before, those who write them, and once circulated those invited."""
    found = minutes_of(meeting)
    if user.has_perm("workinggroups.write_minutes", meeting) or (found is not None and found.state == State.FINAL):
        return True
    circulated = found is not None and found.state == State.COMMENTS
    return circulated and user.has_perm("workinggroups.comment_minutes", meeting)


def last_revision(item: AgendaItem) -> MinutesRevision | None:
    return item.revisions.select_related("author").first()


def texts_of(meeting: Meeting) -> list[str]:
    """What the minutes say of each item, in the order of the agenda."""
    rows = MinutesRevision.objects.filter(item=OuterRef("pk")).order_by("-number")
    said = meeting.items.annotate(said=Subquery(rows.values("text")[:1])).values_list("said", flat=True)
    return [text or "" for text in said]


def points(user, meeting: Meeting, minutes: Minutes | None) -> list[Point]:
    counted = meeting.items.annotate(written=Count("revisions")).prefetch_related(earlier(user))
    counted = counted.order_by("position", "pk")  # that of the model holds for no query that groups
    said = comments_by_item(minutes) if minutes and user.has_perm("workinggroups.comment_minutes", meeting) else {}
    acts, taken = born(user, meeting), decided(user, meeting)
    return [
        Point(item, text, item.written, said.get(item.pk, []), acts.get(item.pk, []), taken.get(item.pk, []))
        for item, text in zip(counted, texts_of(meeting), strict=True)
    ]


def earlier(user) -> Prefetch:
    """The meetings whose minutes items approve, as `earlier`, as far as their reader may see them."""
    return Prefetch("approves", visible(Meeting.objects.all(), user), to_attr="earlier")


def approved_at(user, minutes: Minutes | None) -> Meeting | None:
    """The later meeting that approved them, for whoever may see it."""
    if minutes is None or minutes.approved_in is None:
        return None
    return visible(Meeting.objects.all(), user).filter(pk=minutes.approved_in.meeting_id).first()


def born(user, *meetings: Meeting) -> dict[int, list[Task]]:
    """The tasks that came out of meetings, by item, as far as their reader may see them."""
    items = AgendaItem.objects.filter(meeting__in=meetings).values("pk")
    found: dict[int, list[Task]] = {}
    for task in tasks(user).filter(origin_thing=ITEM, origin_id__in=items).order_by("pk"):
        found.setdefault(task.origin_id, []).append(task)
    return found


def decided(user, *meetings: Meeting) -> dict[int, list[Decision]]:
    """What meetings decided, by item, as far as their reader may see it."""
    items = AgendaItem.objects.filter(meeting__in=meetings).values("pk")
    found: dict[int, list[Decision]] = {}
    for decision in decisions(user).filter(origin_thing=ITEM, origin_id__in=items).order_by("pk"):
        found.setdefault(decision.origin_id, []).append(decision)
    return found


def left_open(user, meeting: Meeting) -> list[Task]:
    """Tasks of earlier meetings of the group that are not done, the most urgent first."""
    items = AgendaItem.objects.filter(meeting__group=meeting.group_id).exclude(meeting=meeting)
    rows = tasks(user).filter(origin_thing=ITEM, origin_id__in=items.values("pk"), state__in=OPEN)
    return list(rows[:MOST_LEFT])


def comments_by_item(minutes: Minutes) -> dict[int, list[Comment]]:
    found: dict[int, list[Comment]] = {}
    for comment in conversation(minutes.meeting, internal=False).exclude(anchor=None):
        found.setdefault(comment.anchor, []).append(comment)
    return found


def reopenings(minutes: Minutes) -> QuerySet[Comment]:
    """Why final minutes were opened again."""
    return conversation(minutes.meeting, internal=False).filter(anchor=None)


def revisions_for(user, item: AgendaItem) -> QuerySet[MinutesRevision]:
    require(user, "workinggroups.write_minutes", item.meeting)
    return item.revisions.select_related("author")


def revision_for(user, item: AgendaItem, number: int) -> MinutesRevision:
    return get_object_or_404(revisions_for(user, item), number=number)


def takes_comments(minutes: Minutes | None) -> bool:
    return minutes is not None and minutes.state == State.COMMENTS and minutes.comments_until >= platform_day()
