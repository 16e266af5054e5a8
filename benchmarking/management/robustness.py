"""The part of `composite` that is about uncertainty: what is varied, runs that are given, and what is written of them."""

import numpy as np
import pandas as pd
from django.core.management import CommandError

from benchmarking.problems import problem_text
from benchmarking.statistics import methods
from benchmarking.statistics.draws import Choices, treatment_of
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.sensitivity import sobol
from benchmarking.statistics.uncertainty import analyse

from . import recipes, results, tables

FILES = ("uncertainty.csv", "sensitivity.csv", "run_scores.csv", "run_ranks.csv")
VARIED = ("imputation", "winmax", "normalisation", "weights", "noise", "concentration", "aggregation")
BASE = 4096  # base samples of the sensitivity analysis at most


def add_arguments(parser):
    parser.add_argument("--uncertainty", metavar="N", help="how many runs with other choices")
    parser.add_argument("--seed", default="0", help="of the numbers that are drawn")
    parser.add_argument(
        "--vary",
        nargs="+",
        action="append",
        default=[],
        metavar="WHAT",
        help=f"one of {', '.join(VARIED)}, then alternatives",
    )
    parser.add_argument("--draws", help="CSV of runs to run again: run,winmax,normalisation,weight_set,aggregation")
    parser.add_argument("--weight-sets", help="CSV of the weights that draws name: set,iCode,Level,Weight")
    parser.add_argument("--top", default="10", help="whose share among the first so many is told (10)")


def wanted(options):
    return options["uncertainty"] is not None or options["draws"] is not None


def files(data, composite, options, given):
    """(bytes by name, sentences). `given`: the tables by name, to which draws and sets of weights are added."""
    sets = sets_of(options, given)
    top = count("--top", options["top"])
    if options["draws"]:
        given["draws"] = tables.read(options["draws"])
        drawn, choices = checked(given["draws"], set() if sets is None else set(sets["set"])), None
    else:
        drawn, choices = None, varied(options, composite)
    runs = None if drawn is not None else count("--uncertainty", options["uncertainty"])
    common = {"weight_sets": sets, "seed": count("--seed", options["seed"], least=0)}
    tree = Hierarchy.read(given["metadata"].frame)
    found = analyse(data, tree, composite.recipe, choices, runs, draws=drawn, keep_scores=True, **common)
    told = written(found, top)
    sentences = [refused(found)] if found.refusals else []
    if choices is None:
        return told, sentences
    told.update(drawn_files(found.draws, composite.hierarchy))
    drawn_from = {"runs": runs, "seed": common["seed"], "choices": choices.as_json()}
    told["choices.json"] = results.told(drawn_from)
    try:
        sensitivity = sobol(data, tree, composite.recipe, choices, min(max(runs, 2), BASE), **common)
        told["sensitivity.csv"] = results.table(sensitivity.indices, "Factor")
    except StatisticsError as problem:
        sentences.append(f"No sensitivity.csv: {problem_text(problem)}")
    return told, sentences


def sets_of(options, given):
    if not options["weight_sets"]:
        return None
    table = given["weight_sets"] = tables.read(options["weight_sets"])
    table.need("set", "iCode", "Weight")
    recipes.Allowed.of(given["metadata"]).check(table, table.frame)
    return table.frame[["set", "iCode", "Weight"]]


def checked(table, sets):
    """The draws, every cell of which says something: a run that nobody can run is told before any is."""
    frame = table.frame
    for column in ("winmax", "normalisation", "weight_set", "aggregation"):
        if column not in frame:
            continue
        for text in frame[column].unique():
            wrong = unfit(column, "" if pd.isna(text) else str(text), sets)
            if wrong:
                same = frame[column].isna() if pd.isna(text) else frame[column] == text
                table.refuse(wrong.rstrip("."), frame.index[same][0], column)
    return frame


