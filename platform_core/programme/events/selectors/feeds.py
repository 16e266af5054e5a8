from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import open_link

from ..models import CalendarFeed
from ..services.feeds import PURPOSE


def feeds_of(person) -> QuerySet[CalendarFeed]:
    return CalendarFeed.objects.filter(person=person.pk)


def feed_of(person, pk: int) -> CalendarFeed:
    return get_object_or_404(feeds_of(person).select_related("link"), pk=pk)


def feed_behind(secret: str) -> CalendarFeed:
    """The feed that a secret address opens; closed ones and those of closed accounts are not found."""
    link = open_link(PURPOSE, secret)
    feed = (
        CalendarFeed.objects.select_related("person").filter(link=link, person__is_active=True).first()
        if link
        else None
    )
    if feed is None:
        raise Http404
    return feed
