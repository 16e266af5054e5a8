from pathlib import Path

import pandas as pd
from django.core.management.base import BaseCommand, CommandError

from benchmarking.statistics import peers, scaling
from benchmarking.statistics.tables import Asked, Table, TableError, read


class Command(BaseCommand):
    help = (
        "Lists the structural peers of a region: the nearest by what regions are, never by what they achieve. The table "
        "is wide (a column for each variable) or tidy (a row for each figure). Writes CSV; what was done is told on the "
        "error channel. The formulas stand in benchmarking/statistics/peers.py."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="DATA.csv")
        parser.add_argument("--region", required=True, metavar="CODE", help="whose peers are wanted")
        parser.add_argument("--number", type=int, default=peers.TOP, help="how many peers, 10 when not given")
        parser.add_argument("--distance", choices=peers.METHODS, default="euclidean", help="which one sorts the list")
        parser.add_argument("--variables", default="", metavar="A,B,C", help="these alone; all columns when not given")
        parser.add_argument("--performance", default="", metavar="D,E", help="performance: never part of a distance")
        parser.add_argument(
            "--block",
            action="append",
            default=[],
            metavar="NAME[:WEIGHT]=A,B,C",
            help="variables that share one weight; may be given several times. Variables in no block weigh as one block each",
        )
        parser.add_argument("--exclude-country", action="store_true", help="leave out regions of the same country")
        parser.add_argument(
            "--country-column", default="", help="else the first two letters of the code are the country"
        )
        parser.add_argument("--share", type=float, default=peers.SHARE, help="of the weights two regions have to share")
        parser.add_argument(
            "--skew", type=float, default=scaling.LIMIT, help="skewness from which logarithms are taken"
        )
        parser.add_argument("--region-column", default="")
        parser.add_argument("--variable-column", default="", help="in a tidy table")
        parser.add_argument("--value-column", default="", help="in a tidy table")
        parser.add_argument("--year-column", default="")
        parser.add_argument("--year", default="", help="the newest when not given")
        parser.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help="keep such rows alone")
        parser.add_argument("--out", type=Path, help="file to write, else the standard output")

    def handle(self, *args, **options):
        try:
            table = read_file(options["file"], asked(options))
            self.write(options, *self.found(table, options))
        except scaling.NotStructuralError as error:
            raise CommandError(
                f"These measure performance and say nothing of what a region is: {error}. Peers chosen by performance "
                "would make every comparison of performance circular. Please leave them out of --variables and --block."
            ) from error
        except (TableError, ValueError) as error:
            raise CommandError(str(error)) from error

    def found(self, table: Table, options):
        check(table, options)
        blocks, weights = blocks_of(options["block"])
        variables = variables_of(table, options, blocks)
        scaled = scaling.scaled(table.values, variables, weights, options["skew"])
        if scaled.values.empty:
            raise TableError("None of the variables differs between the regions.")
        results = {method: peers.distances(scaled, method, options["share"]) for method in peers.METHODS}
        groups = countries(table, options["country_column"])
        own = not options["exclude_country"]
        listed = peers.nearest(results[options["distance"]], options["region"], options["number"], groups, own)
        if listed.empty:
            raise TableError(f"{options['region']} shares too few figures with every other region.")
        self.tell(table, scaled, results, options)
        told = peers.stability(results, min(options["number"], peers.TOP), groups, own)
        for pair, overlap in told.overlap.items():
            self.stderr.write(
                f"{pair[0]} and {pair[1]}: {overlap[options['region']]:.0%} of the nearest {told.top} are the same, "
                f"Spearman {told.spearman[pair][options['region']]:.2f} over all."
            )
        return table, results, listed

    def tell(self, table: Table, scaled, results, options) -> None:
        year = f", year {table.year}" if table.year else ""
        self.stderr.write(
            f"{len(table.values)} regions, {len(scaled.values.columns)} variables ({table.layout}{year})."
        )
        for treatment in scaled.treatments:
            if treatment.rule != "none":
                self.stderr.write(
                    f"{treatment.code}: {treatment.rule}, skewness {treatment.skew_before:.2f} to {treatment.skew_after:.2f}."
                )
        if scaled.constant:
            self.stderr.write(f"Left out, the same everywhere: {', '.join(scaled.constant)}.")
        if shrinkage := results["mahalanobis"].shrinkage:
            self.stderr.write(f"Correlations could not be inverted and were shrunk by {shrinkage:.2f} for mahalanobis.")
        lost = int(results[options["distance"]].values.loc[options["region"]].isna().sum())
        if lost:
            self.stderr.write(
                f"{lost} regions share less than {options['share']:.0%} of the weights and have no distance."
            )
        if not options["performance"]:
            self.stderr.write("All variables are taken as structural; name those of performance with --performance.")

    def write(self, options, table: Table, results, listed) -> None:
        rows = listed.assign(name=[table.names.get(code, "") for code in listed.index], rank=range(1, len(listed) + 1))
        for method in peers.METHODS:
            rows[method] = results[method].values.loc[options["region"], listed.index]
        columns = ["rank", "name", *peers.METHODS, "shared"]
        text = rows[columns].to_csv(index_label="region", float_format="%.17g")
        write_text(self, options["out"], text)


