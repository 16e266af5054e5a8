"""From a table as it stands in a file to cells with codes of today, or to what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from . import delimited, jsonstat, sheets
from .figures import COMMA_DECIMAL, UNCLEAR, read_figures, tidy_flag
from .guessing import NOTHING, TIDY, YEAR, YEAR_COLUMN, YEARS, dimensions, guess, total_of
from .national import put_on_regions
from .opening import opened
from .problems import Problems, UnreadableError
from .tables import MOST_CELLS, Table, categorical, codes, taken, texts
from .twins import settle
from .vintages import Meaning, Recoding, recode

READERS = {"xlsx": sheets.read, "json": jsonstat.read, "text": delimited.read}
LEFT_OUT, NEW = "-", "+"
TOLD, MOST_LISTED = 20, 200
THIS = "this"  # the indicator of a file that has no column for it


@dataclass
class Known:
    """What the catalogue knows: meanings of codes, today's areas by country and level, and indicators by code."""

    meanings: Mapping[str, Sequence[Meaning]]
    regions: Mapping[str, Sequence[str]]
    indicators: frozenset[str]


@dataclass
class Found:
    """`cells`: indicator, area, year, value, flag, provenance; with `problems` they must not be stored."""

    table: Table
    options: dict[str, Any]
    cells: pd.DataFrame
    problems: Problems
    notes: list[dict[str, Any]]
    recoding: Recoding
    asked: dict[str, str]
    dimensions: dict[str, list[str]] = field(default_factory=dict)


def table_in(content: bytes, options: dict[str, Any]) -> Table:
    kind, content = opened(content)
    return READERS[kind](content, options)


def look(content: bytes, known: Known, options: dict[str, Any] | None = None) -> Found:
    """Raises UnreadableError where nothing can be read at all."""
    table = table_in(content, options or {})
    chosen = guess(table, known.meanings) | {name: value for name, value in (options or {}).items() if value != ""}
    if not chosen["area"] or chosen["area"] not in table.frame:
        raise UnreadableError("no_areas", columns=", ".join(map(str, table.frame.columns[:12])))
    long = lengthened(table, chosen)
    dims = {name: texts(table.frame[name]) for name in dimensions(table.frame, chosen)}
    found = cells_of(long, chosen, known, dims)
    if "filters" not in (options or {}):
        totals = {name: total for name in differing(found) if (total := total_of(dims.get(name, [])))}
        if totals:
            chosen["filters"] = totals
            found = cells_of(long, chosen, known, dims)
    found.table = table
    found.notes[:0] = table.notes
    return found


def differing(found: Found) -> list[str]:
    """Columns that tell apart rows of one cell."""
    told = [problem.told["columns"] for problem in found.problems if problem.code == "two_values"]
    return sorted({name for names in told for name in names.split(", ") if name})


def lengthened(table: Table, options: dict[str, Any]) -> pd.DataFrame:
    """One row for each figure of the file, with the number of its row and, in wide tables, the name of its column."""
    frame = table.frame
    if options["layout"] == TIDY:
        if options.get("value") not in frame:
            raise UnreadableError("no_values", columns=", ".join(map(str, frame.columns[:12])))
        return frame.assign(_row=table.rows, _column=options["value"], _figure=frame[options["value"]])
    if options["layout"] == YEARS:
        wide = [name for name in frame.columns if YEAR_COLUMN.match(name)]
    else:
        wide = [name for name in options["columns"] if name in frame]
    if not wide:
        raise UnreadableError("no_values", columns=", ".join(map(str, frame.columns[:12])))
    if len(wide) * len(frame) > MOST_CELLS:
        raise UnreadableError("too_many_cells", most=MOST_CELLS)
    kept = [name for name in frame.columns if name not in wide]
    times, rows = len(wide), len(frame)
    made: dict[str, Any] = {
        name: pd.Categorical.from_codes(np.tile(codes(frame[name]), times), dtype=frame[name].dtype) for name in kept
    }
    made["_row"] = np.tile(table.rows, times)
    made["_column"] = pd.Categorical.from_codes(np.repeat(np.arange(times), rows), pd.Index(wide, dtype="str"))
    made["_figure"] = categorical(np.concatenate([frame[name].astype(object).to_numpy() for name in wide]))
    return pd.DataFrame(made)


