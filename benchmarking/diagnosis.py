"""What the choices of a draft do, step by step, read from what the job found and from one question about coverage."""

from typing import Any

from django.utils.translation import gettext as _

from . import recipes, wording
from .models import Benchmark, Diagnosis
from .recipes import budget_means
from .selectors import benchmarks as selectors, runs, sources

ABOUT = {
    "indicators": ("indicator_left_out",),
    "treatment": ("unit_left_out", "still_missing", "untreatable", "still_skewed", "runs_the_wrong_way"),
    "weights": ("foreign_to_parent", "many_first"),
    "aggregation": ("redundant", "against_parent", "foreign_to_parent"),
    "reading": ("unit_left_out", "redundant", "against_parent", "still_skewed", "many_first"),
}
MOST = 40


def for_step(user, benchmark: Benchmark, step: str) -> dict[str, Any]:
    """What the page of a step shows beside its form."""
    nodes = selectors.nodes(benchmark)
    names = {node.code: node.label for node in nodes}
    stored = Diagnosis.objects.filter(benchmark=benchmark).first()
    found = stored.figures if stored else {}
    context: dict[str, Any] = {
        "nodes": nodes,
        "diagnosis": stored,
        "is_current": bool(stored) and stored.sha256 == recipes.fingerprint(benchmark),
        "problem": wording.stored_problem(found["problem"], names) if "problem" in found else "",
        "cautions": cautions(found, step, names),
    }
    builder = {
        "regions": coverage_of_areas,
        "indicators": coverage_of_indicators,
        "treatment": shapes,
        "weights": weights,
        "aggregation": relations,
        "robustness": steadiness,
    }.get(step)
    return context | (builder(user, benchmark, nodes, found) if builder else {})


def cautions(found: dict, step: str, names: dict[str, str]) -> list[str]:
    wanted = ABOUT.get(step, ())
    return [wording.caution(one, names) for one in found.get("cautions", ()) if one["code"] in wanted][:MOST]


def share(part: float | None, whole: float | None = 1) -> int | None:
    return round(100 * part / whole) if part is not None and whole else None


def coverage_of_areas(user, benchmark, nodes, found) -> dict[str, Any]:
    """Per region how much of the indicators it has, the poorest first, and whom the coverage rule drops."""
    by_area, _by_indicator, _areas, indicators = sources.coverage(benchmark)
    known, least = sources.names_of(by_area), benchmark.recipe.get("screen", 0)
    rows = [
        {"name": known[code], "count": count, "share": share(count, indicators), "drops": count < least * indicators}
        for code, count in by_area.items()
    ]
    rows.sort(key=lambda row: (row["count"], row["name"].code))
    return {
        "rows": rows if indicators else [],
        "indicator_count": indicators,
        "dropped": sum(row["drops"] for row in rows) if indicators else 0,
        "least": share(least),
    }


def coverage_of_indicators(user, benchmark, nodes, found) -> dict[str, Any]:
    _by_area, by_indicator, areas, _indicators = sources.coverage(benchmark)
    shares = {code: share(count, areas) for code, count in by_indicator.items()}
    for node in nodes:
        node.share = shares.get(node.indicator)
        node.count = by_indicator.get(node.indicator)
    return {"area_count": areas}


def shapes(user, benchmark, nodes, found) -> dict[str, Any]:
    """Per indicator: gaps filled, skewness before and after, and what was done."""
    table, coverage = found.get("treatment", {}), found.get("coverage", {})
    rows = [
        {"node": node, "imputed": coverage.get("imputed", {}).get(node.code), **table[node.code]}
        for node in nodes
        if node.code in table
    ]
    return {"rows": rows, "done": methods()}


def methods() -> dict[str, str]:
    return {
        "": _("nothing"),
        "winsorise": _("extremes moved"),
        "log": _("logarithm"),
        "boxcox": _("Box–Cox"),
        "sd": _("cut"),
        "untreatable": _("too few figures to judge"),
    }


def weights(user, benchmark, nodes, found) -> dict[str, Any]:
    """What a place is meant to count, and what it does: its share of the influence among those beside it."""
    table, parts = found.get("weights", {}), found.get("coherence", {}).get("nodes", {})
    given = budget_means(benchmark)
    sums: dict[str, float] = {}
    for row in table.values():
        sums[row["Parent"]] = sums.get(row["Parent"], 0) + (row["Weight"] or 0)
    rows = []
    for node in nodes:
        if node.parent_id and (row := table.get(node.code)):
            rows.append(
                {
                    "node": node,
                    "meant": share(row["Weight"], sums[row["Parent"]]),
                    "in_index": share(row["EffWeight"]),
                    "influence": share(parts.get(node.code, {}).get("influence")),
                }
            )
    people = selectors.people_who_gave(benchmark)
    return {"rows": rows, "people": list(people), "given": given, "spread": spread(benchmark, nodes)}


def spread(benchmark: Benchmark, nodes) -> list[dict[str, Any]]:
    """Per place the mean of the points given, and the lowest and the highest."""
    given: dict[int, list[int]] = {}
    for one in selectors.shares(benchmark):
        given.setdefault(one.node_id, []).append(one.points)
    return [
        {
            "node": node,
            "mean": sum(given[node.pk]) / len(given[node.pk]),
            "low": min(given[node.pk]),
            "high": max(given[node.pk]),
        }
        for node in nodes
        if node.pk in given
    ]


def relations(user, benchmark, nodes, found) -> dict[str, Any]:
    """Per group how far what is in it moves together."""
    coherence = found.get("coherence", {})
    alpha, parts = coherence.get("alpha", {}), coherence.get("nodes", {})
    groups = [{"node": node, "alpha": alpha.get(node.code)} for node in nodes if node.code in alpha]
    rows = [
        {"node": node, **parts[node.code]}
        for node in nodes
        if node.code in parts and parts[node.code].get("with_parent")
    ]
    return {"groups": groups, "rows": rows, "levels": max((node.depth for node in nodes), default=1)}


def steadiness(user, benchmark, nodes, found) -> dict[str, Any]:
    """How steady the ranks of the last run were."""
    run = runs.shown_run(user, benchmark)
    if run is None:
        return {"run": None}
    rows = list(runs.ranked(run).filter(rank_low__isnull=False).values_list("rank_low", "rank_high"))
    places = sorted(high - low for low, high in rows)
    return {
        "run": run,
        "typical": places[len(places) // 2] if places else None,
        "widest": places[-1] if places else None,
    }
