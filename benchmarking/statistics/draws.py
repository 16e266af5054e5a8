"""Which choices are varied, and what every run drew: enough to run it again, bit for bit.

Draws come from `numpy.random.Generator(PCG64(seed))` in a fixed order: one column of uniform numbers for each factor in the
order of `Choices.factors`, all runs of one factor together, number u taking alternative ⌊u · count⌋; then, where weights are
disturbed, a matrix runs × nodes in the order of `Hierarchy.codes`.
"""

from dataclasses import asdict, dataclass, fields

import numpy as np
import pandas as pd

from . import methods
from .problems import StatisticsError
from .recipe import treatment_of_winmax
from .weighting import Weigher

COLUMNS = ("winmax", "normalisation", "weight_set", "aggregation")
MORE = ("imputation", "left_out")


@dataclass(frozen=True)
class Factor:
    """`name`: a column of the draws; aggregation of one level is `aggregation_2`, `aggregation_3` …"""

    name: str
    alternatives: tuple


@dataclass(frozen=True)
class Choices:
    """Alternatives in the notation of the recipe; what is empty stays as the recipe has it.

    `weights`: methods and names of given sets; instead of them every run may disturb the recipe's weights: by `noise` (0.25:
    each times a number between 0.75 and 1.25, on `noisy_levels` or on all), or by `concentration` c: the shares of each
    group of siblings from a Dirichlet law around theirs, with variance s(1 − s)/(c + 1). `aggregation`: a method for all
    levels or several with commas between; `aggregation_by_level`: alternatives of each level by themselves. `left_out`: codes
    of indicators of which a run may leave out one, and the empty text for none.
    """

    imputation: tuple[str, ...] = ()
    treatment: tuple[str, ...] = ()
    normalisation: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    noise: float = 0.0
    noisy_levels: tuple[int, ...] = ()
    concentration: float = 0.0
    aggregation: tuple[str, ...] = ()
    aggregation_by_level: tuple[tuple[str, ...], ...] = ()
    left_out: tuple[str, ...] = ()

    def __post_init__(self):
        ways = [name for name in ("weights", "noise", "concentration") if getattr(self, name)]
        if len(ways) > 1 or (self.aggregation and self.aggregation_by_level):
            raise StatisticsError("choices_exclude", value=", ".join(ways) or "aggregation, aggregation_by_level")
        if not 0 <= self.noise <= 1:
            raise StatisticsError("not_a_share", step="noise", value=self.noise)
        if self.concentration and self.concentration < 1:
            raise StatisticsError("concentration", step="concentration", value=self.concentration)

    @property
    def disturbs(self):
        return bool(self.noise or self.concentration)

    def factors(self, pool=()):
        """What is drawn, in this order; `pool`: names of the sets where weights are disturbed."""
        found = [
            Factor("imputation", self.imputation),
            Factor("winmax", tuple(winmax_of(text) for text in self.treatment)),
            Factor("normalisation", self.normalisation),
            Factor("weight_set", tuple(pool) if self.disturbs else self.weights),
            Factor("aggregation", self.aggregation),
            *(Factor(f"aggregation_{level}", each) for level, each in enumerate(self.aggregation_by_level, start=2)),
            Factor("left_out", self.left_out),
        ]
        return [factor for factor in found if factor.alternatives]

    def as_json(self):
        return asdict(self)

    @classmethod
    def from_json(cls, stored):
        strangers = set(stored) - {field.name for field in fields(cls)}
        if strangers:
            raise StatisticsError("unknown_choice", value=", ".join(sorted(strangers)))
        return cls(**{name: tupled(value) for name, value in stored.items()})


def tupled(value):
    return tuple(tupled(item) for item in value) if isinstance(value, (list, tuple)) else value


def winmax_of(treatment):
    """The treatment as the column `winmax` has it: none, a number of points, unlimited, or the method's own text."""
    name, _colon, most = treatment.partition(":")
    if name != "winsorise":
        return treatment
    return most or "unlimited"


def treatment_of(winmax):
    told = str(winmax).strip()
    known = told.partition(":")[0] in methods.METHODS["treatment"] and told != "none"
    return told if known else treatment_of_winmax(told)


@dataclass(frozen=True)
class Draws:
    """`frame`: a row per run, columns run, winmax, normalisation, weight_set, aggregation and what else was varied.

    `sets`: weights by name (rows) and node (columns), NaN where a set says nothing of a node; other names in `weight_set`
    are methods of the recipe.
    """

    frame: pd.DataFrame
    sets: pd.DataFrame

    def __len__(self):
        return len(self.frame)

    def long_sets(self, tree):
        """The sets as rows of set, iCode, Level, Weight, as the command writes and reads them."""
        rows = self.sets.rename_axis(index="set", columns="iCode").stack().rename("Weight").reset_index()
        rows.insert(2, "Level", tree.table["Level"].reindex(rows["iCode"]).to_numpy())
        return rows

    @classmethod
    def read(cls, frame, recipe, tree, weight_sets=None):
        """From tables as the command reads them; whatever a column is missing for stays as the recipe has it."""
        strangers = [name for name in frame.columns if name not in ("run", *COLUMNS, *MORE)]
        if strangers:
            raise StatisticsError("unknown_column", table="draws", column=", ".join(map(str, strangers)))
        if not len(frame):
            raise StatisticsError("empty", table="draws")
        filled = as_recipe(len(frame), recipe) | {name: named(frame[name]) for name in frame.columns if name != "run"}
        filled["run"] = runs_of(frame)
        return cls(
            pd.DataFrame(filled)[["run", *COLUMNS, *(name for name in MORE if name in frame)]], wide(weight_sets, tree)
        )


