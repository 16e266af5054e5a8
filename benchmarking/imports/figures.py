"""Figures with the flags beside them, as Eurostat and others write them: `12.3 bp`, `: c`, `1 234,5`."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

MISSING = ":"
# What programs write where a figure is missing; without a word a cell says nothing at all.
ABSENT = {":", "na", "n/a", "nan", "null", "none", "..", "...", ".", "-", "–", "x", "(c)"}
FIGURE = re.compile(r"^(?P<figure>:|[-+−]?[\d.,'  ]*\d(?:[eE][-+]?\d+)?)\s*(?P<flag>[a-z@*]{0,6})$")
COMMA = re.compile(r"^[-+−]?\d+,\d+$")
POINT = re.compile(r"^[-+−]?\d*\.\d+([eE][-+]?\d+)?$")
GROUPED = re.compile(r"^[-+−]?\d{1,3}(,\d{3})+$")
POINT_DECIMAL, COMMA_DECIMAL, UNCLEAR = ".", ",", "?"


class Figures(NamedTuple):
    """For each different text: its value (NaN where missing), its flag, whether it is no figure, whether it is empty."""

    value: np.ndarray
    flag: np.ndarray
    is_wrong: np.ndarray
    is_empty: np.ndarray


def read_figures(words: list[str], decimal: str = POINT_DECIMAL) -> Figures:
    told = pd.Series(words, dtype=object)
    value = pd.to_numeric(told, errors="coerce").to_numpy(float, copy=True)
    value[~np.isfinite(value)] = np.nan
    flag = np.full(len(words), "", dtype=object)
    wrong, empty = np.zeros(len(words), bool), np.zeros(len(words), bool)
    for place in np.flatnonzero(np.isnan(value)):
        text = words[place].strip()
        if not text:
            empty[place] = True
        elif text.lower() in ABSENT:
            flag[place] = MISSING
        else:
            value[place], flag[place], wrong[place] = one(text, decimal)
    return Figures(value, flag, wrong, empty)


def one(text: str, decimal: str) -> tuple[float, str, bool]:
    found = FIGURE.match(text)
    if found is None:
        return np.nan, "", True
    figure, flag = found["figure"], found["flag"]
    if figure == MISSING:
        return np.nan, MISSING + flag, False
    try:
        value = float(plain(figure, decimal))
    except ValueError:
        return np.nan, "", True
    return (value, flag, False) if np.isfinite(value) else (np.nan, "", True)


def plain(figure: str, decimal: str) -> str:
    """As Python reads it. A sign of groups is accepted only before groups of three."""
    figure = re.sub(r"(?<=\d)['  ](?=\d{3}(\D|$))", "", figure.replace("−", "-"))
    if decimal == COMMA_DECIMAL:
        whole, comma, part = figure.partition(",")
        return ungrouped(whole, r"\.") + ("." + part if comma else "")
    whole, point, part = figure.partition(".")
    return ungrouped(whole, ",") + ("." + part if point else "")


def ungrouped(whole: str, mark: str) -> str:
    if re.fullmatch(rf"[-+]?\d{{1,3}}({mark}\d{{3}})+", whole):
        return re.sub(mark, "", whole)
    return whole


def decimal_sign(words: list[str]) -> str:
    """Of all texts of a table together; UNCLEAR where every comma stands before exactly three digits."""
    figures = [text.split()[0] for text in words if "," in text and text.split()]
    commas = [text for text in figures if COMMA.match(text)]
    if not commas or any(POINT.match(text.split()[0]) for text in words if "." in text and text.split()):
        return POINT_DECIMAL
    return COMMA_DECIMAL if any(not GROUPED.match(text) for text in commas) else UNCLEAR


# SDMX's code list of observation status (CL_OBS_STATUS) as Eurostat's letters; what is normal has none.
STATUS = {
    "A": "", "B": "b", "D": "d", "E": "e", "F": "f", "G": "e", "H": ":", "I": "e", "J": "i", "K": ":i", "L": ":", "M": ":z",
    "N": "n", "O": ":", "P": "p", "Q": ":c", "R": "r", "S": "i", "U": "u", "V": "p", "W": "i",
}  # fmt: skip
FREE = {"", "F", "NA", "NAN", "NULL", "NONE", "-", "_Z", "_X"}


def status_flags(text: str) -> str:
    """Codes of SDMX are capitals; small letters are Eurostat's already."""
    return "".join(STATUS.get(letter, letter.lower()) if letter.isupper() else letter for letter in text.strip())


def secrecy_flags(text: str) -> str:
    """Of CONF_STATUS: whatever is not free is confidential."""
    return "" if text.strip().upper() in FREE else "c"


def tidy_flag(text: str) -> str:
    """Letters of several flags together, each once, in the order of the alphabet; a colon says the value is missing."""
    letters = sorted(set(re.sub(r"[^a-z@*:]", "", text.strip().lower())))
    return "".join(letters)[:8]
