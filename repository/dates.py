"""What rounds of comments add to the calendar: the last day of each, for those who may comment."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from platform_core.exchange.discussions.models import Round
from platform_core.ground.registry.kinds import CalendarEntry
from platform_core.identity.access.selectors import visible

from .models import Record
from .selectors import LABEL

ZONE = ZoneInfo(settings.DISPLAY_TIME_ZONE)


def comments_due(user, begin: datetime, end: datetime) -> Iterator[CalendarEntry]:
    if not user.is_authenticated or not user.has_perm("repository.comment_record"):
        return
    days = begin.astimezone(ZONE).date(), end.astimezone(ZONE).date()
    rounds = Round.objects.filter(thing=LABEL, closed_on=None, closes_on__gte=days[0], closes_on__lte=days[1])
    due = {one.object_id: one for one in rounds}
    records = visible(Record.objects.filter(pk__in=due), user).prefetch_related("topics")
    for record in sorted(records, key=lambda record: (due[record.pk].closes_on, record.pk)):
        yield entry(record, due[record.pk])


def entry(record: Record, due: Round) -> CalendarEntry:
    first = datetime.combine(due.closes_on, time(), ZONE).astimezone(UTC)
    last = datetime.combine(due.closes_on + timedelta(days=1), time(), ZONE).astimezone(UTC)
    return CalendarEntry(
        uid=f"comments-{due.pk}@clusterpolisee",
        title=_("Comments until: %(title)s") % {"title": record.title},
        begins=first,
        ends=last,
        zone=settings.DISPLAY_TIME_ZONE,
        address=f"{record.get_absolute_url()}comments/",
        changed_at=datetime.combine(due.opened_on, time(), ZONE).astimezone(UTC),
        topics=[topic.pk for topic in record.topics.all()],
        is_whole_day=True,
        kind="deadline",
    )
