from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary

from . import selectors
from .ical import calendar as calendar_file


def chosen_topic(request):
    number = request.GET.get("topic", "")
    return vocabulary.topic(int(number)) if number.isdecimal() and len(number) < 5 else None


@cached_for_guests
def calendar(request):
    """Coming events, or past ones with `?past=1`; `?topic=4` narrows both."""
    topic, past = chosen_topic(request), bool(request.GET.get("past"))
    question = selectors.past if past else selectors.upcoming
    rows = question(request.user, topic=topic.number if topic else None)
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    query = "&".join([*(["past=1"] if past else []), *([f"topic={topic.number}"] if topic else [])])
    context = {"page": page, "past": past, "topic": topic, "topics": vocabulary.topics(), "query": query}
    return render(request, "events/calendar.html", context)


@cached_for_guests
def event(request, code):
    return render(request, "events/event.html", {"event": selectors.event_for(request.user, code)})


def feed(request):
    """The coming events a guest may see, as a subscription for calendar programs."""
    topic = chosen_topic(request)
    rows = selectors.upcoming(request.user, topic=topic.number if topic else None)
    response = HttpResponse(
        calendar_file(_("ClusterPoliSEE events"), rows), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'inline; filename="clusterpolisee.ics"'
    return response