def runs_of(frame):
    runs = frame["run"].to_numpy() if "run" in frame else np.arange(1, len(frame) + 1)
    if pd.Series(runs).duplicated().any():
        raise StatisticsError(
            "repeated", table="draws", column="run", value=str(pd.Series(runs)[pd.Series(runs).duplicated()].iloc[0])
        )
    return runs


def named(column):
    """Alternatives as text; numbers that a reader made decimal are whole again, gaps are the empty text."""
    told = column.astype(object).where(column.notna(), "").map(str).str.strip()
    return told.str.replace(r"^(\d+)\.0$", r"\1", regex=True).to_numpy(object)


def as_recipe(runs, recipe):
    own = {
        "winmax": winmax_of(recipe.treatment),
        "normalisation": recipe.normalisation,
        "weight_set": recipe.weights,
        "aggregation": ",".join(recipe.aggregation),
    }
    return {name: np.full(runs, text, object) for name, text in own.items()}


def wide(weight_sets, tree):
    """Sets by name and node, from rows of set, iCode, Weight or from a table that is so already."""
    if weight_sets is None:
        return pd.DataFrame(columns=tree.codes, dtype=float)
    if {"set", "iCode", "Weight"} <= set(weight_sets.columns):
        told = weight_sets.assign(set=named(weight_sets["set"]))
        if told.duplicated(["set", "iCode"]).any():
            twice = told[told.duplicated(["set", "iCode"])].iloc[0]
            raise StatisticsError(
                "repeated", table="weight_sets", row=twice["set"], column="iCode", value=twice["iCode"]
            )
        weight_sets = told.pivot(index="set", columns="iCode", values="Weight")
    strangers = weight_sets.columns.difference(tree.codes)
    if len(strangers):
        raise StatisticsError("unknown_code", table="weight_sets", column="iCode", value=", ".join(map(str, strangers)))
    found = weight_sets.reindex(columns=tree.codes).astype(float)
    if (found < 0).to_numpy().any():
        raise StatisticsError("negative_weight", table="weight_sets", row=str(found.index[(found < 0).any(axis=1)][0]))
    return found


def generator(seed):
    return np.random.Generator(np.random.PCG64(seed))


def draws_from(choices, runs, seed, recipe, tree, weight_sets=None):
    """Draws of as many runs; `tree`: the Hierarchy, `weight_sets`: sets that `choices.weights` names."""
    if runs < 1:
        raise StatisticsError("too_few_runs", value=runs)
    random = generator(seed)
    names = tuple(map(str, range(1, runs + 1)))
    factors = choices.factors(names)
    drawn = [factor for factor in factors if not (choices.disturbs and factor.name == "weight_set")]
    places = {factor.name: chosen(random.random(runs), factor) for factor in drawn}
    if choices.disturbs:
        places["weight_set"] = np.arange(runs)
    sets = disturbed(choices, runs, random, recipe, tree) if choices.disturbs else wide(weight_sets, tree)
    return Draws(frame_of(factors, places, runs, recipe, tree), sets)


def chosen(numbers, factor):
    count = len(factor.alternatives)
    return np.minimum((numbers * count).astype(np.int64), count - 1)


def frame_of(factors, places, runs, recipe, tree):
    told = {factor.name: np.array([*factor.alternatives, None], object)[:-1][places[factor.name]] for factor in factors}
    levels = [told.pop(f"aggregation_{level}") for level in range(2, tree.depth + 1) if f"aggregation_{level}" in told]
    if levels:
        told["aggregation"] = joined(levels)
    filled = {"run": np.arange(1, runs + 1)} | as_recipe(runs, recipe) | told
    return pd.DataFrame(filled)[["run", *COLUMNS, *(name for name in MORE if name in told)]]


def joined(levels):
    found = levels[0]
    for level in levels[1:]:
        found = found + "," + level
    return found


def disturbed(choices, runs, random, recipe, tree):
    """As many sets of weights around those of the recipe (given, equal or of the metadata)."""
    if recipe.method("weights").name not in ("original", "equal", "given"):
        raise StatisticsError("weights_not_disturbed", step="weights", value=recipe.weights)
    nominal = Weigher(recipe, tree, None).found[tree.codes].to_numpy(float)
    shape = runs, len(tree.codes)
    if choices.noise:
        levels = tree.table["Level"].isin(choices.noisy_levels or range(1, tree.depth + 1)).to_numpy()
        found = nominal * np.where(levels, 1 + choices.noise * (2 * random.random(shape) - 1), 1.0)
    else:
        found = random.standard_gamma(np.broadcast_to(choices.concentration * sibling_shares(nominal, tree), shape))
    return pd.DataFrame(found, index=list(map(str, range(1, runs + 1))), columns=tree.codes)


def sibling_shares(weights, tree):
    place = {code: index for index, code in enumerate(tree.codes)}
    found = np.ones(len(weights))
    for children in tree.children.values():
        chosen = [place[code] for code in children]
        found[chosen] = weights[chosen] / weights[chosen].sum()
    return found
