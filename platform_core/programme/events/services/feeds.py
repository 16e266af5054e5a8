from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.audit import services as audit

from ..models import CalendarFeed

PURPOSE = "calendar_feed"
MOST = 20


@transaction.atomic
def make_feed(name: str, filters: str, *, by) -> tuple[CalendarFeed, str]:
    """A subscription of a person and its secret, which is told once and never again."""
    if CalendarFeed.objects.filter(person=by).count() >= MOST:
        raise ValidationError({"name": _("You have many feeds already. Close one first.")})
    link, secret = access.issue_link(PURPOSE, by, by=by, name=name)
    feed = CalendarFeed(person=by, link=link, name=name, filters=filters)
    feed.full_clean(exclude=["link", "used_on"])
    feed.save()
    audit.record("events.feed_made", feed, by=by)
    return feed, secret


@transaction.atomic
def close_feed(feed: CalendarFeed, *, by) -> None:
    """Its address answers nobody any more."""
    audit.record("events.feed_closed", feed, by=by)
    access.revoke_link(feed.link)
    feed.delete()


def note_use(feed: CalendarFeed) -> None:
    """The day, written once a day however often a program asks."""
    today = platform_day()
    if feed.used_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(used_on=today)
