"""From a composite to the rows a run stores, in plain numbers fit for JSON."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .models import Run
from .recipes import plain
from .statistics.composite import Composite
from .statistics.contributions import contributed

TOLERANCE = 1e-10
WORDS = {"name", "unit"}  # of a place in the hierarchy: translated later, they change no figure
LATER = {"low", "high"}  # of its parts a run did not tell between which ranks they may stand, before it could


def nodes(run: Run, composite: Composite) -> list[dict[str, Any]]:
    table = composite.weights
    rows = []
    for order, node in enumerate(run.structure):
        if node["code"] not in table.index:
            continue  # an indicator the coverage rule left out
        rows.append(
            {
                "code": node["code"],
                "name": node["name"],
                "parent": node["parent"],
                "level": int(table.at[node["code"], "Level"]),
                "order": order,
                "unit": (node.get("unit") or {}).get("en", ""),
                "direction": node.get("direction", 1),
                "weight": plain(table.at[node["code"], "Weight"]),
                "effective_weight": plain(table.at[node["code"], "EffWeight"]),
            }
        )
    return rows


def areas(run: Run, composite: Composite, given, varied) -> list[dict[str, Any]]:
    """By rank, then code; those left out at the end."""
    root = composite.hierarchy.root
    scores, ranks = columns(composite.scores), columns(composite.ranks)
    profile = Profiles(composite, given, varied)
    rows = []
    for code in given.matrix.value.index:
        score, rank = scores[root].get(code), ranks[root].get(code)
        low, median, high = varied.interval(root, code)
        rows.append(
            {
                "code": code,
                "name": given.areas[code].name,
                "country": given.areas[code].country,
                "score": score,
                "rank": None if rank is None else int(rank),
                "rank_low": low,
                "rank_median": median,
                "rank_high": high,
                "left_out": "" if score is not None else profile.why(code),
                "profile": profile.of(code, scores, ranks),
            }
        )
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0, row["code"]))


def columns(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Every column as a mapping of the index to plain values; one pass, since cells by name cost much."""
    return {str(name): dict(zip(frame.index, plain(frame[name].to_numpy()), strict=True)) for name in frame.columns}


class Profiles:
    """Everything that is known of one area in a composite, as `RunArea.profile` holds it."""

    def __init__(self, composite: Composite, given, varied) -> None:
        self.tree, self.varied, self.peers = composite.hierarchy, varied, given.peers
        matrix = given.matrix
        self.frames = {
            name: columns(frame)
            for name, frame in {
                "value": matrix.value,
                "year": matrix.year,
                "flag": matrix.flag,
                "provenance": matrix.provenance,
                "imputed": composite.is_imputed,
                "used": composite.imputed,
                "treated": composite.treated,
                "normalised": composite.normalised,
            }.items()
        }
        parts, self.contributes = contributed(composite)
        self.parts = None if parts is None else columns(parts)
        self.left_out = set(composite.diagnosis.coverage.units_left_out)

    def why(self, code: str) -> str:
        return "coverage" if code in self.left_out else "gaps"

    def of(self, code: str, scores, ranks) -> dict[str, Any]:
        return {
            "nodes": {node: self.node(node, code, scores, ranks) for node in self.tree.codes},
            "indicators": {node: self.indicator(node, code) for node in self.tree.indicators},
            "peers": self.peers.get(code, []),
            "contributions": self.contributes,
        }

    def node(self, node: str, code: str, scores, ranks) -> dict[str, Any]:
        rank = ranks[node].get(code)
        low, _median, high = self.varied.interval(node, code)
        return {
            "score": scores[node].get(code),
            "rank": None if rank is None else int(rank),
            "low": low,
            "high": high,
        }

    def indicator(self, node: str, code: str) -> dict[str, Any]:
        at = {name: frame[node].get(code) for name, frame in self.frames.items()}
        return {
            **{name: at[name] for name in ("value", "flag", "provenance", "normalised")},
            "year": at["year"] or None,
            "imputed": bool(at["imputed"]),
            "used": at["used"],
            "treated": at["treated"],
            "contribution": None if self.parts is None else self.parts[node].get(code),
        }


def others(composite: Composite, varied) -> dict[str, Any]:
    return {**diagnosis(composite), **varied.results()}


def diagnosis(composite: Composite) -> dict[str, Any]:
    """What the steps found, by its code; the same for a run and for a draft."""
    found = composite.diagnosis
    gaps = composite.is_imputed
    return {
        "coverage": {
            "units": plain(found.coverage.units.to_dict()),
            "indicators": plain(found.coverage.indicators.to_dict()),
            "units_left_out": plain(found.coverage.units_left_out),
            "indicators_left_out": plain(found.coverage.indicators_left_out),
            "imputed": plain(gaps.sum().to_dict()),
        },
        "treatment": records(found.treatment),
        "correlations": square(found.coherence.correlations),
        "coherence": {
            "alpha": plain(found.coherence.alpha.to_dict()),
            "nodes": records(found.coherence.nodes),
            "redundant": plain(found.coherence.redundant),
        },
        "weights": records(composite.weights),
        "cautions": [{"code": one.code, "place": plain(one.place)} for one in found.cautions],
    }


def national(matrix) -> dict[str, Any]:
    """How many regions have their country's figure, by indicator; nothing where none has."""
    counts = (matrix.provenance == "national").sum()
    found = {str(code): int(count) for code, count in counts.items() if count}
    return {"national": found} if found else {}


def records(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """A row under its name."""
    return {str(name): plain(row) for name, row in frame.to_dict("index").items()}


def square(frame: pd.DataFrame) -> dict[str, Any]:
    return {"codes": [str(code) for code in frame.columns], "rows": plain(frame.to_numpy().tolist())}


def differing(kind: str, stored: Iterable, again: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where rows computed again are not those stored; numbers closer than TOLERANCE are the same."""
    before = {row.code: row for row in stored}
    after = {row["code"]: row for row in again}
    found = [
        {"what": kind, "code": code, "name": "", "then": code in before, "now": code in after}
        for code in sorted(before.keys() ^ after.keys())
    ]
    for code in before.keys() & after.keys():
        for name, now in after[code].items():
            if name in WORDS:
                continue
            then = getattr(before[code], name)
            then = then.stored() if hasattr(then, "stored") else then
            if not same(then, now):
                found.append({"what": kind, "code": code, "name": name, "then": short(then), "now": short(now)})
    return found


def differing_results(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of what was stored then; that more is told today is no difference."""
    return [
        {"what": "results", "code": code, "name": "", "then": short(before.get(code)), "now": short(after.get(code))}
        for code in sorted(before)
        if not same(before.get(code), after.get(code))
    ]


def same(then: Any, now: Any) -> bool:
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        told = {key for key in then if not (key in LATER and then[key] is None)}
        return told <= now.keys() and all(same(then[key], now[key]) for key in told)
    if isinstance(then, list) and isinstance(now, (list, tuple)):
        return len(then) == len(now) and all(map(same, then, now))
    if isinstance(then, float) or isinstance(now, float):
        numbers = all(isinstance(one, (int, float)) for one in (then, now))
        return numbers and math.isclose(then, now, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return then == now


def short(value: Any) -> str:
    return str(value)[:80]
