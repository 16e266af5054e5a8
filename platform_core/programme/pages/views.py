from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, get_language_from_request, override
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.panels import panels_for
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.monitoring.counting import Use, noted


@cached_for_guests
def serve(request, path):
    """A page that does not exist in the reader's language comes in the source language and says so."""
    if Page.route_for_request(request, path) is None and get_language() != settings.LANGUAGE_CODE:
        del request._wagtail_route_for_request  # the route is looked up once per request
        with override(settings.LANGUAGE_CODE):
            Page.route_for_request(request, path)
    return wagtail_serve(request, path)


@cached_for_guests
def topics(request):
    rows = [(topic, panels_for("topics.row", request, topic=topic)) for topic in vocabulary.topics()]
    return render(request, "pages/topics.html", {"rows": rows})


@cached_for_guests
def topic(request, number, slug=""):
    found = vocabulary.topic(number)
    if found is None:
        raise Http404
    if slug != found.code:
        return redirect("pages:topic", number=number, slug=found.code, permanent=True)
    context = {
        "topic": found,
        "main": panels_for("topic.main", request, topic=found),
        "aside": panels_for("topic.aside", request, topic=found),
    }
    return render(request, "pages/topic.html", context)


@login_required
def mine(request):
    """A member's home: what waits for her, what has changed, her meetings, tasks and groups; each room tells its own part."""
    blocks = {"main": panels_for("mine.main", request), "aside": panels_for("mine.aside", request)}
    return render(request, "pages/mine.html", blocks)


def to_language(request):
    """The bare address leads to the language the browser asks for."""
    return redirect(f"/{get_language_from_request(request)}/")


@cached_for_guests
def region(request, code):
    """Everything the platform knows of a region; each room tells its own part."""
    found = vocabulary.region(code)
    if found is None:
        raise Http404
    context = {
        "place": found,
        "name": vocabulary.region_labels()[found.code],
        "country": found.country,
        "main": panels_for("region.main", request, region=found),
        "aside": panels_for("place.aside", request, region=found),
    }
    return noted(render(request, "pages/place.html", context), vocabulary.REGION, found)


@cached_for_guests
def country(request, code):
    found = vocabulary.country(code)
    if found is None:
        raise Http404
    regions = [region for region in vocabulary.regions() if region.country_id == code]
    context = {
        "place": found,
        "regions": regions,
        "main": panels_for("country.main", request, country=found),
        "aside": panels_for("place.aside", request, country=found),
    }
    response = render(request, "pages/place.html", context)
    response.used = Use(vocabulary.COUNTRY, vocabulary.number_of(found))
    return response


@cached_for_guests
def places(request):
    rows = [
        (country, [region for region in vocabulary.regions() if region.country_id == country.pk])
        for country in vocabulary.countries()
    ]
    return render(request, "pages/places.html", {"rows": rows})
