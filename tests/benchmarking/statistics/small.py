"""A composite small enough to be reckoned by hand: two pillars, four indicators, five units."""

import pandas as pd

METADATA = pd.DataFrame(
    [
        ("a", 1, "one", 1.0, 1.0, "Indicator"),
        ("b", 1, "one", -1.0, 3.0, "Indicator"),
        ("c", 1, "two", 1.0, 1.0, "Indicator"),
        ("d", 1, "two", 1.0, 1.0, "Indicator"),
        ("one", 2, "index", 1.0, 1.0, "Aggregate"),
        ("two", 2, "index", 1.0, 1.0, "Aggregate"),
        ("index", 3, None, 1.0, 1.0, "Aggregate"),
    ],
    columns=["iCode", "Level", "Parent", "Direction", "Weight", "Type"],
)
DATA = pd.DataFrame(
    {
        "a": [0.0, 1.0, 2.0, 3.0, 4.0],
        "b": [8.0, 6.0, 4.0, 2.0, 0.0],
        "c": [1.0, 5.0, 2.0, 3.0, 4.0],
        "d": [10.0, 30.0, 20.0, 50.0, 40.0],
        "group": ["x", "x", "y", "y", None],
    },
    index=["u1", "u2", "u3", "u4", "u5"],
)


def data(**columns):
    """The figures with other values in some columns."""
    return DATA.assign(**columns)


def metadata(rows=None, **columns):
    """`columns` hold changes by iCode: metadata(Direction={"a": -1})."""
    changed = METADATA.set_index("iCode", drop=False)
    for column, values in columns.items():
        changed[column] = (
            pd.Series(values).reindex(changed.index).combine_first(changed.get(column, pd.Series(dtype=object)))
        )
    return changed.reset_index(drop=True)
