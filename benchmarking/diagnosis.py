"""What the choices of a draft do, step by step, read from what the job found and from one question about coverage."""

from typing import Any

from django.utils.translation import gettext as _, ngettext

from platform_core.ground.texts.codes import CODES

from . import recipes, varying, wording
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
FEWEST_WORDS = 5
MUCH_MORE = 10  # per cent of the figures


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
        "question": questioned,
        "reading": readable,
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


def questioned(user, benchmark, nodes, found) -> dict[str, Any]:
    """What can be said of the question as it is written, and of the year it asks about."""
    words = benchmark.question.localise(benchmark.question.source).text.strip()
    told = []
    if words and not words.endswith(("?", ";", "\u037e")):  # Greek asks with a semicolon
        told.append(_("It does not end with a question mark. What is to be answered?"))
    if words and len(words.split()) < FEWEST_WORDS:
        told.append(_("It has few words. Who decides what, and about which regions?"))
    counts = sources.years_of(benchmark)
    rows = [{"year": year, "share": share(count, whole)} for year, (count, whole) in sorted(counts.items())]
    own = next((row["share"] for row in rows if row["year"] == benchmark.year), 0)
    best = max(rows, key=lambda row: (row["share"] or 0, row["year"]), default=None)
    if best and (best["share"] or 0) > (own or 0) + MUCH_MORE:
        words = _("Of %(year)s, %(own)s %% of the figures are there; of %(best)s there are %(share)s %%.")
        told.append(words % {"year": benchmark.year, "own": own or 0, "best": best["year"], "share": best["share"]})
    return {"told": told, "years": rows, "untranslated": lacking_languages(benchmark, "title", "question")}


def readable(user, benchmark, nodes, found) -> dict[str, Any]:
    """What a reader should be told, as far as the figures and the last run say."""
    told = []
    coverage, steady = found.get("coverage", {}), steadiness(user, benchmark, nodes, found)
    imputed, areas = sum((coverage.get("imputed") or {}).values()), len(coverage.get("units") or {})
    if left_out := coverage.get("units_left_out"):
        told.append(
            ngettext("%(n)s region is left out.", "%(n)s regions are left out.", len(left_out)) % {"n": len(left_out)}
        )
    if imputed:
        part = share(imputed, areas * len(coverage.get("indicators") or {}))
        told.append(_("%(share)s %% of the figures are estimated.") % {"share": part})
    if steady.get("typical"):
        words = _("In run %(number)s the rank of a typical region moved by %(places)s under other choices.")
        told.append(words % {"number": steady["run"].number, "places": round(steady["typical"])})
    if not benchmark.reading:
        told.append(_("Nothing is written yet about how to read it."))
    return {"told": told, "untranslated": lacking_languages(benchmark, "title", "question", "reading")}


def lacking_languages(benchmark: Benchmark, *names: str) -> list[str]:
    """Languages in which one of these texts, where it is written at all, is not there."""
    texts = [text for name in names if (text := getattr(benchmark, name))]
    return [code for code in CODES if any(not text.get(code) for text in texts)]


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
    """How steady the ranks of the last run were, what computing again costs, and what does not fit together."""
    run = runs.shown_run(user, benchmark)
    told = {
        "cost": varying.computations(benchmark),
        "clashes": list(varying.clashes(benchmark.recipe, benchmark.robustness, nodes).values()),
    }
    if run is None:
        return {"run": None, **told}
    rows = list(runs.ranked(run).filter(rank_low__isnull=False).values_list("rank_low", "rank_high"))
    places = sorted(high - low for low, high in rows)
    return {
        "run": run,
        "typical": places[len(places) // 2] if places else None,
        "widest": places[-1] if places else None,
        **told,
    }
