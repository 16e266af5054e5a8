"""Figures of regions in runs that something starts from: a mechanism, a pilot, a policy change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.registry.kinds import Step
from platform_core.ground.registry.kinds.things import Tombstone
from platform_core.materials.trails import selectors as trails

from ..models import RunArea, RunFigure, RunNode
from . import benchmarks
from .readings import area_read, nodes, readable

LABEL = "benchmarking.runfigure"
MOST = 400


def figures(user) -> QuerySet[RunFigure]:
    return stored().filter(area__run__in=readable(user))


def stored() -> QuerySet[RunFigure]:
    return RunFigure.objects.select_related("area__run__benchmark", "node").defer(
        "area__profile", "area__run__structure"
    )


def title(figure: RunFigure) -> str:
    told = _("%(region)s: %(figure)s (%(benchmark)s, run %(run)s)")
    run = figure.area.run
    return told % {
        "region": figure.area.called,
        "figure": named(figure.node),
        "benchmark": run.benchmark.title,
        "run": run.number,
    }


def named(node: RunNode) -> str:
    if not node.parent:
        return _("Place in the index")
    return str(node.name) or node.code


def at(user, arguments: Mapping[str, str], query: Mapping[str, str]) -> RunFigure | None:
    """What the page of a region is about: the place of the hierarchy its address names, else the index."""
    try:
        area = area_read(user, arguments["code"], arguments["area"], query.get("run", ""))
    except Http404:
        return None
    node = node_at(area, query.get("at", ""))
    if node is None:
        return None
    return figures(user).filter(area=area, node=node).first() or RunFigure(area=area, node=node)


def node_at(area: RunArea, code: str) -> RunNode | None:
    every = nodes(area.run)
    found = next((node for node in every if code and node.code == code), None)
    return found or next((node for node in every if not node.parent), None)


def gone(user, figure: RunFigure) -> Tombstone | None:
    """Withdrawn with its benchmark; of a run that was never published nobody is told."""
    if figure.area.run.published_at is None:
        return None
    told = benchmarks.gone(user, figure.area.run.benchmark)
    return told and Tombstone(title=title(figure), address=told.address, day=told.day, reason=told.reason)


def steps(places: Mapping[str, Sequence[int]]) -> Iterator[Step]:
    """Each came of its benchmark."""
    asked = Q(pk__in=places.get(LABEL, ())) | Q(area__run__benchmark__in=places.get(benchmarks.LABEL, ()))
    rows = RunFigure.objects.filter(asked).order_by("-pk").values_list("pk", "area__run__benchmark")
    for pk, benchmark in rows[:MOST]:
        yield Step((benchmarks.LABEL, benchmark), (LABEL, pk), gettext_lazy("is read in"), gettext_lazy("shows"))


@dataclass(frozen=True)
class Started:
    """What started from one figure, as far as the reader may see it."""

    title: str
    address: str
    relations: list[trails.Related]


def started(user, area: RunArea) -> list[Started]:
    """Of all figures of a region in a run."""
    rows = list(stored().filter(area=area))
    around = trails.around_each(user, LABEL, [row.pk for row in rows]) if rows else {}
    return [Started(named(row.node), row.get_absolute_url(), around[row.pk]) for row in rows if around[row.pk]]
