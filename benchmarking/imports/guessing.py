"""What the columns of a table are for, as far as their names and contents tell."""

import re
from collections.abc import Collection
from typing import Any

import pandas as pd

from .figures import COMMA_DECIMAL, POINT_DECIMAL, decimal_sign, read_figures
from .tables import Table, texts

YEAR = re.compile(r"^((19|20)\d\d)(\.0|-01-01.*|-A1|A)?$")
YEAR_COLUMN = re.compile(r"^[A-Za-z_]{0,2}((19|20)\d\d)$")
NAMES = {
    "year": ("year", "time", "time_period", "period", "date", "jahr", "anno", "godina", "leto", "an", "év", "rok"),
    "value": ("value", "values", "obs_value", "obs", "val", "wert", "valore", "vrednost", "vrijednost", "hodnota"),
    "flag": ("flag", "flags", "obs_flag", "obs_status", "status", "conf_status", "flag_value"),
    "indicator": ("indicator", "indicator_code", "variable", "indic", "input_var_code", "icode", "series"),
}
TOTALS = ("T", "TOTAL", "_T", "TOT", "TOT_SEX", "BTSX")
NOTHING = {"", "NA", "NAN", "N/A", "NULL", "NONE", "-"}
MOST_TRIED = 5000
LEAST_SHARE = 0.3
TIDY, YEARS, INDICATORS = "tidy", "years", "indicators"


def guess(table: Table, known: Collection[str]) -> dict[str, Any]:
    """Options for reading a table; `known` are all codes areas ever had."""
    frame, roles = table.frame, dict(table.roles)
    options: dict[str, Any] = {"area": roles.get("area") or area_column(frame, known)}
    free = [name for name in frame.columns if name not in {options["area"], *roles.values()}]
    for role in ("year", "flag", "indicator", "value"):
        options[role] = roles.get(role) or named(frame, free, role)
        free = [name for name in free if name != options[role]]
    years = [name for name in frame.columns if YEAR_COLUMN.match(name)]
    measured = [] if options["value"] or years else [name for name in free if is_figure(frame[name])]
    if len(measured) == 1:
        options["value"], measured = measured[0], []
    options["layout"] = roles.get("layout") or layout(options, years)
    if options["layout"] != TIDY:
        options |= {"value": "", "flag": ""}
    return options | {"columns": measured, "decimal": decimal(frame, options, years, measured)}


def layout(options: dict[str, Any], years: list[str]) -> str:
    if options["value"]:
        return TIDY
    return YEARS if years else INDICATORS


def area_column(frame: pd.DataFrame, known: Collection[str]) -> str:
    shares = {name: share(texts(frame[name]), known) for name in frame.columns}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= LEAST_SHARE else ""


def share(words: list[str], known: Collection[str]) -> float:
    told = [word for word in words[:MOST_TRIED] if word.strip()]
    return sum(word.strip() in known for word in told) / len(told) if told else 0


def named(frame: pd.DataFrame, free: list[str], role: str) -> str:
    by_name = {name.strip().lower(): name for name in free}
    found = next((by_name[name] for name in NAMES[role] if name in by_name), "")
    if role == "year" and not found:
        return next((name for name in free if all(YEAR.match(word) for word in texts(frame[name]))), "")
    return found


def is_numeric(column: pd.Series) -> bool:
    words = texts(column)[:MOST_TRIED]
    figures = read_figures(words, decimal_sign(words))
    return bool(words) and figures.is_wrong.mean() < 0.2 and (figures.value == figures.value).any()


def is_figure(column: pd.Series) -> bool:
    """Numbers, but not those that only count the rows."""
    return is_numeric(column) and texts(column) != [str(number) for number in range(1, len(column) + 1)]


def decimal(frame: pd.DataFrame, options: dict[str, Any], years: list[str], measured: list[str]) -> str:
    columns = {"tidy": [options["value"]], "years": years, "indicators": measured}[options["layout"]]
    signs = {decimal_sign(texts(frame[name])) for name in columns if name}
    signs.discard(POINT_DECIMAL)
    return COMMA_DECIMAL if COMMA_DECIMAL in signs else next(iter(signs), POINT_DECIMAL)


def dimensions(frame: pd.DataFrame, options: dict[str, Any]) -> list[str]:
    """Columns by which rows of one area, year and indicator can differ."""
    used = {options["area"], options["year"], options["value"], options["flag"], options["indicator"]}
    if options["layout"] == YEARS:
        used |= {name for name in frame.columns if YEAR_COLUMN.match(name)}
    if options["layout"] == INDICATORS:
        return []
    return [name for name in frame.columns if name not in used and len(texts(frame[name])) > 1]


def total_of(words: list[str]) -> str:
    return next((word for word in TOTALS if word in words), "")
