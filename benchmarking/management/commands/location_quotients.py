from pathlib import Path

import pandas as pd
from django.core.management.base import BaseCommand, CommandError

from benchmarking.statistics import clusters
from benchmarking.statistics.editions import OWN, editions
from benchmarking.statistics.tables import Table, TableError

from .peers import asked, read_file, split, write_text


class Command(BaseCommand):
    help = (
        "Writes location quotients with size, focus and stars from a table of employment by region and sector, wide (a "
        "column for each sector) or tidy (a row for each figure). Missing cells stay missing. Writes CSV."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="EMPLOYMENT.csv")
        parser.add_argument("--region", default="", metavar="A,B", help="write these alone; all are computed")
        parser.add_argument("--edition", choices=sorted(editions()), default=OWN, help="whose thresholds")
        parser.add_argument(
            "--threshold", action="append", default=[], metavar="MEASURE=VALUE", help="another value than the edition's"
        )
        parser.add_argument("--unit", type=float, default=1, help="persons that a figure of 1 stands for, such as 1000")
        parser.add_argument(
            "--reference", default="", metavar="CODE", help="row to compare with, else the sum of regions"
        )
        parser.add_argument(
            "--exclude", default="", metavar="A,B", help="rows that are left out, such as groups of regions"
        )
        parser.add_argument("--total", default="", metavar="CODE", help="sector that is the total of all")
        parser.add_argument("--indices", action="store_true", help="write Krugman, HHI, Hachman and entropy by region")
        parser.add_argument("--wide", action="store_true", help="write quotients alone, a column for each sector")
        parser.add_argument("--region-column", default="")
        parser.add_argument("--sector-column", dest="variable_column", default="", help="in a tidy table")
        parser.add_argument("--value-column", default="", help="in a tidy table")
        parser.add_argument("--year-column", default="")
        parser.add_argument("--year", default="", help="the newest when not given")
        parser.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help="keep such rows alone")
        parser.add_argument("--out", type=Path, help="file to write, else the standard output")

    def handle(self, *args, **options):
        try:
            table = read_file(options["file"], asked(options))
            found = mapping(table, options)
            regions = chosen(found, options["region"])
        except TableError as error:
            raise CommandError(str(error)) from error
        self.tell(table, found)
        write_text(self, options["out"], written(found, regions, options))

    def tell(self, table: Table, found: clusters.Mapping) -> None:
        year = f", year {table.year}" if table.year else ""
        missing = int(found.employment.isna().sum().sum())
        self.stderr.write(
            f"{len(found.employment)} regions, {len(found.employment.columns)} sectors ({table.layout}{year})."
        )
        if missing:
            self.stderr.write(f"{missing} cells are missing; they are not taken as zero and have no quotient.")
        if guessed := list(found.regions.index[found.regions["estimated"]]):
            self.stderr.write(f"The total is estimated from the sectors reported: {', '.join(map(str, guessed[:20]))}.")
        for threshold in found.edition.thresholds:
            self.stderr.write(
                f"{found.edition.code}: {threshold.measure} {threshold.rule} {threshold.value:g} ({threshold.origin})."
            )


def mapping(table: Table, options) -> clusters.Mapping:
    employment = table.values
    if (employment < 0).any().any():
        raise TableError("Employment is never below zero.")
    reference, totals = None, None
    if options["total"]:
        totals = taken(employment, options["total"], "sector")
        employment = employment.drop(columns=options["total"])
    if options["reference"]:
        reference = taken(employment.T, options["reference"], "row")
        employment = employment.drop(index=options["reference"])
    unknown = [code for code in split(options["exclude"]) if code not in employment.index]
    if unknown:
        raise TableError(f"No such row: {', '.join(unknown)}.")
    employment = employment.drop(index=split(options["exclude"])) * options["unit"]
    if not options["unit"] > 0:
        raise TableError("--unit is above zero.")
    if len(employment) < 2 and reference is None:
        raise TableError("A quotient compares: give at least two regions, or --reference.")
    totals = totals * options["unit"] if totals is not None else None
    return clusters.mapped(employment, edition_of(options), totals=totals, reference=reference)


def taken(frame: pd.DataFrame, code: str, kind: str) -> pd.Series:
    if code not in frame.columns:
        raise TableError(f"There is no {kind} {code}. There are: {', '.join(map(str, frame.columns[:40]))}.")
    return frame[code]


def edition_of(options):
    edition, values = editions()[options["edition"]], {}
    for text in options["threshold"]:
        measure, _equal, value = text.partition("=")
        if edition.of(measure) is None:
            raise TableError(f"The edition {edition.code} has no threshold {measure}.")
        try:
            values[measure] = float(value)
        except ValueError as error:
            raise TableError(f"--threshold {text} is not written MEASURE=VALUE.") from error
    return edition.changed(**values)


def chosen(found: clusters.Mapping, text: str) -> list[str]:
    unknown = [code for code in split(text) if code not in found.employment.index]
    if unknown:
        raise TableError(f"There is no region {', '.join(unknown)} in the table.")
    return split(text) or list(found.employment.index)


def written(found: clusters.Mapping, regions: list[str], options) -> str:
    if options["indices"]:
        table = found.regions.loc[regions]
    elif options["wide"]:
        table = found.measures["specialisation"].loc[regions]
    else:
        return long(found).loc[regions].to_csv(index_label="region", float_format="%.17g")
    return table.to_csv(index_label="region", float_format="%.17g")


def long(found: clusters.Mapping) -> pd.DataFrame:
    """A row for each cell, sectors in the order of the file."""
    tables = {
        "employment": found.employment,
        "lq": found.measures["specialisation"],
        "size": found.measures["size"],
        "focus": found.measures["focus"],
        "small": found.small.astype(object).where(found.employment.notna(), ""),
        "stars": found.stars,
        "judged": found.judged,
    }
    columns = {name: table.to_numpy().ravel() for name, table in tables.items()}
    sectors = list(found.employment.columns) * len(found.employment)
    index = found.employment.index.repeat(len(found.employment.columns))
    return pd.DataFrame({"sector": sectors, **columns}, index=index)
