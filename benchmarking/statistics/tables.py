"""Tables of regional figures from a CSV file, wide (a column for each variable) or tidy (a row for each figure)."""

import csv
import io
import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

REGION = ("id", "code", "ucode", "geo", "nuts_id", "nuts", "nuts2", "nuts_code", "area", "region", "country")
NAME = ("name", "uname", "region_name", "label", "geo_label")
YEAR = ("year", "time", "time_period", "period")
KIND = ("indicator", "variable", "icode", "sector", "nace_r2", "nace", "industry", "branch", "series")
VALUE = ("value", "values", "obs_value", "employment", "emp", "employees", "jobs")
MISSING = {"", ":", "na", "nan", "n/a", "..", ".", "-", "null"}
FIGURE = re.compile(r"^[+-]?(\d[\d \u00a0\u202f']*)?([.,]\d+)?([eE][+-]?\d+)?$")
FLAG = re.compile(r"\s+[a-z]{1,4}$")
LARGEST = 200 * 2**20


class TableError(ValueError):
    """What is wrong with a file, in a whole sentence."""


@dataclass(frozen=True)
class Asked:
    """Columns named by who reads the file, where their names are not recognised; `where` keeps rows with these values."""

    region: str = ""
    kind: str = ""
    value: str = ""
    year_column: str = ""
    year: str = ""
    where: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Regions in rows, variables in columns; `layout` is wide or tidy, `years` those the file has, `year` the one read."""

    values: pd.DataFrame
    names: dict[str, str]
    layout: str
    year: str = ""
    years: tuple[str, ...] = ()
    other: pd.DataFrame = field(default_factory=pd.DataFrame)


def read(content: bytes, asked: Asked | None = None) -> Table:
    asked = asked or Asked()
    frame = kept_rows(plain(content), asked)
    region = column(frame, asked.region, REGION, "of the regions")
    year = column(frame, asked.year_column, YEAR)
    kind = (asked.kind and column(frame, asked.kind, ())) or found(frame, KIND, but=(region,))
    if kind:
        return tidy(frame, region, kind, year, asked)
    return wide(frame, region, year, asked)


def plain(content: bytes) -> pd.DataFrame:
    """Every cell as text, trimmed."""
    if len(content) > LARGEST:
        raise TableError("The file is larger than 200 MB.")
    if b"\0" in content[:4096]:
        raise TableError("This is no text file; please save the table as CSV.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    if not text.strip():
        raise TableError("The file is empty.")
    delimiter = max(",;\t|", key=first.count)
    if not first.count(delimiter):
        raise TableError("The first line has one column only. Columns are separated by commas, semicolons or tabs.")
    names = [name.strip() for name in next(csv.reader([first.strip("\r")], delimiter=delimiter))]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise TableError(f"Two columns are called {', '.join(doubled)}.")
    try:
        frame = pd.read_csv(io.StringIO(text), sep=delimiter, dtype=str, keep_default_na=False, index_col=False)
    except (pd.errors.ParserError, csv.Error) as error:
        raise TableError(f"The file cannot be read as a table: {str(error).strip()}") from error
    frame.columns = [str(name).strip() for name in frame.columns]
    if frame.empty:
        raise TableError("The file has a header and no rows.")
    return frame.fillna("").apply(lambda cells: cells.str.strip())


def kept_rows(frame: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    for name, value in asked.where.items():
        frame = frame[frame[column(frame, name, ())] == value]
        if frame.empty:
            raise TableError(f"No row has {value} in the column {name}.")
    return frame


def found(frame: pd.DataFrame, names, but=()) -> str:
    lowered = {str(name).lower().split("\\")[0]: name for name in reversed(frame.columns) if name not in but}
    return next((lowered[name] for name in names if name in lowered), "")


def column(frame: pd.DataFrame, asked: str, names, told: str = "") -> str:
    if asked:
        if asked not in frame.columns:
            raise TableError(f"There is no column {asked}. The columns are: {', '.join(map(str, frame.columns[:30]))}.")
        return asked
    known = found(frame, names)
    if told and not known:
        raise TableError(f"No column {told} was recognised; it is called one of {', '.join(names)}, or name it.")
    return known


def numbers(cells: pd.Series, name: str) -> pd.Series:
    """Figures of a column, NaN where missing; a flag after a figure is left out, a decimal comma is understood."""
    bare = cells.str.replace(FLAG, "", regex=True)
    empty = bare.str.lower().isin(MISSING)
    wrong = ~empty & ~bare.str.match(FIGURE)
    if wrong.any():
        row = int(np.flatnonzero(wrong.to_numpy())[0])
        raise TableError(f"“{cells.iloc[row][:40]}” in the column {name} is no figure (row {cells.index[row] + 2}).")
    bare = bare.str.replace(r"[ \u00a0\u202f']", "", regex=True).str.replace(",", ".", regex=False)
    return pd.to_numeric(bare.where(~empty), errors="coerce").astype(float)


def is_numeric(cells: pd.Series) -> bool:
    bare = cells.str.replace(FLAG, "", regex=True)
    told = bare[~bare.str.lower().isin(MISSING)]
    return bool(len(told)) and bool(told.str.match(FIGURE).mean() > 0.5)


def of_year(frame: pd.DataFrame, year: str, asked: Asked) -> tuple[pd.DataFrame, str, tuple[str, ...]]:
    """The rows of the year asked for, or of the newest."""
    if not year:
        return frame, "", ()
    years = tuple(sorted(set(frame[year]) - {""}))
    wanted = asked.year or (years[-1] if years else "")
    if wanted not in years:
        raise TableError(f"The file has no year {wanted}; it has {', '.join(years[:40])}.")
    return frame[frame[year] == wanted], wanted, years


def tidy(frame: pd.DataFrame, region: str, kind: str, year: str, asked: Asked) -> Table:
    value = (asked.value and column(frame, asked.value, ())) or found(frame, VALUE, but=(region, kind, year))
    rest = [name for name in frame.columns if name not in (region, kind, year)]
    value = value or next((name for name in reversed(rest) if is_numeric(frame[name])), "")
    if not value:
        raise TableError(f"No column of figures was recognised; it is called one of {', '.join(VALUE)}, or name it.")
    rows, chosen, years = of_year(frame, year, asked)
    figures = numbers(rows[value], value)
    twice = rows.duplicated([region, kind], keep=False)
    if twice.any():
        one = rows[twice].iloc[0]
        same = rows[(rows[region] == one[region]) & (rows[kind] == one[kind])]
        vary = [name for name in rest if name != value and same[name].nunique() > 1]
        hint = f" They differ in {', '.join(vary)}; keep one with --where." if vary else ""
        raise TableError(f"There are {len(same)} values for {one[region]}, {one[kind]}.{hint}")
    table = pd.DataFrame({"region": rows[region], "kind": rows[kind], "value": figures})
    order = list(dict.fromkeys(rows[kind]))
    values = table.pivot(index="region", columns="kind", values="value")[order].rename_axis(index=None, columns=None)
    return Table(values, named(rows, region), "tidy", chosen, years)


def wide(frame: pd.DataFrame, region: str, year: str, asked: Asked) -> Table:
    rows, chosen, years = of_year(frame, year, asked)
    doubled = rows[region][rows[region].duplicated()]
    if len(doubled):
        raise TableError(f"There are several rows for {doubled.iloc[0]}. Choose a year, or keep one with --where.")
    skipped = {region, year, found(frame, NAME)}
    # a counter of rows that stands where the name of regions is expected measures nothing
    skipped |= {name for name in rows.columns if str(name).lower() in REGION}
    kept = [name for name in rows.columns if name not in skipped and is_numeric(rows[name])]
    if not kept:
        raise TableError("No column holds figures. Is the decimal sign or the separator another one?")
    values = pd.DataFrame({name: numbers(rows[name], str(name)) for name in kept})
    other = rows[[name for name in rows.columns if name not in kept]].set_axis(rows[region])
    return Table(values.set_axis(rows[region].rename(None)), named(rows, region), "wide", chosen, years, other)


def named(rows: pd.DataFrame, region: str) -> dict[str, str]:
    name = found(rows, NAME)
    return dict(zip(rows[region], rows[name], strict=True)) if name else {}
