"""What the pages of a whole run show: from a query string to charts and words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from platform_core.ground.ui.countries import country_name
from platform_core.ground.vocabulary import selectors as vocabulary

from ..charts.chart import Chart
from ..charts.correlations import correlations
from ..charts.scatter import Point, scatter
from ..charts.tiles import tiles
from ..charts.trends import Observed, Series, trends
from ..forms.readings import NodeForm, RankingForm, RegionForm, ScatterForm, TrendForm
from ..models import Run, RunArea, RunNode
from ..selectors import readings as selectors
from . import addresses, drawings, replaying, robustness, sentences
from .profile import NATIONAL, Profile

Page = dict[str, Any]
AT_ONCE, FIRST = 60, 20


def overview(user, run: Run, asked: Mapping[str, str], *, whole: bool = False) -> Page:
    areas, nodes = list(selectors.areas(run)), selectors.nodes(run)
    ranked = [area for area in areas if area.rank is not None]
    indicators = sum(node.is_indicator for node in nodes)
    borrowed = sentences.nationals(selectors.figures(run, "national").get("national"), named_nodes(nodes))
    return {
        "form": RegionForm(areas=area_choices(areas)),
        "sentences": sentences.size(len(ranked), len(areas) - len(ranked), indicators)
        + sentences.leaders(ranked)
        + borrowed,
        "charts": [drawings.whole_ranking(ranked[:10], len(ranked), addresses.region(run))] if ranked else [],
        "tree": tree(nodes),
    }


def named_nodes(nodes: list[RunNode]) -> dict[str, str]:
    return {node.code: drawings.name_of(node) for node in nodes}


def ranking(user, run: Run, asked: Mapping[str, str], *, whole: bool = False) -> Page:
    nodes = [node for node in ordered(selectors.nodes(run)) if not node.is_indicator]
    node = next((node for node in nodes if node.parent and node.code == asked.get("node")), None)
    areas = selectors.areas_by(run, node) if node else list(selectors.areas(run))
    countries = sorted({area.country for area in areas if area.country}, key=country_name)
    form = RankingForm(
        asked,
        areas=area_choices(areas),
        countries=[(code, country_name(code)) for code in countries],
        nodes=node_choices(nodes),
    )
    chosen = picked(form, "country")
    shown = [area for area in areas if not chosen or area.country == chosen]
    page = Paginator(shown, max(1, len(shown)) if whole else AT_ONCE).get_page(asked.get("page"))
    ranked = [area for area in areas if area.rank is not None]
    chart = drawings.whole_ranking(list(page), len(ranked), addresses.region(run), picked(form, "region"), node)
    return {"form": form, "charts": [chart], "page": page, "sentences": [] if node else sentences.leaders(ranked)}


def world(user, run: Run, asked: Mapping[str, str], *, whole: bool = False) -> Page:
    nodes = ordered(selectors.nodes(run))
    form = NodeForm(asked, nodes=node_choices(nodes))
    node = node_of(nodes, picked(form, "node"))
    if node is None:
        return {"form": form, "charts": [], "regions": []}
    regions = map_regions(run, node)
    name = drawings.name_of(node)
    chart = tiles(
        title=name,
        description=_(
            "Every tile is a region, placed roughly where it lies; the stronger the tile, the higher the figure."
        ),
        regions=regions,
        figures=node.unit or name,
    )
    unplaced = sum(region["column"] is None for region in regions)
    return {"form": form, "files": [chart], "regions": regions, "title": name, "unit": node.unit, "unplaced": unplaced}


def map_regions(run: Run, node: RunNode) -> list[dict[str, Any]]:
    address = addresses.region(run)
    found = []
    for area, value in selectors.figure_of_all(run, node):
        place, remark = vocabulary.region(area.code), sentences.remark(*area.remark)
        found.append(
            {
                "code": area.code,
                "name": f"{area.called} [{remark}]" if remark else area.called,
                "plain": area.called,
                "remark": remark,
                "column": place.column if place else None,
                "row": place.row if place else None,
                "value": value,
                "address": address(area.code),
            }
        )
    return found


def compare(user, run: Run, asked: Mapping[str, str], *, whole: bool = False) -> Page:
    form, profile = region_page(user, run, asked, RegionForm)
    if profile is None:
        return {"form": form, "charts": []}
    charts = [drawings.peer_parallel(profile, addresses.region(run)), drawings.peer_radar(profile)]
    return {"form": form, "charts": charts, "sentences": [sentences.peers(profile)], "region": profile.area}


def scattered(user, run: Run, asked: Mapping[str, str], *, whole: bool = False) -> Page:
    nodes, areas = ordered(selectors.nodes(run)), list(selectors.areas(run))
    form = ScatterForm(asked, nodes=node_choices(nodes), areas=area_choices(areas))
    indicators = [node for node in nodes if node.is_indicator] or nodes
    across = node_of(nodes, picked(form, "across") or next((node.code for node in indicators), ""))
    up = node_of(nodes, picked(form, "up"))
    if across is None or up is None:
        return {"form": form, "charts": []}
    own, address = picked(form, "region"), addresses.region(run)
    points = [
        Point(
            area.code,
            area.called,
            x,
            y,
            address(area.code),
            area.code == own,
            remarks=tuple(sentences.remark(*remark) for remark in area.remarks),
        )
        for area, x, y in selectors.pair_of_all(run, across, up)
    ]
    chart = scatter(
        title=_("%(up)s beside %(across)s") % {"up": drawings.name_of(up), "across": drawings.name_of(across)},
        description=_(
            "Every point is a region; the broken lines are the medians. That two figures go together does not"
            " say that one brings about the other."
        ),
        across=named(across),
        up=named(up),
        points=points,
    )
    form.initial = {"across": across.code, "up": up.code}
    return {"form": form, "charts": [chart]}


def named(node: RunNode) -> str:
    return f"{drawings.name_of(node)} ({node.unit})" if node.unit else drawings.name_of(node)


def trended(user, run: Run, asked: Mapping[str, str], *, whole: bool = False) -> Page:
    nodes = [node for node in selectors.nodes(run) if node.is_indicator]
    form, profile = region_page(user, run, asked, TrendForm, nodes=node_choices(nodes))
    node = node_of(nodes, picked(form, "node")) or next(iter(nodes), None)
    if profile is None or node is None:
        return {"form": form, "charts": []}
    return {"form": form, "charts": [trend(profile, node)], "region": profile.area}


def trend(profile: Profile, node: RunNode) -> Chart:
    """An indicator of the region and its peers in all years there are, from the data of the run."""
    rows = selectors.observed(profile.run, indicator_of(profile.run, node), [area.code for area in profile.shown])
    series = [
        Series(
            area.code,
            area.called,
            [
                Observed(year, value, flag, "" if provenance != NATIONAL else sentences.remark("", provenance))
                for code, year, value, flag, provenance in rows
                if code == area.code
            ],
            is_own=not place,
        )
        for place, area in enumerate(profile.shown)
    ]
    return trends(
        title=_("%(indicator)s over the years") % {"indicator": drawings.name_of(node)},
        description=_(
            "Figures as the source gives them. A line stops where a year is missing, and before a break in the series."
        ),
        series=[one for one in series if one.observed],
        unit=node.unit,
    )


def indicator_of(run: Run, node: RunNode) -> str:
    return next((one.get("indicator") or node.code for one in run.structure if one["code"] == node.code), node.code)


def robust(user, run: Run, asked: Mapping[str, str], *, whole: bool = False) -> Page:
    every = selectors.nodes(run)
    nodes = {node.code: drawings.name_of(node) for node in every}
    indicators = {node.code: nodes[node.code] for node in every if node.is_indicator}
    found = selectors.figures(run, *robustness.CODES)
    areas = list(selectors.areas(run))
    ranked = [area for area in areas if area.rank is not None]
    charts = [
        chart
        for chart in (
            drawings.whole_ranking(ranked[:FIRST], len(ranked), addresses.region(run)) if ranked else None,
            robustness.sensitivity_chart(found.get("sensitivity")),
            correlation_chart(found.get("correlations"), indicators),
        )
        if chart is not None
    ]
    return {
        "charts": charts,
        "sentences": sentences.leaders(ranked),
        "tables": robustness.tables(found, nodes, {area.code: area.called for area in areas}),
        "replay": replay(run, found.get("uncertainty")),
    }


def replay(run: Run, varied: Mapping[str, Any] | None) -> Page | None:
    """Files with which the repetitions can be run again, and the command that does so."""
    disturbs = bool(varied and (varied.get("choices") or {}).get("noise"))
    told = replaying.command(run, varied, has_sets=disturbs)
    names = [name for name in replaying.FILES if disturbs or name != "weight_sets"]
    return (
        {"command": told, "files": [(f"{name}.csv", addresses.page(run, f"replay_{name}")) for name in names]}
        if told
        else None
    )


def correlation_chart(told: Mapping[str, Any] | None, names: Mapping[str, str]) -> Chart | None:
    """Of the nodes that are named."""
    places = [place for place, code in enumerate((told or {}).get("codes", ())) if code in names]
    if told is None or len(places) < 2:
        return None
    return correlations(
        title=_("Which indicators tell the same"),
        description=_(
            "Correlations of the indicators as they enter the index. Two that go together almost perfectly count"
            " one thing twice."
        ),
        names=[names[told["codes"][place]] for place in places],
        matrix=[[told["rows"][row][column] for column in places] for row in places],
    )


PAGES: dict[str, Callable[..., Page]] = {
    "overview": overview,
    "ranking": ranking,
    "map": world,
    "compare": compare,
    "scatter": scattered,
    "trends": trended,
    "robustness": robust,
}


def region_page(user, run: Run, asked: Mapping[str, str], form_class, **more) -> tuple[Any, Profile | None]:
    """A form with a region, and the region it names: the first of the ranking where it names none."""
    areas = list(selectors.areas(run))
    form = form_class(asked, areas=area_choices(areas), **more)
    chosen = picked(form, "region") or (areas[0].code if areas else "")
    form.initial = {"region": chosen}
    return form, selectors.profile(user, selectors.area_of(run, chosen)) if chosen else None


def picked(form, field: str) -> str:
    """What was chosen of the choices there are; anything else is as if nothing was."""
    form.full_clean()
    return form.cleaned_data.get(field, "")


def area_choices(areas: list[RunArea]) -> list[tuple[str, str]]:
    by_name = sorted(areas, key=lambda area: (area.country, area.called))
    return [(area.code, f"{area.called} ({area.code})") for area in by_name]


def ordered(nodes: list[RunNode]) -> list[RunNode]:
    """The index first, then down."""
    return sorted(nodes, key=lambda node: (-node.level, node.order))


def node_choices(nodes: list[RunNode]) -> list[tuple[str, str]]:
    return [(node.code, drawings.name_of(node)) for node in nodes]


def node_of(nodes: list[RunNode], code: str) -> RunNode | None:
    found = next((node for node in nodes if node.code == code), None)
    return found or (nodes[0] if nodes and not code else None)


def tree(nodes: list[RunNode]) -> list[tuple[int, RunNode]]:
    """Every node after the one it lies below, with its depth."""
    below: dict[str, list[RunNode]] = {}
    for node in nodes:
        below.setdefault(node.parent, []).append(node)
    found: list[tuple[int, RunNode]] = []

    def walk(parent: str, depth: int) -> None:
        for node in below.get(parent, ()):
            found.append((depth, node))
            walk(node.code, depth + 1)

    walk("", 0)
    return found
