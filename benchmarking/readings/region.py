"""The page of one region: charts, sentences and tables, none of which computes statistics."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ..charts.chart import Chart
from ..charts.lettering import figure
from ..selectors import readings as selectors
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
    return {
        "area": profile.area,
        "profile": profile,
        "charts": charts,
        "base": addresses.page(profile.run, "reading_region", profile.area.code),
        "position": sentences.position(profile),
        "peers_told": sentences.peers(profile),
        "strengths": [sentences.strength(one) for one in profile.strengths],
        "weaknesses": [sentences.weakness(one) for one in profile.weaknesses],
        "reservations": sentences.reservations(profile),
        "peers_table": peers_table(profile),
        "indicators_table": indicators_table(profile),
        "practices": selectors.practices(user, profile),
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


def interval(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{figure(low, 0)}–{figure(high, 0)}"


def indicators_table(profile: Profile) -> dict[str, Any]:
    head = [
        _("Indicator"),
        _("Figure"),
        _("Year"),
        _("Flag"),
        _("Median of the peers"),
        _("Best of the peers"),
        _("Points beside the peers"),
    ]
    return {"head": head, "rows": [indicator_row(one) for one in profile.compared], "numeric": [1, 2, 4, 5, 6]}


def indicator_row(one: Compared) -> list[str]:
    own = one.own
    told = _("estimated") if own.imputed else sentences.valued(own.value, one.unit)
    best = f"{figure(one.best_figure.value)} ({one.best.code})" if one.best else "–"
    year = "–" if own.imputed or own.year is None else str(own.year)
    gap = "–" if one.gap is None else ("+" if one.gap > 0 else "") + figure(one.gap, 1)
    return [one.name, told, year, sentences.remark(own.flag, own.provenance) or "–", figure(one.middle), best, gap]
