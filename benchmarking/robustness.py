"""A composite computed again with other choices: what is varied, and what it means for every rank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import recipes
from .statistics.composite import Composite
from .statistics.draws import Choices
from .statistics.hierarchy import Hierarchy
from .statistics.problems import StatisticsError
from .statistics.recipe import Recipe
from .statistics.removal import removed
from .statistics.running import nothing
from .statistics.sensitivity import sobol
from .statistics.uncertainty import Uncertainty, analyse as analysed, of_parts

Interval = tuple[float | None, float | None, float | None]
Intervals = dict[str, dict[str, Interval]]
BASE = 256  # samples from which sensitivity is estimated, for each choice and two more
DIGITS = 4


@dataclass(frozen=True)
class Varied:
    """Intervals of ranks by place in the hierarchy, then by area, and the other results by their code."""

    intervals: Mapping[str, Mapping[str, Interval]]
    found: Mapping[str, Any]

    def interval(self, node: str, code: str) -> Interval:
        """Low, median and high rank; indicators are not computed again."""
        return self.intervals.get(node, {}).get(code, (None, None, None))

    def results(self) -> dict[str, Any]:
        return dict(self.found)


@dataclass(frozen=True)
class Analysis:
    """What is given to the statistics, and what is varied."""

    figures: pd.DataFrame
    metadata: pd.DataFrame
    recipe: Recipe
    choices: Choices
    runs: int
    top: int
    seed: int
    base: int = BASE
    between: Callable[[], None] = nothing


def analyse(
    figures, metadata, recipe: Recipe, chosen: Mapping[str, Any], seed: int, composite: Composite, between=nothing
) -> Varied:
    """`between` is called again and again while it is computed; what it raises ends that."""
    runs, top = int(chosen.get("runs") or 0), int(chosen.get("top") or 10)
    choices = choices_of(recipe, chosen, composite.hierarchy)
    given = Analysis(figures, metadata, recipe, choices, runs, top, seed, base_of(chosen, runs), between)
    found: dict[str, Any] = {"removal": attempted(removal, given)}
    intervals: Intervals = {}
    if runs and given.choices.factors(("1",)):
        told = attempted(lambda given: drawn(given, composite.hierarchy.root, intervals), given)
        found |= told if "uncertainty" in told else {"uncertainty": told}
        found["sensitivity"] = attempted(sensitivity, given)
    return Varied(intervals, found)


def base_of(chosen: Mapping[str, Any], runs: int) -> int:
    """As chosen; of choices from before that could be chosen, no more than there are repetitions."""
    return int(chosen.get("base") or min(BASE, max(runs, 2)))


def attempted(deed: Callable[[Analysis], dict[str, Any]], given: Analysis) -> dict[str, Any]:
    """What an analysis finds, or why the figures do not allow it: the ranks themselves stand all the same."""
    try:
        return deed(given)
    except StatisticsError as problem:
        return {"problem": {"code": problem.code, "place": recipes.plain(problem.place)}}


def choices_of(recipe: Recipe, chosen: Mapping[str, Any], tree: Hierarchy) -> Choices:
    """Beside every alternative stands what the benchmark itself chose."""

    def beside(own: str, others) -> tuple[str, ...]:
        more = [one for one in others or () if one != own]
        return (own, *more) if more else ()

    is_doubt = recipe.method("weights").name == "bod"
    noise = 0 if is_doubt else int(chosen.get("weights") or 0) / 100
    concentration = 0 if is_doubt or noise else float(chosen.get("concentration") or 0)
    methods = [] if noise or concentration else chosen.get("weight_methods")
    means = chosen.get("aggregation")
    levels = [str(method) for method in recipe.aggregators(tree.depth)]
    apart = bool(chosen.get("by_level") and means and len(levels) > 1)
    return Choices(
        imputation=beside(recipe.imputation, chosen.get("imputation")),
        weights=beside(recipe.weights, methods),
        treatment=beside(recipe.treatment, chosen.get("treatment")),
        normalisation=beside(recipe.normalisation, chosen.get("normalisation")),
        aggregation=() if apart else beside(",".join(recipe.aggregation), means),
        aggregation_by_level=tuple(beside(level, means) or (level,) for level in levels) if apart else (),
        left_out=("", *tree.indicators) if chosen.get("left_out") else (),
        noise=noise,
        concentration=concentration,
    )


def drawn(given: Analysis, root: str, intervals: Intervals) -> dict[str, Any]:
    told = given.figures, given.metadata, given.recipe, given.choices
    found = analysed(*told, runs=given.runs, seed=given.seed, between=given.between)
    table = found.table(places=given.top)
    rows = {str(code): recipes.plain(row) for code, row in table.to_dict("index").items()}
    parts = of_parts(given.figures, given.metadata, given.recipe, found.draws, between=given.between)
    intervals |= {node: ends(told) for node, told in ({root: table} | parts).items()}
    return {
        "uncertainty": {
            "runs": found.runs,
            "asked": given.runs,
            "top": given.top,
            "refusals": recipes.plain(found.refusals),
            "idle": recipes.plain(found.idle),
            "choices": recipes.plain(given.choices.as_json()),
            "areas": rows,
        },
        "dominance": square(found.dominance),
        "draws": replayable(found),
    }


def ends(table: pd.DataFrame) -> dict[str, Interval]:
    told = zip(*(recipes.plain(table[name].to_numpy()) for name in ("Low", "Median", "High")), strict=True)
    return {str(code): interval for code, interval in zip(table.index, told, strict=True)}


def square(frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "codes": [str(code) for code in frame.index],
        "rows": recipes.plain(frame.round(DIGITS).to_numpy().tolist()),
    }


def replayable(found: Uncertainty) -> dict[str, Any]:
    """What every run drew, by column. Disturbed weights follow from the seed; their hash says whether they are the same."""
    frame = found.draws.frame
    return {
        "columns": {str(name): recipes.plain(frame[name].to_list()) for name in frame.columns},
        "weights": recipes.hash_of_sets(found.draws.sets),
    }


def sensitivity(given: Analysis) -> dict[str, Any]:
    told = given.figures, given.metadata, given.recipe, given.choices
    found = sobol(*told, base=given.base, seed=given.seed, between=given.between)
    return {
        "factors": {str(name): recipes.plain(row) for name, row in found.indices.to_dict("index").items()},
        "mean": recipes.plain(found.mean),
        "variance": recipes.plain(found.variance),
        "base": found.base,
        "runs": found.runs,
    }


def removal(given: Analysis) -> dict[str, Any]:
    """What happens to ranks without each place in the hierarchy."""
    found = removed(given.figures, given.metadata, given.recipe, between=given.between)
    return {
        "elements": {str(code): recipes.plain(row) for code, row in found.table.to_dict("index").items()},
        "ranks": {str(code): recipes.plain(found.ranks[code].to_dict()) for code in found.ranks.columns},
        "refused": recipes.plain(found.refused),
    }
