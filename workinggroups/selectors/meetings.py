from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from platform_core.ground.registry.kinds import CalendarEntry
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import visible, visible_by
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Affiliation, Membership, Organisation, Tier

from ..models import AgendaItem, DateAnswer, DateOption, Document, Meeting, Minutes, Participant, WorkingGroup
from .documents import documents
from .groups import ROLES
from .minutes import earlier, texts_of

LABEL = "workinggroups.meeting"


@dataclass(frozen=True)
class Place:
    """An item of an agenda with the time it begins, the papers its reader may open and how many she may not."""

    item: AgendaItem
    begins: datetime | None
    papers: list[Document]


def sitting(group: WorkingGroup) -> list[int]:
    """Who sits in a group today."""
    held = RoleAssignment.objects.on(platform_day()).filter(scope=group.scope, role__in=ROLES)
    return list(held.values_list("person", flat=True).distinct())


def meetings(user) -> QuerySet[Meeting]:
    return visible(Meeting.objects.select_related("group__topic"), user)


def meeting_for(user, pk: int) -> Meeting:
    return get_object_or_404(meetings(user), pk=pk)


def of_group(user, group: WorkingGroup, *, past: bool = False) -> QuerySet[Meeting]:
    """Those to come, the next first, and those whose date is still being found; or the past ones, the latest first."""
    yes = Participant.objects.filter(meeting=OuterRef("pk"), answer="yes").order_by().values("meeting")
    coming = Coalesce(Subquery(yes.annotate(number=Count("pk")).values("number")), 0)
    rows = meetings(user).select_related(None).filter(group=group).defer("text").annotate(coming=coming)
    over = Q(ends__lt=timezone.now())
    return rows.filter(over).order_by("-starts") if past else rows.exclude(over).order_by("starts", "pk")


def last_meeting(group: WorkingGroup) -> Meeting | None:
    """The last one that took place."""
    held = Meeting.objects.filter(group=group, ends__lt=timezone.now()).exclude(state=Meeting.State.CANCELLED)
    return held.filter(state=Meeting.State.CALLED).order_by("-starts").first()


def before_in_series(series: UUID, moment: datetime) -> Meeting | None:
    """The meeting of a series before a moment, to come or past."""
    rows = Meeting.objects.filter(series=series, starts__lt=moment).exclude(state=Meeting.State.CANCELLED)
    return rows.order_by("-starts").first()


def agenda(user, meeting: Meeting) -> list[Place]:
    """The items with the times they begin at, and their papers as far as the reader sees them."""
    rows = meeting.items.prefetch_related(
        earlier(user),
        Prefetch("documents", documents(user).filter(trashed_on=None).order_by("title"), to_attr="papers"),
    )
    found, begins = [], meeting.starts
    for item in rows:
        found.append(Place(item, begins, item.papers))
        begins = begins + timedelta(minutes=item.duration) if begins else None
    return found


def item_for(user, meeting: Meeting, pk: int) -> AgendaItem:
    item = get_object_or_404(meeting.items.all(), pk=pk)
    item.meeting = meeting
    return item


def items(user) -> QuerySet[AgendaItem]:
    """Items of the meetings a person sees."""
    return AgendaItem.objects.select_related("meeting").filter(meeting__in=meetings(user))


def participants(meeting: Meeting) -> QuerySet[Participant]:
    rows = meeting.participants.select_related("person", "organisation")
    return rows.order_by("is_guest", "person__name", "pk")


def own_row(user, meeting: Meeting) -> Participant | None:
    return meeting.participants.filter(person=user.pk, is_open=True).first() if user.is_authenticated else None


def attendance(meeting: Meeting) -> tuple[int, list[Organisation]]:
    """How many people were there, and the organisations they acted for."""
    there = meeting.participants.filter(attended=True)
    return there.count(), list(Organisation.objects.filter(pk__in=there.values("organisation")))


def options(meeting: Meeting) -> QuerySet[DateOption]:
    rows = meeting.options.prefetch_related(Prefetch("answers", DateAnswer.objects.select_related("participant")))
    yes, need = (Count("answers", filter=Q(answers__value=value)) for value in ("yes", "if_needed"))
    return rows.annotate(yes=yes, if_needed=need)


