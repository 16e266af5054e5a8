"""Delimited text: CSV of any tidy or wide kind, SDMX-CSV, and the tables of Eurostat."""

import csv
import io
import itertools
import re
import warnings

import numpy as np
import pandas as pd

from .figures import secrecy_flags, status_flags
from .opening import decoded
from .problems import UnreadableError
from .tables import MOST_CELLS, MOST_COLUMNS, Table, categorical, codes, texts

DELIMITERS = "\t;,|"
MOST_HEADER = 120_000  # letters
WRONG_COUNT = re.compile(r"Expected (\d+) fields in line (\d+), saw (\d+)")
EUROSTAT = re.compile(r"^[^\t\n]*\\\s*(TIME_PERIOD|time)\b", re.IGNORECASE)
WHOLE = re.compile(r"^-?\d+$")
YEAR = re.compile(r"^(19|20)\d\d$")
NOT_DIMENSIONS = {"DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "CONF_STATUS"}


def read(content: bytes, options: dict | None = None) -> Table:
    try:
        return table(decoded(content).replace("\r\n", "\n").replace("\r", "\n"))
    except csv.Error as problem:
        raise UnreadableError("not_a_table") from problem


def table(text: str) -> Table:
    header = text.lstrip("\r\n").split("\n", 1)[0]
    if len(header) > MOST_HEADER or max(map(header.count, DELIMITERS)) > MOST_COLUMNS:
        raise UnreadableError("endless_header", most=MOST_COLUMNS)
    if EUROSTAT.match(header):
        check_names(header.split("\\")[0], ",", header.partition("\t")[2], "\t")
        return eurostat(text)
    delimiter = delimiter_of(header)
    check_names(header, delimiter)
    frame, rows = parsed(text, delimiter)
    names = {name.strip().upper(): name for name in frame.columns}
    if {"TIME_PERIOD", "OBS_VALUE"} <= names.keys():
        return sdmx(frame, rows, names)
    return Table("csv", frame, rows)


def delimiter_of(header: str) -> str:
    counts = {mark: len(next(csv.reader([header], delimiter=mark), [])) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: counts[mark])
    if counts[best] < 2:
        raise UnreadableError("no_delimiter", header=header[:80])
    return best


def check_names(*parts: str) -> None:
    """Of a header and its delimiter, or of several."""
    told = zip(parts[::2], parts[1::2], strict=True)
    names = [name.strip() for header, mark in told for name in next(csv.reader([header], delimiter=mark), [])]
    twice = next((name for name in names if name and names.count(name) > 1), "")
    if twice:
        raise UnreadableError("column_twice", column=twice)


def parsed(text: str, delimiter: str) -> tuple[pd.DataFrame, np.ndarray]:
    """The table, and the number of each row in the file."""
    try:
        with warnings.catch_warnings(action="error", category=pd.errors.ParserWarning):
            frame = pd.read_csv(
                io.StringIO(text),
                sep=delimiter,
                dtype=object,
                na_filter=False,
                low_memory=False,
                index_col=False,
                skipinitialspace=True,
                skip_blank_lines=False,
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning) as problem:
        raise wrong_count(text, delimiter, problem) from problem
    except (pd.errors.EmptyDataError, ValueError) as problem:
        raise UnreadableError("not_a_table") from problem
    # Categories made by pandas itself would take 01 for the number 1.
    frame = pd.DataFrame({str(name).strip(): categorical(frame[name].to_numpy()) for name in frame.columns})
    frame, rows = whole(frame, text, delimiter)
    return checked(frame), rows


def wrong_count(text: str, delimiter: str, problem: Exception) -> UnreadableError:
    """Most often the decimal sign is also the delimiter."""
    found = WRONG_COUNT.search(str(problem))
    if found is None:
        return odd_row(text, delimiter) or UnreadableError("not_a_table")
    expected, row, seen = map(int, found.groups())
    code = "decimal_delimiter" if delimiter == "," and has_decimal_comma(text, row) else "too_many_fields"
    return UnreadableError(code, row=row, seen=seen, expected=expected)


def odd_row(text: str, delimiter: str) -> UnreadableError | None:
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    expected = len(next(rows, []))
    for number, row in enumerate(rows, 2):
        if row and len(row) != expected:
            code = "too_many_fields" if len(row) > expected else "too_few_fields"
            comma = delimiter == "," and len(row) > expected and has_decimal_comma(text, number)
            return UnreadableError("decimal_delimiter" if comma else code, row=number, seen=len(row), expected=expected)
    return None


def has_decimal_comma(text: str, row: int) -> bool:
    """Whether a figure of a row seems to be parted: two whole numbers side by side, the first no year."""
    line = next((line for number, line in enumerate(io.StringIO(text), 1) if number == row), "")
    fields = [field.strip() for field in line.split(",")]
    pairs = itertools.pairwise(fields)
    return any(WHOLE.match(one) and other.isdecimal() and not YEAR.match(one) for one, other in pairs)


def whole(frame: pd.DataFrame, text: str, delimiter: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Rows that end early are named, empty lines left out; with the numbers of rows in the file."""
    lines = text.rstrip("\r\n").count("\n") + 1
    if ('"' in text or text.count(delimiter) != lines * (frame.shape[1] - 1)) and (problem := odd_row(text, delimiter)):
        raise problem
    rows = np.arange(2, len(frame) + 2)
    first = frame.iloc[:, 0]
    if "" not in first.cat.categories:
        return frame, rows
    told = np.logical_or.reduce([(frame[name] != "").to_numpy() for name in frame])
    return frame[told].reset_index(drop=True), rows[told]


def checked(frame: pd.DataFrame) -> pd.DataFrame:
    if not len(frame):
        raise UnreadableError("no_rows")
    if frame.shape[1] > MOST_COLUMNS or frame.size > MOST_CELLS * 12:
        raise UnreadableError("too_many_cells", most=MOST_CELLS)
    return frame


def sdmx(frame: pd.DataFrame, rows: np.ndarray, names: dict[str, str]) -> Table:
    """SDMX-CSV 1 and 2, and what Eurostat calls so (OBS_FLAG)."""
    area = next((names[name] for name in ("GEO", "REF_AREA", "TERRITORY") if name in names), "")
    flag = next((names[name] for name in ("OBS_FLAG", "OBS_STATUS") if name in names), "")
    secrecy = names.get("CONF_STATUS", "")
    if flag or secrecy:
        said = np.full(len(frame), "", object)
        for column, meaning in ((flag, status_flags), (secrecy, secrecy_flags)):
            if column:
                said = said + np.array([meaning(word) for word in texts(frame[column])], object)[codes(frame[column])]
        flag = flag or "OBS_STATUS"
        frame = frame.assign(**{flag: categorical(said)})
    kept = [name for name in frame.columns if name.strip().upper() not in NOT_DIMENSIONS]
    roles = {"year": names["TIME_PERIOD"], "value": names["OBS_VALUE"]}
    roles |= {name: column for name, column in (("area", area), ("flag", flag)) if column}
    return Table("sdmx-csv", frame[kept], rows, roles)


def eurostat(text: str) -> Table:
    """`freq,unit,geo\\TIME_PERIOD` in the first column, a column for each year, flags behind the figures."""
    frame, rows = parsed(text, "\t")
    head = frame.columns[0]
    names = [name.strip() for name in head.split("\\")[0].split(",")]
    keys = [[part.strip() for part in key.split(",")] for key in texts(frame[head])]
    for place, key in enumerate(keys):
        if len(key) != len(names):
            row = int(rows[np.argmax(codes(frame[head]) == place)])
            raise UnreadableError("too_few_fields", row=row, seen=len(key), expected=len(names))
    columns = {
        name: categorical(np.array([key[place] for key in keys], dtype=object)[codes(frame[head])])
        for place, name in enumerate(names)
    }
    years = {name.strip(): frame[name].array for name in frame.columns[1:]}
    made = pd.DataFrame(columns | years)
    return Table("eurostat-tsv", made, rows, {"area": names[-1], "layout": "years"})
