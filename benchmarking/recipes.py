"""From what is chosen in a benchmark to what the statistics are given, and the hash by which choices are told apart."""

import json
import math
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

import pandas as pd

from .freezing import digest, version_of
from .models import Benchmark, BudgetShare, Indicator
from .presets import PRESETS
from .selectors import benchmarks as selectors
from .statistics.recipe import Recipe

COMPUTING = ("computing.py", "freezing.py", "recipes.py", "results.py", "robustness.py", "selectors/data.py")
MOST_DRAWS = 10_000
LINEAR = "linear"


def plain(value: Any) -> Any:
    """Numbers of numpy as Python's, what is missing as None; arrays and indices as lists."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def hash_of_sets(sets: pd.DataFrame) -> str:
    """Of sets of weights, by which they are told apart without being stored."""
    rows = pd.util.hash_pandas_object(sets.round(12), index=True) if len(sets) else []
    return digest([int(one) for one in rows])


def code_version() -> str:
    return version_of(*COMPUTING)


def preset(code: str) -> dict[str, Any]:
    """A copy of the choices a benchmark begins with."""
    return json.loads(json.dumps(PRESETS[code]))


def recipe_of(chosen: Mapping[str, Any], year: int | None = None) -> Recipe:
    """Points become weights when the structure is frozen, so the statistics take them as given; the year is only told
    where figures of several years are given to them."""
    weights = "original" if chosen["weights"] == "budget" else chosen["weights"]
    told = {"year": year} if chosen["imputation"] == LINEAR else {}
    return Recipe.from_json({"screen_on": "measured", **chosen, **told, "weights": weights})


def with_ends(recipe: Mapping[str, Any], varied: Mapping[str, Any]) -> dict[str, Any]:
    """Where figures may become logarithms and are measured by ends, these go along; runs from before have no such word."""
    scales = {head(one) for one in (recipe.get("normalisation"), *(varied.get("normalisation") or ()))}
    treatments = {head(one) for one in (recipe.get("treatment"), *(varied.get("treatment") or ()))}
    turned = scales & {"distance_to_target", "goalposts"} and treatments & {"winsorise", "log", "boxcox"}
    return {**recipe, "ends": "treated"} if turned else dict(recipe)


def head(method: Any) -> str:
    return str(method or "").partition(":")[0]


def frozen(benchmark: Benchmark) -> dict[str, Any]:
    """Everything that decides a result, as it is now."""
    return {
        "recipe": with_ends(benchmark.recipe, benchmark.robustness),
        "robustness": benchmark.robustness,
        "years": [benchmark.year, benchmark.years_back],
        "structure": structure(benchmark),
        "areas": list(benchmark.areas.values_list("code", flat=True)),
        "sources": list(benchmark.sources.values_list("version", flat=True)),
        "peers": benchmark.peer_study.digest if benchmark.peer_study else "",
    }


def fingerprint(benchmark: Benchmark) -> str:
    return fingerprint_of(frozen(benchmark))


def fingerprint_of(choices: Mapping[str, Any]) -> str:
    """Names are left out, since a translation changes no figure."""
    nodes = [{name: value for name, value in node.items() if name != "name"} for node in choices["structure"]]
    return digest({**choices, "structure": nodes})


def structure(benchmark: Benchmark) -> list[dict[str, Any]]:
    """The hierarchy from the index down, with what is known of every indicator today."""
    nodes = selectors.nodes(benchmark)
    codes = {node.pk: node.code for node in nodes}
    known = Indicator.objects.select_related("denominator").in_bulk(
        [node.indicator for node in nodes if node.indicator], field_name="code"
    )
    means = budget_means(benchmark) if benchmark.recipe.get("weights") == "budget" else {}
    return [
        {
            "code": node.code,
            "parent": codes.get(node.parent_id, ""),
            "name": (known[node.indicator].name if node.indicator in known else node.name).stored(),
            "weight": means.get(node.pk, node.weight),
            **(facts(known[node.indicator], node) if node.indicator in known else {}),
        }
        for node in nodes
    ]


def facts(indicator: Indicator, node) -> dict[str, Any]:
    return {
        "indicator": indicator.code,
        "unit": indicator.unit.stored(),
        "direction": node.direction,
        "target": node.target,
        **({"goalposts": [node.lower, node.upper]} if None not in (node.lower, node.upper) else {}),
        "denominator": indicator.denominator.code if indicator.denominator else "",
        "decimals": indicator.decimals,
    }


def budget_means(benchmark: Benchmark) -> dict[int, float]:
    """The mean of the points of every place; without any it has none of the weight, if others beside it have some."""
    given: dict[int, list[int]] = {}
    for node, points in BudgetShare.objects.filter(node__benchmark=benchmark).values_list("node", "points"):
        given.setdefault(node, []).append(points)
    parents = dict(benchmark.nodes.values_list("pk", "parent"))
    asked = {parents[node] for node in given}
    return {node: fmean(given.get(node, [0])) for node, parent in parents.items() if parent in asked}


def indicators_of(nodes: Sequence[Mapping[str, Any]]) -> list[str]:
    return [node["indicator"] for node in nodes if node.get("indicator")]


def denominators_of(nodes: Sequence[Mapping[str, Any]]) -> list[str]:
    """What indicators are divided by, where it is none of them itself."""
    own = set(indicators_of(nodes))
    return sorted({node["denominator"] for node in nodes if node.get("denominator")} - own)