def cells_of(long: pd.DataFrame, options: dict[str, Any], known: Known, dims: dict[str, list[str]]) -> Found:
    problems = Problems()
    notes: list[dict[str, Any]] = []
    long = filtered(long, options.get("filters") or {}, options.get("indicator") or "")
    if not len(long):
        raise UnreadableError("filtered_away")
    recoding = recode([word.strip() for word in texts(long[options["area"]])], known.meanings, vintage_of(options))
    years = years_of(long, options, problems)
    asked = asked_indicators(long, options, known)
    value, flag, told = figures_of(long, options, problems)
    area, provenance = areas_of(long, recoding, options, known, problems, notes)
    indicator = indicators_of(long, options, asked)
    cells = pd.DataFrame(
        {"indicator": indicator, "area": area, "year": years, "value": value, "flag": flag, "provenance": provenance}
    )
    kept = told & (cells["area"] != "").to_numpy() & (cells["indicator"] != "").to_numpy() & (years > 0)
    cells, beside = cells[kept].reset_index(drop=True), long[kept].reset_index(drop=True)
    cells = settle(cells, beside, list(dims), options["area"], problems, notes)
    if options.get("national"):
        cells = put_on_regions(cells, known.regions, notes)
    if not len(cells) and not problems:
        raise UnreadableError("nothing_left")
    if options.get("decimal") == COMMA_DECIMAL:
        notes.append({"code": "decimal_comma", "told": {}})
    return Found(Table("", long, np.array([])), options, cells, problems, notes, recoding, asked, dims)


def vintage_of(options: dict[str, Any]) -> int:
    return int(options.get("vintage") or 0)


def filtered(long: pd.DataFrame, filters: Mapping[str, str], indicator: str = "") -> pd.DataFrame:
    """Rows with the chosen text, those that have none in this column, and those of indicators that never have it."""
    kept = np.ones(len(long), bool)
    for name, chosen in filters.items():
        if not chosen or name not in long:
            continue
        words = texts(long[name])
        fits = taken(np.array([word == chosen for word in words]), long[name])
        empty = taken(np.array([word.strip().upper() in NOTHING for word in words]), long[name])
        if indicator in long:
            having = np.unique(codes(long[indicator])[fits])
            empty |= ~np.isin(codes(long[indicator]), having)
        kept &= fits | empty
    return long if kept.all() else long[kept].reset_index(drop=True)


def first_rows(long: pd.DataFrame, wrong: np.ndarray) -> list[int]:
    return [int(row) for row in long["_row"].to_numpy()[np.flatnonzero(wrong)[:TOLD]]]


def years_of(long: pd.DataFrame, options: dict[str, Any], problems: Problems) -> np.ndarray:
    """0 where there is no year; quarters and months are no years."""
    if options["layout"] != YEARS and not options.get("year"):
        if not options.get("fixed_year"):
            problems.add("no_year", [(0, "", {})], 1)
        return np.full(len(long), int(options.get("fixed_year") or 0))
    column = long["_column"] if options["layout"] == YEARS else long[options["year"]]
    pattern = YEAR_COLUMN if options["layout"] == YEARS else YEAR
    matches = [pattern.match(word.strip()) for word in texts(column)]
    found = taken(np.array([int(match[1]) if match else 0 for match in matches]), column)
    if (wrong := found == 0).any():
        words = column.to_numpy()[np.flatnonzero(wrong)[:TOLD]]
        rows = zip(first_rows(long, wrong), words, strict=True)
        problems.add(
            "not_a_year", [(row, str(column.name), {"text": str(w)[:60]}) for row, w in rows], int(wrong.sum())
        )
    return found


