"""What the repository shows on other rooms' pages."""

from urllib.parse import urlencode

from django.urls import reverse

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Facet
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.panels import once
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.search import selectors as search
from platform_core.programme.search.listing import row_of
from platform_core.programme.search.selectors import Answer, Question

from . import adoptions, collections
from .selectors import LABEL, projects_of

SHOWN, PROJECTS = 5, 50


def newest(request, topic=None, region=None, country=None, concept=None, **subject) -> dict:
    """The newest records, of a topic, a region, a country or a keyword where the page is about one."""
    places = {"topic": topic and str(topic.number), "region": region and region.code, "country": country and country.pk}
    places["concept"] = concept and concept.pk
    filters = {name: value for name, value in places.items() if value}
    entries = search.newest(request.user, LABEL, SHOWN, **filters)
    answer = Answer(Question(), len(entries), False, entries, {}, {})
    labels = {facet.code: facet.labels() for facet in declared(Facet)}
    address = reverse("repository:records") + (f"?{urlencode(filters)}" if filters else "")
    return {"rows": [row_of(entry, answer, labels) for entry in entries], "address": address}


def adopted_here(request, region=None, country=None, **subject) -> dict | None:
    """What organisations of a region or a country have taken over; none, no block."""
    rows = adoptions.adoptions_in(request.user, region=region, country=country)
    shown = list(rows[:SHOWN])
    if not shown:
        return None
    place = {"region": region.code} if region else {"country": country.pk}
    number = rows.count()  # also of few, so that the page asks the same at any size
    return {
        "adoptions": shown,
        "number": number,
        "address": f"{reverse('repository:adoptions')}?{urlencode(place)}" if number > SHOWN else "",
    }


def projects(request, organisation, **subject) -> dict | None:
    """On the page of an organisation: the projects whose records name it; none, no block."""
    rows = list(projects_of(request.user, organisation)[:PROJECTS])
    return {"projects": rows} if rows else None


def tallies(request) -> search.Counts:
    return once(request, "repository.tallies", lambda: search.tallies(request.user, LABEL))


def topic_count(request, topic, **subject) -> dict:
    counts = tallies(request).get("topic", {})
    return {
        "count": counts.get(str(topic.number), 0),
        "address": f"{reverse('repository:records')}?topic={topic.number}",
    }


def region_map(request, **subject) -> dict:
    """One tile per region with its number of records, linked to them."""
    counts = tallies(request).get("region", {})
    address = reverse("repository:records")
    tiles = [
        {
            "code": region.code,
            "name": region.native or region.name if region.country_id == active_code().upper() else region.name,
            "column": region.column,
            "row": region.row,
            "value": counts.get(region.code, 0),
            "address": f"{address}?region={region.code}",
        }
        for region in vocabulary.regions()
    ]
    return {"tiles": tiles}


def collections_of(request, topic=None, **subject) -> dict | None:
    """Collections on a topic; none, no block."""
    rows = list(collections.collections(request.user).filter(topic=topic.number)) if topic else []
    return {"collections": rows} if rows else None
