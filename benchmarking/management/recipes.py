"""From the options of a command to a recipe; each file of weights is read here."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from django.core.management import CommandError

from benchmarking.statistics import methods, weighting
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.recipe import KURTOSIS, SKEWNESS, Recipe, treatment_of_winmax

from . import tables

SHARES = ("screen", "indicator_coverage", "node_coverage")


def add_arguments(parser):
    """Everything as text: what does not fit is told in one line, with exit code 1."""
    parser.add_argument(
        "--screen", default="0", help="leave out units with less than this part of the indicators (0.9)"
    )
    parser.add_argument("--screen-on", default="imputed", help="imputed or measured: what --screen counts")
    parser.add_argument("--indicator-coverage", default="0", help="leave out indicators measured in fewer units")
    parser.add_argument("--node-coverage", default="0", help="no score where a unit has fewer children of a node")
    parser.add_argument("--year", help="of figures of several years (column Time); the latest when not given")
    parser.add_argument("--imputation", default="none", help=listed("imputation"))
    parser.add_argument("--winmax", help="most points to winsorise before taking logarithms (5), none, or unlimited")
    parser.add_argument("--treatment", help=f"instead of --winmax: {listed('treatment')}")
    parser.add_argument("--skewness", default=f"{SKEWNESS:g}", help="an indicator fails at this skewness and …")
    parser.add_argument("--kurtosis", default=f"{KURTOSIS:g}", help="… this kurtosis")
    parser.add_argument("--normalisation", default="minmax:1:100", help=listed("normalisation"))
    parser.add_argument("--ends", default="raw", help="targets and goalposts: raw, or treated along with the figures")
    parser.add_argument(
        "--weights", default="original", help=f"{listed('weights')}, budget:FILE or a FILE of iCode,Weight"
    )
    parser.add_argument(
        "--aggregation", default="amean", help=f"{listed('aggregation')}; one, or one per level and commas"
    )


def listed(step):
    return ", ".join(name for name in methods.METHODS[step] if name != "given")


def recipe(options, metadata):
    """A Recipe; `metadata` is the table the weights are for. Raises CommandError or StatisticsError."""
    if options["treatment"] and options["winmax"]:
        raise CommandError("--winmax and --treatment say the same: give one of them.")
    winmax = options["winmax"] if options["winmax"] is not None else "5"
    weights, given = weights_of(options["weights"], metadata)
    return Recipe(
        **{name: number(name, options[name]) for name in (*SHARES, "skewness", "kurtosis")},
        screen_on=options["screen_on"],
        year=None if options["year"] is None else number("year", options["year"]),
        imputation=options["imputation"],
        treatment=options["treatment"] or treatment_of_winmax(winmax),
        normalisation=options["normalisation"],
        ends=options["ends"],
        weights=weights,
        given=given,
        aggregation=aggregation(options["aggregation"]),
    )


def number(name, text):
    if not tables.NUMBER.fullmatch(str(text).strip()):
        raise CommandError(f"--{name.replace('_', '-')}: “{text}” is not a number.")
    return float(text)


def aggregation(text):
    return tuple(part.strip() for part in text.split(","))


def weights_of(text, metadata):
    """(name of the weights, pairs of code and weight): a method, a file, or what several people gave."""
    name, _colon, rest = text.partition(":")
    if name == "budget" and rest:
        return "given", from_people(tables.read(rest), metadata)
    if name in methods.METHODS["weights"] and name != "given":
        return text, ()
    if not Path(text).is_file():
        raise CommandError(f"--weights: “{text}” is neither one of {listed('weights')} nor a file.")
    table = tables.read(text)
    if "set" in table.frame and table.frame["set"].nunique() > 1:
        table.refuse("there is more than one set of weights", column="set")
    return "given", pairs(table, table.frame, metadata)


@dataclass(frozen=True)
class Allowed:
    """Codes that weights may be given for."""

    codes: frozenset

    @classmethod
    def of(cls, metadata):
        return cls(frozenset(Hierarchy.read(metadata.frame).codes))

    def check(self, table, rows):
        strange = rows.index[~rows["iCode"].isin(self.codes)]
        if len(strange):
            table.refuse(f"“{rows.at[strange[0], 'iCode']}” is not a code of the metadata", strange[0], "iCode")
        unfit = rows.index[~(pd.to_numeric(rows["Weight"], errors="coerce") >= 0)]
        if len(unfit):
            table.refuse(f"“{rows.at[unfit[0], 'Weight']}” is not a weight: numbers from 0 up", unfit[0], "Weight")


def pairs(table, rows, metadata):
    table.need("iCode", "Weight")
    Allowed.of(metadata).check(table, rows)
    twice = rows.index[rows["iCode"].duplicated()]
    if len(twice):
        table.refuse(f"“{rows.at[twice[0], 'iCode']}” is there twice", twice[0], "iCode")
    return tuple(zip(rows["iCode"], rows["Weight"], strict=True))


def from_people(table, metadata):
    table.need("person", "iCode", "Weight")
    Allowed.of(metadata).check(table, table.frame)
    parents = Hierarchy.read(metadata.frame).table["Parent"]
    found = weighting.budget(table.frame.assign(Parent=table.frame["iCode"].map(parents)))
    return tuple((code, float(weight)) for code, weight in found["Weight"].items())


def sets(path, metadata):
    """Pairs by the name of their set, of a file with the columns set, iCode, Level, Weight."""
    table = tables.read(path)
    table.need("set", "iCode", "Weight")
    return {name: pairs(table, rows, metadata) for name, rows in table.frame.groupby("set", sort=False)}