def to_come_for(user) -> QuerySet[Participant]:
    """The meetings a person is invited to that are not over, the next first; those without a date last."""
    rows = visible_by(Participant.objects.filter(person=user.pk, is_open=True), user, Meeting, "meeting_id")
    rows = rows.exclude(meeting__state=Meeting.State.CANCELLED).exclude(meeting__ends__lt=timezone.now())
    return rows.select_related("meeting").order_by(F("meeting__starts").asc(nulls_last=True), "pk")


def entry(meeting: Meeting, user=None) -> CalendarEntry:
    """A meeting as an entry of a calendar; the room only for those invited, who may be let in."""
    return entry_for(meeting, own_row(user, meeting) if user is not None else None)


def entry_for(meeting: Meeting, mine: Participant | None) -> CalendarEntry:
    return CalendarEntry(
        uid=f"{meeting.uid}@clusterpolisee",
        title=meeting.title,
        begins=meeting.starts,
        ends=meeting.ends,
        zone=meeting.time_zone,
        address=meeting.get_absolute_url(),
        text=meeting.text,
        place=meeting.place,
        call=call_of(meeting) if mine else "",
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        topics=(meeting.group_id,),
        scope=meeting.scope,
        is_mine=mine is not None and mine.answer != Participant.Answer.NO,
        is_cancelled=meeting.state == Meeting.State.CANCELLED,
    )


def call_of(meeting: Meeting) -> str:
    """The address of the online room; where the room is opened for one person at a time, that of its door."""
    return f"{meeting.get_absolute_url()}call/" if meeting.room == Meeting.Room.BIGBLUEBUTTON else meeting.call


def calendar_entries(user, begins: datetime, ends: datetime) -> Iterable[CalendarEntry]:
    rows = meetings(user).select_related(None).exclude(state=Meeting.State.PREPARED)
    rows = list(rows.filter(starts__lt=ends, ends__gt=begins).order_by("starts"))
    own = (
        Participant.objects.filter(person=user.pk, is_open=True)
        if user.is_authenticated
        else Participant.objects.none()
    )
    mine = {row.meeting_id: row for row in own.filter(meeting__in=[meeting.pk for meeting in rows])}
    return [entry_for(meeting, mine.get(meeting.pk)) for meeting in rows]


def absolute(address: str) -> str:
    return settings.SITE_URL + address if address.startswith("/") else address


def final_text(meeting: Meeting) -> str:
    """What the minutes say, once they are final; before, it is not for everybody who sees the meeting."""
    if not Minutes.objects.filter(meeting=meeting, state=Minutes.State.FINAL).exists():
        return ""
    return "\n".join(texts_of(meeting))


def invitable(meeting: Meeting) -> QuerySet[User]:
    """Members who are not on the list yet."""
    here = meeting.participants.exclude(person=None).values("person")
    people = Affiliation.objects.on(platform_day()).filter(organisation__in=members_today()).values("person")
    return User.objects.filter(pk__in=people, is_active=True).exclude(pk__in=here).order_by("name", "pk")


def members_today() -> QuerySet:
    tiers = (Tier.FULL, Tier.ASSOCIATED, Tier.PARTNER)
    return Membership.objects.on(platform_day()).filter(tier__in=tiers).values("organisation")


def with_final_minutes(user, meeting: Meeting) -> QuerySet[Meeting]:
    """Earlier meetings of the group whose minutes wait for approval, and the one chosen already."""
    rows = meetings(user).filter(group=meeting.group_id).exclude(pk=meeting.pk)
    waiting = Q(minutes__isnull=False, minutes__approved_in=None) | Q(approvals__meeting=meeting)
    return rows.filter(waiting).distinct().order_by("-starts")


def date_rows(options: list[DateOption], own: Participant | None) -> list[tuple[DateOption, str]]:
    """Each possible date, with what the reader said of it."""
    said = {answer.option_id: answer.value for answer in own.dates.all()} if own else {}
    return [(option, said.get(option.pk, "")) for option in options]


def date_table(meeting: Meeting, options: list[DateOption]) -> list[tuple[Participant, list[tuple[DateOption, str]]]]:
    """Everybody on the list with her answers, in the order of the dates."""
    said = {
        (answer.participant_id, option.pk): str(answer.get_value_display())
        for option in options
        for answer in option.answers.all()
    }
    return [(row, [(one, said.get((row.pk, one.pk), "")) for one in options]) for row in participants(meeting)]
