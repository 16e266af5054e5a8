"""The page of one region: charts, sentences and tables, none of which computes statistics."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from platform_core.ground.ui.components.markup import esc, html

from ..charts.chart import Chart
from ..charts.lettering import figure
from ..selectors import figures, readings as selectors
from . import addresses, drawings, sentences
from .pages import trend
from .profile import Compared, Profile, standing


def region_context(user, profile: Profile, only: str = "") -> dict[str, Any]:
    """With `only` nothing but the chart of that code is made."""
    address = addresses.region(profile.run)
    makers: dict[str, Callable[[], Chart | None]] = {
        "ranking": lambda: drawings.peer_ranking(profile, address),
        "radar": lambda: drawings.peer_radar(profile),
        "parallel": lambda: drawings.peer_parallel(profile, address),
        "waterfall": lambda: drawings.peer_waterfall(profile),
        "trends": lambda: chosen_trend(profile),
    }
    charts = {code: make() for code, make in makers.items() if only in ("", code)}
    if only:
        return {"charts": charts}
    del charts["parallel"]
    leading = addresses.of_figures(profile.run, profile.area.code)
    return {
        "area": profile.area,
        "profile": profile,
        "charts": charts,
        "base": addresses.page(profile.run, "reading_region", profile.area.code),
        "position": sentences.position(profile),
        "peers_told": sentences.peers(profile),
        "strengths": [(sentences.strength(one), leading(one.node.code)) for one in profile.strengths],
        "weaknesses": [(sentences.weakness(one), leading(one.node.code)) for one in profile.weaknesses],
        "reservations": sentences.reservations(profile),
        "parts_table": parts_table(profile) if profile.standings else None,
        "peers_table": peers_table(profile),
        "indicators_table": indicators_table(profile, leading),
        "practices": selectors.practices(user, profile),
        "suppose": addresses.page(profile.run, "reading_suppose", profile.area.code),
        "compare": addresses.page(profile.run, "reading_compare", region=profile.area.code),
        "all_trends": addresses.page(profile.run, "reading_trends", region=profile.area.code),
    }


def chosen_trend(profile: Profile) -> Chart | None:
    """Of what costs the region most, else of what weighs most."""
    weighed = sorted(profile.compared, key=lambda one: -(one.node.effective_weight or 0))
    chosen = next(iter([*profile.weaknesses, *weighed]), None)
    return trend(profile, chosen.node) if chosen else None


def peers_table(profile: Profile) -> dict[str, Any]:
    standings = {
        "ahead": _("clearly ahead"),
        "alike": _("cannot be told apart"),
        "behind": _("clearly behind"),
        "": _("no rank"),
    }
    rows = [
        [
            f"{peer.called} ({peer.code})",
            figure(peer.score),
            figure(peer.rank),
            interval(peer.rank_low, peer.rank_high),
            figure(profile.distances.get(peer.code)),
            standings[standing(peer, profile.area)],
        ]
        for peer in profile.peers
    ]
    head = [_("Region"), _("Score"), _("Rank"), _("Interval"), _("Distance in structure"), _("Beside this region")]
    return {"head": head, "rows": rows, "numeric": [1, 2, 3, 4]}


def parts_table(profile: Profile) -> dict[str, Any]:
    rows = [
        [
            drawings.name_of(one.node),
            figure(one.score),
            figure(one.middle),
            figure(one.rank),
            interval(one.low, one.high),
        ]
        for one in profile.standings
    ]
    head = [_("Part"), _("Score"), _("Median of the peers"), _("Rank"), _("Interval")]
    return {"head": head, "rows": rows, "numeric": [1, 2, 3, 4]}


def interval(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{figure(low, 0)}–{figure(high, 0)}"


def figure_context(user, profile: Profile, code: str) -> dict[str, Any]:
    """What started from figures of the region in this run; with a `code`, the one that the address of the page names."""
    node = next((one for one in profile.nodes if code and one.code == code), None)
    leading = addresses.of_figures(profile.run, profile.area.code)
    groups = [(figures.named(one), leading(one.code)) for one in profile.nodes if not one.is_indicator]
    context = {"groups": groups, "started": figures.started(user, profile.area)}
    return context if node is None else {**context, "figure": figures.named(node), "facts": figure_facts(profile, node)}


def figure_facts(profile: Profile, node) -> list[tuple[str, str]]:
    if node.is_indicator:
        table = indicators_table(profile)
        (row,) = (row for one, row in zip(profile.compared, table["rows"], strict=True) if one.node == node)
        return [(words, told) for words, told in zip(table["head"][1:], row[1:], strict=True) if told != "–"]
    told = profile.area.profile.get("nodes", {}).get(node.code, {})
    return [(_("Score"), figure(profile.score(profile.area, node))), (_("Rank"), figure(told.get("rank")))]


def indicators_table(profile: Profile, leading: Callable[[str], str] | None = None) -> dict[str, Any]:
    head = [
        _("Indicator"),
        _("Figure"),
        _("Year"),
        _("Flag"),
        _("Median of the peers"),
        _("Best of the peers"),
        _("Points beside the peers"),
    ]
    rows = [indicator_row(one) for one in profile.compared]
    if leading:
        names = (html(f'<a href="{esc(leading(one.node.code))}">{esc(one.name)}</a>') for one in profile.compared)
        rows = [[name, *row[1:]] for name, row in zip(names, rows, strict=True)]
    return {"head": head, "rows": rows, "numeric": [1, 2, 4, 5, 6]}


def indicator_row(one: Compared) -> list[str]:
    own = one.own
    told = _("estimated") if own.imputed else sentences.valued(own.value, one.unit)
    best = f"{figure(one.best_figure.value)} ({one.best.code})" if one.best else "–"
    year = "–" if own.imputed or own.year is None else str(own.year)
    gap = "–" if one.gap is None else ("+" if one.gap > 0 else "") + figure(one.gap, 1)
    return [one.name, told, year, sentences.remark(own.flag, own.provenance) or "–", figure(one.middle), best, gap]
