"""The draws of a run with everything the command `composite` needs to run them again, in its own layout."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404

from .. import computing, recipes
from ..models import Run
from ..selectors import readings as selectors
from ..statistics.draws import Choices, draws_from
from ..statistics.hierarchy import Hierarchy
from ..statistics.panel import TIME
from .drawings import name_of

Sheet = tuple[Sequence[str], list[list[Any]]]


def indicators(run: Run) -> Sheet:
    """Figures as they went in, those to divide by among them."""
    given = computing.inputs(run)
    codes = list(given.figures.columns)
    rows = [
        [code, given.areas[code].name, *(None if value != value else value for value in row)]
        for code, row in zip(given.figures.index, given.figures.to_numpy(object).tolist(), strict=True)
    ]
    return ["uCode", "uName", *codes], rows


def metadata(run: Run) -> Sheet:
    frame = computing.metadata(run.structure)
    names = {node.code: name_of(node) for node in selectors.nodes(run)}
    frame.insert(1, "iName", [names.get(code, code) for code in frame["iCode"]])
    rows = [[None if value != value else value for value in row] for row in frame.to_numpy(object).tolist()]
    known = list(frame.columns)
    others = dict.fromkeys(recipes.denominators_of(run.structure), "Denominator") | dict.fromkeys(
        computing.GROUPS, "Group"
    )
    if run.recipe["imputation"] == recipes.LINEAR:
        others[TIME] = "Other"
    for code, kind in others.items():
        told = {"iCode": code, "iName": code, "Type": kind}
        rows.append([told.get(column) for column in known])
    return known, rows


def draws(run: Run) -> Sheet:
    columns = selectors.figures(run, "draws").get("draws", {}).get("columns")
    if not columns:
        raise Http404
    return list(columns), [list(row) for row in zip(*columns.values(), strict=True)]


def weight_sets(run: Run) -> Sheet:
    """Disturbed weights follow from the seed; they are told only where they are those of the run."""
    stored = selectors.figures(run, "draws", "uncertainty")
    told = stored.get("uncertainty", {})
    if "choices" not in told:
        raise Http404
    choices, recipe = Choices.from_json(told["choices"]), recipes.recipe_of(run.recipe, run.years[0])
    whole = Hierarchy.read(computing.metadata(run.structure))
    gone = set(whole.codes) - {node.code for node in selectors.nodes(run)}
    tree = whole.without(gone) if gone else whole
    found = draws_from(choices, told["asked"], run.seed, recipe, tree)
    if not len(found.sets) or recipes.hash_of_sets(found.sets) != stored["draws"]["weights"]:
        raise Http404
    rows = found.long_sets(tree)
    return list(rows.columns), recipes.plain(rows.to_numpy(object).tolist())


FILES = {"indicators": indicators, "metadata": metadata, "draws": draws, "weight_sets": weight_sets}


def command(run: Run, varied: dict[str, Any] | None, *, has_sets: bool) -> str:
    """What an analyst types to run the draws again; nothing where none were kept."""
    if not varied or "choices" not in varied:
        return ""
    recipe = recipes.recipe_of(run.recipe, run.years[0])
    options = {
        "screen": recipe.screen,
        "screen-on": recipe.screen_on,
        "imputation": recipe.imputation,
        "treatment": recipe.treatment,
        "normalisation": recipe.normalisation,
        "ends": recipe.ends,
        "weights": recipe.weights,
        "aggregation": ",".join(recipe.aggregation),
        **({"year": f"{recipe.year:g}"} if recipe.year is not None else {}),
        "draws": "draws.csv",
        **({"weight-sets": "weight_sets.csv"} if has_sets else {}),
    }
    told = " ".join(f"--{name} {value}" for name, value in options.items())
    return f"manage.py composite indicators.csv metadata.csv --out results {told}"