def read_file(path: Path, wanted: Asked) -> Table:
    try:
        return read(path.read_bytes(), wanted)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def asked(options) -> Asked:
    pairs = [text.partition("=") for text in options["where"]]
    if any(not equal for _name, equal, _value in pairs):
        raise CommandError("--where is written COLUMN=VALUE.")
    return Asked(
        region=options["region_column"],
        kind=options["variable_column"],
        value=options["value_column"],
        year_column=options["year_column"],
        year=options["year"],
        where={name: value for name, _equal, value in pairs},
    )


def check(table: Table, options) -> None:
    if options["region"] not in table.values.index:
        near = [code for code in table.values.index if code.startswith(options["region"][:2])][:12]
        hint = f" Regions that begin alike: {', '.join(near)}." if near else ""
        raise TableError(f"There is no region {options['region']} in the table.{hint}")
    if options["number"] < 1:
        raise TableError("--number is at least 1.")
    if not 0 < options["share"] <= 1:
        raise TableError("--share is above 0 and at most 1.")


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def blocks_of(texts: list[str]) -> tuple[dict[str, str], dict[str, float]]:
    """The block of each variable, and the weight of each block."""
    blocks, weights = {}, {}
    for text in texts:
        head, equal, names = text.partition("=")
        name, _colon, weight = head.partition(":")
        if not equal or not split(names):
            raise TableError(f"--block {text} is not written NAME:WEIGHT=A,B,C.")
        try:
            weights[name] = float(weight or 1)
        except ValueError as error:
            raise TableError(f"The weight of the block {name} is no number: {weight}.") from error
        for variable in split(names):
            if variable in blocks:
                raise TableError(f"{variable} stands in two blocks.")
            blocks[variable] = name
    return blocks, weights


def variables_of(table: Table, options, blocks: dict[str, str]) -> list[scaling.Variable]:
    achieved = set(split(options["performance"]))
    named = list(dict.fromkeys([*split(options["variables"]), *blocks]))
    codes = named or [code for code in table.values.columns if code not in achieved]
    unknown = [code for code in [*codes, *sorted(achieved)] if code not in table.values.columns]
    if unknown:
        raise TableError(f"No such variable: {', '.join(unknown)}. There are: {', '.join(table.values.columns[:40])}.")
    roles = dict.fromkeys(achieved, scaling.PERFORMANCE)
    # a variable in no block is a block of its own, so that it weighs as much as any
    return [
        scaling.Variable(code, blocks.get(code, f"\0{code}"), role=roles.get(code, scaling.STRUCTURAL))
        for code in codes
    ]


def countries(table: Table, name: str) -> pd.Series:
    if not name:
        return pd.Series([str(code)[:2] for code in table.values.index], index=table.values.index)
    if name not in table.other.columns:
        raise TableError(f"There is no column {name} to tell the country.")
    return table.other[name]


def write_text(command: BaseCommand, path: Path | None, text: str) -> None:
    if path is None:
        command.stdout.write(text, ending="")
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    command.stderr.write(f"Written to {path}.")
