"""What the repository shows on other rooms' pages."""

from django.urls import reverse

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Facet
from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.pages.panels import once
from platform_core.programme.search import selectors as search
from platform_core.programme.search.listing import row_of
from platform_core.programme.search.selectors import Answer, Question

from . import collections
from .selectors import LABEL

SHOWN = 5


def newest(request, topic=None, **subject) -> dict:
    filters = {"topic": str(topic.number)} if topic else {}
    entries = search.newest(request.user, LABEL, SHOWN, **filters)
    answer = Answer(Question(), len(entries), False, entries, {}, {})
    labels = {facet.code: facet.labels() for facet in declared(Facet)}
    address = reverse("repository:records") + (f"?topic={topic.number}" if topic else "")
    return {"rows": [row_of(entry, answer, labels) for entry in entries], "address": address}


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