def figures_of(
    long: pd.DataFrame, options: dict[str, Any], problems: Problems
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, flags, and where anything is said at all."""
    if options.get("decimal") == UNCLEAR:
        problems.add("decimal_unclear", [(0, "", {})], 1)
    column = long["_figure"]
    figures = read_figures(texts(column), options.get("decimal") or ".")
    value, flag = taken(figures.value, column), taken(figures.flag, column)
    wrong, told = taken(figures.is_wrong, column), ~taken(figures.is_empty, column)
    if wrong.any():
        places = np.flatnonzero(wrong)[:TOLD]
        rows = [
            (int(long["_row"].iloc[place]), str(long["_column"].iloc[place]), {"text": str(column.iloc[place])[:60]})
            for place in places
        ]
        problems.add("not_a_number", rows, int(wrong.sum()))
    if options.get("flag") in long and options["layout"] == TIDY:
        beside = long[options["flag"]]
        said = taken(np.array(["" if w.upper() in NOTHING else tidy_flag(w) for w in texts(beside)], object), beside)
        told |= said != ""
        flag = np.where(said != "", flag + said, flag)
    missing = np.isnan(value) & told
    flag = np.where(missing & (flag == ""), ":", flag)
    words, places = np.unique(flag.astype(str), return_inverse=True)
    tidy = np.array([tidy_flag(word) for word in words], dtype=object)[places]
    bare = np.char.lstrip(tidy.astype(str), ":").astype(object)
    return value, np.where(missing, ":" + bare, bare), told


def areas_of(
    long: pd.DataFrame,
    recoding: Recoding,
    options: dict[str, Any],
    known: Known,
    problems: Problems,
    notes: list[dict[str, Any]],
) -> tuple[np.ndarray, np.ndarray]:
    column = long[options["area"]]
    words = [word.strip() for word in texts(column)]
    area = taken(np.array([recoding.areas.get(word, "") for word in words], dtype=object), column)
    provenance = taken(np.array(["recoded" if w in recoding.renamed else "" for w in words], dtype=object), column)
    if recoding.unknown and not options.get("skip_unknown"):
        places = {word: place for place, word in enumerate(words)}
        first = {
            word: int(long["_row"].iloc[np.argmax(codes(column) == places[word])]) for word in recoding.unknown[:TOLD]
        }
        told = [
            (first[word], str(column.name), {"text": word[:60], "near": near(word, known)})
            for word in recoding.unknown[:TOLD]
        ]
        problems.add("unknown_area", told, len(recoding.unknown))
    elif recoding.unknown:
        notes.append(listed("unknown_left_out", recoding.unknown))
    beside = {"finer_left_out": recoding.finer, "elsewhere_left_out": recoding.elsewhere}
    notes += [listed(code, found) for code, found in beside.items() if found]
    if recoding.renamed:
        notes.append(listed("recoded", [f"{old} → {new}" for old, new in recoding.renamed.items()]))
    for fate in ("split", "merged", "shifted"):
        if gone := [f"{code} → {lost.successors}" for code, lost in recoding.lost.items() if lost.fate == fate]:
            notes.append(listed(f"{fate}_left_out", gone))
    return area, provenance


def near(word: str, known: Known) -> str:
    """A code that differs in case or spaces alone."""
    plain = "".join(word.split()).upper()
    return plain if plain != word and plain in known.meanings else ""


def listed(code: str, words: Sequence[str]) -> dict[str, Any]:
    return {"code": code, "told": {"count": len(words), "list": ", ".join(words[:MOST_LISTED])}}


def asked_indicators(long: pd.DataFrame, options: dict[str, Any], known: Known) -> dict[str, str]:
    """By what the file calls an indicator: the code of the catalogue, `+` for a new entry, `-` to leave it out."""
    chosen = options.get("indicators") or {}
    return {word: chosen.get(word) or fitting(word, known, options) for word in named_indicators(long, options)}


def named_indicators(long: pd.DataFrame, options: dict[str, Any]) -> list[str]:
    if options["layout"] == "indicators":
        return texts(long["_column"])
    return texts(long[options["indicator"]]) if options.get("indicator") else [THIS]


def fitting(word: str, known: Known, options: dict[str, Any]) -> str:
    plain = code_of(word, NEW, options)
    return word if word in known.indicators else plain if plain in known.indicators else NEW


def slug(word: str) -> str:
    made = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in word.strip().lower())
    return "-".join(part for part in made.split("-") if part)[:40] or "indicator"


def code_of(word: str, chosen: str, options: dict[str, Any]) -> str:
    """The code in the catalogue for what the file calls an indicator; empty where it is left out."""
    if chosen == LEFT_OUT:
        return ""
    return slug(options.get("this") or word if word == THIS else word) if chosen == NEW else chosen


def indicators_of(long: pd.DataFrame, options: dict[str, Any], asked: Mapping[str, str]) -> np.ndarray:
    codes_of = {word: code_of(word, chosen, options) for word, chosen in asked.items()}
    if options["layout"] != "indicators" and not options.get("indicator"):
        return np.full(len(long), codes_of[THIS], dtype=object)
    column = long["_column"] if options["layout"] == "indicators" else long[options["indicator"]]
    return taken(np.array([codes_of[word] for word in texts(column)], dtype=object), column)