def unfit(column, text, sets):
    """What is wrong with an alternative, or an empty text."""
    steps = {"winmax": ("treatment", [treatment_of(text)]), "aggregation": ("aggregation", text.split(","))}
    step, parts = steps.get(column, ("normalisation" if column == "normalisation" else "weights", [text]))
    if column == "weight_set" and text in sets:
        return ""
    if column == "weight_set" and text not in methods.METHODS["weights"]:
        return f"“{text}” is not the name of a set of weights"
    try:
        [methods.read(step, part.strip()) for part in parts]
    except StatisticsError as problem:
        return problem_text(problem)
    return ""


def varied(options, composite):
    """What --vary names; without it treatment, normalisation, weights by a quarter, aggregation where figures allow it."""
    told = dict(pair for group in options["vary"] for pair in [(group[0], group[1:])])
    strange = [name for name, others in told.items() if name not in VARIED or not others]
    if strange:
        raise CommandError(f"--vary {strange[0]}: write one of {', '.join(VARIED)}, then its alternatives.")
    if not told:
        return usual(composite)
    numbers = {
        name: float(recipes.number(f"vary {name}", told.pop(name)[0]))
        for name in ("noise", "concentration")
        if name in told
    }
    if "winmax" in told:
        told["treatment"] = [treatment_of(text) for text in told.pop("winmax")]
    return Choices(**numbers, **{name: tuple(others) for name, others in told.items()})


def usual(composite):
    """Alternatives a careful reader would ask for."""
    recipe = composite.recipe
    above = bool((composite.normalised > 0).to_numpy()[composite.normalised.notna().to_numpy()].all())
    weights = recipe.method("weights").name
    means = ("amean", "gmean") if above and weights != "bod" else ("amean",)
    disturbed = weights in ("original", "equal", "given")
    return Choices(
        treatment=distinct(recipe.treatment, "none", *(f"winsorise:{most}" for most in range(1, 6))),
        normalisation=distinct(recipe.normalisation, "minmax:1:100", "zscore:100:10", "rank"),
        noise=0.25 if disturbed else 0.0,
        aggregation=distinct(",".join(recipe.aggregation), *means),
    )


def distinct(*texts):
    return tuple(dict.fromkeys(texts))


def count(option, text, least=1):
    if text is None or not str(text).isdecimal() or int(text) < least:
        raise CommandError(f"{option}: “{text}” is not a whole number from {least} up.")
    return int(text)


def written(found, top):
    ranks = pd.DataFrame(found.ranks.T, index=found.units, columns=found.draws.frame["run"].to_numpy())
    scores = pd.DataFrame(found.scores.T, index=ranks.index, columns=ranks.columns)
    return {
        "uncertainty.csv": results.table(summary(found, top)),
        "run_scores.csv": results.table(scores),
        "run_ranks.csv": results.table(ranks.astype("Int64").mask(ranks == 0)),
    }


def drawn_files(draws, tree):
    """What was drawn, to be given to --draws and --weight-sets."""
    tables_by_name = {"draws.csv": draws.frame}
    if len(draws.sets):
        tables_by_name["weight_sets.csv"] = draws.long_sets(tree)
    return {name: frame.to_csv(index=False, lineterminator="\n").encode() for name, frame in tables_by_name.items()}


def summary(found, top):
    """Nominal rank, then of the ranks of all runs mean, median, 5th and 95th percentile, and the share in the top."""
    low, median, high = (found.quantiles((0.05, 0.5, 0.95))[part] for part in (0.05, 0.5, 0.95))
    nominal = found.nominal["Rank"].astype("Int64")
    columns = {
        "Nominal": nominal,
        "Mean": found.mean,
        "Median": median,
        "Q5": low,
        "Q95": high,
        f"Top{top}": found.top(top),
    }
    return pd.DataFrame(columns, index=found.units)


def refused(found):
    told = ", ".join(f"{runs} ({code})" for code, runs in found.refusals.items())
    count = np.count_nonzero(found.refused != "")
    return f"{count} of {len(found.refused)} runs do not fit the figures and are not counted: {told}."
