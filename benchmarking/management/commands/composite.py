from pathlib import Path

import pandas as pd
from django.core.management.base import BaseCommand, CommandError

from benchmarking.management import recipes, results, robustness, tables
from benchmarking.problems import caution_text, problem_text
from benchmarking.statistics.benefit import doubt
from benchmarking.statistics.composite import build
from benchmarking.statistics.problems import StatisticsError

STALE = ("bod.csv", *robustness.FILES)


class Command(BaseCommand):
    help = "Computes a composite indicator from two CSV files and writes every step to a folder."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("indicators", help="CSV: uCode, then indicators, denominators and groups of units")
        parser.add_argument(
            "metadata", help="CSV: iCode, Parent, and Level, Direction, Weight, Target, Denominator, Type"
        )
        parser.add_argument("--out", required=True, type=Path, help="the folder to write to")
        recipes.add_arguments(parser)
        robustness.add_arguments(parser)

    def handle(self, *args, indicators, metadata, out, **options):
        given = {"data": tables.read(indicators), "metadata": tables.read(metadata)}
        try:
            recipe = recipes.recipe(options, given["metadata"])
            data = given["data"].under("uCode").sort_index(kind="stable")
            composite = build(data, given["metadata"].frame, recipe)
            doubted, lacking = benefit(composite, recipe)
            files, told = {**steps(composite), **diagnosis(composite), **doubted}, []
            if robustness.wanted(options):
                more, told = robustness.files(data, composite, options, given)
                files.update(more)
        except StatisticsError as problem:
            raise CommandError(sentence(problem, given)) from problem
        results.write(out, files, STALE)
        self.stderr.write("".join(f"{sentence}\n" for sentence in lacking), ending="")
        self.report(composite, told, out)

    def report(self, composite, told, out):
        units, indicators = composite.normalised.shape
        for caution in composite.diagnosis.cautions:
            self.stdout.write(caution_text(caution))
        self.stdout.write("".join(f"{sentence}\n" for sentence in told), ending="")
        self.stdout.write(f"{units} units, {indicators} indicators, {composite.hierarchy.depth} levels: {out}")


def sentence(problem, given):
    """One line: file, row, column, and what is wrong there."""
    place = problem.place
    table = given.get(place.get("table"))
    if table is None:
        return problem_text(problem)
    row = told_row(table, {"data": "uCode", "metadata": "iCode"}.get(place["table"], "run"), place.get("row"))
    return f"{tables.located(table.path, row, place.get('column'))}: {problem_text(problem)}"


def told_row(table, column, row):
    """`4 (b)` of a code or of a line."""
    line, code = table.line(column, row), table.code(column, row)
    told = [f"{line} ({row})" if line else None, f"{row} ({code})" if code else None, row]
    return next((text for text in told if text is not None), None)


def steps(composite):
    weights = composite.weights[["Level", "Weight", "EffWeight"]]
    return {
        "denominated.csv": results.table(composite.denominated),
        "imputed.csv": results.table(composite.imputed),
        "imputed_cells.csv": results.table(imputed_cells(composite), None),
        "treated.csv": results.table(composite.treated),
        "normalised.csv": results.table(composite.normalised),
        "weights.csv": results.table(weights, "iCode"),
        "scores.csv": results.table(composite.scores),
        "ranks.csv": results.table(results.whole(composite.ranks)),
    }


def imputed_cells(composite):
    cells = composite.imputed.where(composite.is_imputed).stack().dropna()
    return cells.rename("value").rename_axis(["uCode", "iCode"]).reset_index().set_index("uCode")


def diagnosis(composite):
    found = composite.diagnosis
    coverage = pd.DataFrame({"measured": found.coverage.units}).join(found.coverage.nodes)
    coverage["left_out"] = coverage.index.isin(found.coverage.units_left_out)
    nodes = found.coherence.nodes.join(found.coherence.alpha.rename("alpha"))
    return {
        "coverage.csv": results.table(coverage),
        "treatment.csv": results.table(found.treatment, "iCode"),
        "coherence.csv": results.table(nodes, "iCode"),
        "correlations.csv": results.table(found.coherence.correlations, "iCode"),
        "recipe.json": results.told(composite.recipe.as_json()),
    }


def benefit(composite, recipe):
    """(files, why there is none) of benefit of the doubt over all indicators, as --weights says or else without bounds."""
    method = recipe.method("weights")
    try:
        scores, parts = doubt(composite.normalised, *(method.arguments if method.name == "bod" else ()))
    except StatisticsError as problem:
        return {}, [f"No bod.csv: {problem_text(problem)}"]
    return {"bod.csv": results.table(pd.concat([scores.rename("score"), parts], axis=1))}, []
