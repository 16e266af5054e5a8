"""Reads the rows of metadata into a tree, or says which row does not fit."""

import numpy as np
import pandas as pd

from .problems import StatisticsError, several

KINDS = ("Indicator", "Aggregate", "Group", "Denominator", "Other")


def checked(metadata):
    """The nodes of the tree under their codes, in order; the other rows (groups, denominators) are left out.

    Rows are named by the index of `metadata`, which a reader sets to the lines of the file.
    """
    for column in ("iCode", "Parent"):
        if column not in metadata:
            raise StatisticsError("missing_column", table="metadata", column=column)
    rows = metadata.assign(iCode=text(metadata["iCode"]), Parent=text(metadata["Parent"]))
    refuse(rows["iCode"] == "", rows, "empty_code", "iCode")
    refuse(rows["iCode"].duplicated(), rows, "duplicate_code", "iCode")
    rows = nodes(rows)
    known(rows)
    rows["Level"] = levels(rows)
    refuse((rows["Parent"] == "") & (rows["Level"] == 1), rows, "no_index", "iCode")
    rows["Direction"] = numbers(rows, "Direction", needed=rows["Level"] == 1)
    rows["Weight"] = numbers(rows, "Weight", needed=rows["Parent"] != "")
    refuse(~rows["Direction"].isin([-1.0, 1.0]), rows, "direction", "Direction")
    refuse(rows["Weight"] < 0, rows, "negative_weight", "Weight")
    return ordered(rows)


def text(column):
    return column.astype(object).where(column.notna(), "").astype(str).str.strip()


def refuse(wrong, rows, code, column):
    if wrong.any():
        row = wrong.idxmax()
        raise StatisticsError(code, table="metadata", row=row, column=column, value=rows.at[row, column])


def nodes(rows):
    """Indicators and aggregates: by Type, or where there is none by Level, or whatever has a parent or is one."""
    if "Type" in rows:
        rows = rows.assign(Type=text(rows["Type"]))
        refuse(~rows["Type"].isin([*KINDS, ""]), rows, "unknown_type", "Type")
        level = rows["Level"].notna() if "Level" in rows else rows["Type"] == ""
        return rows[rows["Type"].isin(["Indicator", "Aggregate"]) | ((rows["Type"] == "") & level)].copy()
    joined = (rows["Parent"] != "") | rows["iCode"].isin(rows["Parent"])
    return rows[rows["Level"].notna() if "Level" in rows else joined].copy()


def known(rows):
    if rows.empty:
        raise StatisticsError("no_indicators", table="metadata")
    refuse(~rows["Parent"].isin([*rows["iCode"], ""]), rows, "unknown_parent", "Parent")
    top = rows.index[rows["Parent"] == ""]
    if len(top) != 1:
        code = "several_tops" if len(top) else "circular"
        row = top[1] if len(top) else rows.index[0]
        raise StatisticsError(
            code, table="metadata", row=row, column="Parent", value=several(rows.loc[top, "iCode"])[0]
        )
    circular(rows)


def circular(rows):
    """Walks from the top down: what is not reached goes round in a circle."""
    reached = rows["Parent"] == ""
    while True:
        more = reached | rows["Parent"].isin(rows.loc[reached, "iCode"])
        if (more == reached).all():
            break
        reached = more
    refuse(~reached, rows, "circular", "Parent")


def levels(rows):
    """Levels as given, or counted from the indicators up; a parent stands higher than its children."""
    parents = set(rows["Parent"])
    leaf = ~rows["iCode"].isin(parents)
    if "Level" not in rows:
        return counted(rows, leaf)
    level = pd.to_numeric(rows["Level"], errors="coerce")
    refuse(~(level >= 1) | (level % 1 != 0), rows, "level", "Level")
    refuse(leaf & (level > 1), rows, "no_children", "iCode")
    refuse(~leaf & (level == 1), rows, "children_of_indicator", "iCode")
    own = pd.Series(level.to_numpy(), index=rows["iCode"])
    above = rows["Parent"].map(own).fillna(np.inf)
    refuse(above <= level, rows, "parent_not_above", "Parent")
    return level.astype(int)


def counted(rows, leaf):
    level = pd.Series(np.where(leaf, 1, 0), index=rows.index)
    for _step in range(len(rows)):
        highest = level.groupby(rows["Parent"]).max()
        raised = rows["iCode"].map(highest).fillna(0).astype(int) + 1
        if (raised == level).all():
            break
        level = raised
    return level


def numbers(rows, column, needed):
    """Numbers of a column; 1 where the column is missing altogether, or empty where none is needed."""
    if column not in rows:
        return pd.Series(1.0, index=rows.index)
    told = text(rows[column])
    found = pd.to_numeric(rows[column], errors="coerce").astype(float).where((told != "") | needed, 1.0)
    refuse(~np.isfinite(found), rows.assign(**{column: rows[column].where(told != "", "")}), "no_number", column)
    return found


def ordered(rows):
    rank = rows["iCode"].where(rows["Level"] > 1, "")
    rows = rows.assign(_rank=rank).sort_values(["Level", "_rank"], kind="stable").drop(columns="_rank")
    return rows.set_index(rows["iCode"].rename(None)).drop(columns="iCode")
