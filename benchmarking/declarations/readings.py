from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, JobKind, Panel

from ..permissions.readings import RIGHTS
from ..readings import sentences
from ..selectors import readings as selectors
from ..services.readings import KIND

SHOWN = 5


def latest_of(request, region, **subject) -> dict | None:
    """How the region stands in the benchmark published last; none, no block."""
    found = selectors.latest_with(request.user, region.code)
    if found is None:
        return None
    address = reverse("benchmarking:reading_region", args=[found.run.benchmark.code, found.code])
    return {"standing": found, "told": sentences.in_short(found), "address": address}


def latest_of_country(request, country, **subject) -> dict | None:
    """How the regions of a country stand in the benchmark published last; none, no block."""
    rows = selectors.latest_in(request.user, country.pk)
    shown = list(rows[:SHOWN])
    if not shown:
        return None
    return {"run": shown[0].run, "areas": [(area, sentences.in_short(area)) for area in shown], "number": rows.count()}


declarations = [
    *RIGHTS,
    EventKind(verb="benchmarking.run_report_asked", name=_("Reports of a run were asked for")),
    EventKind(verb="benchmarking.run_report_made", name=_("Reports of a run were made")),
    JobKind(code=KIND, name=_("Writing the reports of a run"), perform="benchmarking.services.readings.make"),
    Panel(place="region.main", order=30, template="benchmarking/panel_standing.html", context=latest_of),
    Panel(place="country.main", order=30, template="benchmarking/panel_country.html", context=latest_of_country),
]
