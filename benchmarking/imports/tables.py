"""Tables as they stand in a file: every column as categories of text, so that what is read is each text once."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

MOST_CELLS = 3_000_000
MOST_COLUMNS = 2000


@dataclass
class Table:
    """`rows` are the numbers of rows in the file; `roles` what columns are for, where the format itself says so."""

    format: str
    frame: pd.DataFrame
    rows: np.ndarray
    roles: dict[str, str] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)


def categorical(values: list | np.ndarray) -> pd.Categorical:
    """Of texts; the order in which they come is kept."""
    places, words = pd.factorize(np.asarray(values, dtype=object))
    return pd.Categorical.from_codes(places, pd.Index(words, dtype="str"))


def texts(column: pd.Series) -> list[str]:
    """The different texts of a column, in the order of their codes."""
    return column.cat.categories.to_numpy(dtype=object).tolist()


def codes(column: pd.Series) -> np.ndarray:
    return column.cat.codes.to_numpy()


def taken(found: np.ndarray, column: pd.Series) -> np.ndarray:
    """What was found for each different text of a column, for each row."""
    return found[codes(column)]
