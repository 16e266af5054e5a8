"""What a reader of a composite must be told, as codes: `place` says where."""

from dataclasses import dataclass, field

from .coherence import FOREIGN
from .normalisation import reversed_fractions


@dataclass(frozen=True)
class Caution:
    code: str
    place: dict = field(default_factory=dict)


def cautions(ready, treated, found, recipe, scores):
    """In the order of the steps."""
    return [
        *left_out(ready),
        *gaps(ready),
        *outliers(treated),
        *directions(ready, recipe),
        *relations(found, ready.hierarchy),
        *ties(scores, ready.hierarchy),
    ]


def left_out(ready):
    yield from (Caution("unit_left_out", {"unit": unit}) for unit in ready.coverage.units_left_out)
    yield from (Caution("indicator_left_out", {"indicator": code}) for code in ready.coverage.indicators_left_out)


def gaps(ready):
    missing = ready.figures.isna().sum()
    yield from (
        Caution("still_missing", {"indicator": code, "count": int(n)}) for code, n in missing[missing > 0].items()
    )


def outliers(treated):
    table = treated.table
    untreatable = table.index[table["method"] == "untreatable"]
    yield from (Caution("untreatable", {"indicator": code}) for code in untreatable)
    failing = table.index[(table["method"] != "untreatable") & ~table["passes"] & table["skewness_after"].notna()]
    yield from (Caution("still_skewed", {"indicator": code}) for code in failing)


def directions(ready, recipe):
    if recipe.method("normalisation").name == "fraction_of_max":
        yield from (Caution("runs_the_wrong_way", {"indicator": code}) for code in reversed_fractions(ready.hierarchy))


def relations(found, tree):
    for first, second, correlation in found.redundant:
        yield Caution("redundant", {"first": first, "second": second, "correlation": correlation})
    with_parent = found.nodes["with_parent"]
    for code in with_parent.index[with_parent < 0]:
        yield Caution("against_parent", {"node": code, "correlation": float(with_parent[code])})
    for code in with_parent.index[(with_parent >= 0) & (with_parent < FOREIGN)]:
        yield Caution("foreign_to_parent", {"node": code, "correlation": float(with_parent[code])})


def ties(scores, tree):
    """An index that puts more than a quarter of the units on the first place tells them not apart."""
    best = scores[tree.root].round(10)
    share = (best == best.max()).mean()
    if share > 0.25:
        yield Caution("many_first", {"share": float(share)})
