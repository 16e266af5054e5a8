"""Days of pilot actions and peer reviews in the calendar: until when, and when two days are spent together."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import CalendarEntry, CalendarSource
from platform_core.people.members.selectors import own_organisations

from ..models import FollowUp, Milestone, Report
from ..selectors import pilots as pilot_selectors, reviews as review_selectors, schemes

ZONE = ZoneInfo(settings.DISPLAY_TIME_ZONE)


def whole_days(uid: str, title: str, day: date, thing, *, topics, days: int = 1, **told) -> CalendarEntry:
    return CalendarEntry(
        uid=f"{uid}@clusterpolisee",
        title=title,
        begins=moment(day),
        ends=moment(day + timedelta(days=days)),
        zone=settings.DISPLAY_TIME_ZONE,
        address=thing.get_absolute_url(),
        topics=topics,
        is_whole_day=True,
        **{"kind": "deadline", **told},
    )


def moment(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def span(field: str, begin: datetime, end: datetime) -> dict:
    """The days a calendar shows, as a filter."""
    return {f"{field}__gte": begin.astimezone(ZONE).date(), f"{field}__lte": end.astimezone(ZONE).date()}


def entries(user, begin: datetime, end: datetime) -> Iterator[CalendarEntry]:
    """Guests propose nothing, and see the days of a review when they are over."""
    if user.is_authenticated:
        for those in (calls, meetings_of_peers, milestones, reports, follow_ups):
            yield from those(user, begin, end)


def calls(user, begin, end) -> Iterator[CalendarEntry]:
    for call in schemes.open_calls(user).filter(**span("closes_on", begin, end)):
        title = gettext("Proposals until: %(title)s") % {"title": call.title}
        yield whole_days(f"pilot-call-{call.pk}", title, call.closes_on, call, topics=[call.scheme.group_id])


def meetings_of_peers(user, begin, end) -> Iterator[CalendarEntry]:
    taking_place = review_selectors.reviews(user).exclude(state="called_off")
    for review in taking_place.filter(**span("first_day", begin, end)):
        title = gettext("Peer review: %(title)s") % {"title": review.title}
        yield whole_days(
            f"peer-review-{review.pk}",
            title,
            review.first_day,
            review,
            topics=[review.topic_id],
            days=2,
            kind="workshop",
            place=review.place,
            region=review.region.code,
            country=review.region.country_id,
        )


def milestones(user, begin, end) -> Iterator[CalendarEntry]:
    """Of the pilot actions her own organisations carry out."""
    own = pilot_selectors.own(user).filter(state__in=("prepared", "running"))
    rows = pilot_selectors.still_open(Milestone.objects.filter(pilot__in=own, **span("due_on", begin, end)))
    for row in rows.select_related("pilot__scheme"):
        title = gettext("Milestone: %(title)s") % {"title": row.title}
        topics = [row.pilot.scheme.group_id]
        yield whole_days(f"milestone-{row.pk}", title, row.due_on, row.pilot, topics=topics, is_mine=True)


def reports(user, begin, end) -> Iterator[CalendarEntry]:
    own = list(pilot_selectors.own(user).filter(state__in=("running", "finished")).prefetch_related("scheme__periods"))
    done = set(Report.objects.filter(pilot__in=own, submitted_on__isnull=False).values_list("pilot", "period"))
    first, last = span("day", begin, end).values()
    for pilot in own:
        for period in pilot.scheme.periods.all():
            is_over = pilot.begun_on > period.ends or (pilot.finished_on and pilot.finished_on < period.begins)
            if is_over or (pilot.pk, period.pk) in done or not first <= period.due_on <= last:
                continue
            title = gettext("Report due: %(title)s") % {"title": pilot.title}
            uid, topics = f"pilot-report-{pilot.pk}-{period.number}", [pilot.scheme.group_id]
            yield whole_days(uid, title, period.due_on, pilot, topics=topics, is_mine=True)


def follow_ups(user, begin, end) -> Iterator[CalendarEntry]:
    hosts = own_organisations(user).values("pk")
    rows = FollowUp.objects.filter(review__host__in=hosts, done_on=None, **span("due_on", begin, end))
    for row in rows.select_related("review__region"):
        title = gettext("What became of it: %(title)s") % {"title": row.review.title}
        topics = [row.review.topic_id]
        yield whole_days(f"follow-up-{row.pk}", title, row.due_on, row.review, topics=topics, is_mine=True)


days = [CalendarSource(code="pilots.days", name=_("Pilot actions and peer reviews"), entries=entries)]
