"""Cross-tables as plain, JSON-ready dictionaries: hidden cells, and what would give them away, are None."""

from dataclasses import dataclass
from itertools import compress

import numpy as np

from .crosstabs import UNSTATED, association, cross_counts
from .nesting import suppress_nested_table
from .publication import rounded, unless
from .suppression import HiddenCells, small, suppress_table


@dataclass(frozen=True)
class VeiledTable:
    """Counts, their codes (UNSTATED: those who chose none), and what is hidden of cells and totals."""

    counts: np.ndarray
    rows: list
    columns: list
    safe: HiddenCells
    hidden_rows: np.ndarray
    hidden_columns: np.ndarray


def open_part(table):
    """What the published numbers settle of a table: counts, row codes, column codes, codes of the pooled rows.

    Rows with a hidden cell are pooled into one, known as the column totals less the other rows; its code is None.
    """
    columns = ~table.hidden_columns & np.array([code != UNSTATED for code in table.columns])
    stated = np.array([code != UNSTATED for code in table.rows])
    whole = ~(table.safe.cells[:, columns].any(axis=1) | table.hidden_rows)
    kept = table.counts[:, columns]
    counts, rows = kept[whole & stated], chosen(table.rows, whole & stated)
    if not whole.all():
        counts, rows = np.vstack([counts, kept[~whole].sum(axis=0)]), [*rows, None]
    return counts, rows, chosen(table.columns, columns), chosen(table.rows, ~whole & stated)


def chosen(codes, mask):
    return list(compress(codes, mask))


def published_test(table):
    """Test and residuals of the open part, so that they tell nothing the published cells do not tell."""
    counts, rows, columns, pooled = open_part(table)
    test = association(counts)
    if test is None:
        return None
    return {
        "method": test.method,
        "chi2": rounded(test.chi2),
        "dof": test.dof,
        "p": rounded(test.p),
        "cramers_v": rounded(test.cramers_v),
        "low_expected": test.low_expected,
        "rows": rows,
        "columns": columns,
        "pooled": pooled,
        "residuals": [[rounded(cell) for cell in row] for row in test.residuals.tolist()],
    }


def published_cell(code, count, whole, column, secret):
    """`share` is of the row, `column_share` of all who chose the option."""
    return {
        "code": code,
        "count": unless(secret, count),
        "share": None if secret or not whole else rounded(count / whole),
        "column_share": None if secret or not column else rounded(count / column),
        "suppressed": secret,
    }


def published_row(code, codes, counts, whole, columns, total, hidden):
    cells = [published_cell(*cell) for cell in zip(codes, counts, [whole] * len(codes), columns, hidden, strict=True)]
    return {"code": code, "total": total, "cells": cells}


def published_column(code, count, secret, **more):
    return {"code": code, "total": unless(secret, count), "suppressed": secret, **more}


def column_totals(question):
    """Per option how many chose it, None where that is hidden."""
    return [unless(*pair) for pair in zip(question.hidden_options.tolist(), question.count.tolist(), strict=True)]


def single_table(profile, question, threshold):
    """Counts of a profile question (rows) against a single choice, and what of them is hidden."""
    if profile.within is not None:
        return nested_table(profile, question, threshold)
    table = cross_counts(profile.standing, len(profile.codes), question.standing, len(question.codes))
    hidden_rows, hidden_columns = profile.hidden_totals, question.hidden_totals
    unseen = np.zeros(table.shape, dtype=bool)
    unseen[-1, :] = unseen[:, -1] = True
    safe = suppress_table(table, threshold, hidden_rows, hidden_columns, unseen)
    codes = [*profile.codes, UNSTATED], [*question.codes, UNSTATED]
    return VeiledTable(table, *codes, safe, hidden_rows, hidden_columns)


def nested_table(profile, question, threshold):
    """As `single_table`, of a profile question that divides the rows of another."""
    within, size = profile.within, len(profile.codes)
    above = single_table(within.parent, question, threshold).safe.cells
    table = cross_counts(within.row, len(within.group), question.standing, len(question.codes))[:-1]
    unseen = np.zeros(table.shape, dtype=bool)
    unseen[size:, :] = unseen[:, -1] = True
    safe = suppress_nested_table(table, within.group, threshold, within.hidden_rows, above, unseen)
    codes = [*profile.codes, UNSTATED], [*question.codes, UNSTATED]
    return VeiledTable(
        folded(table, size, np.sum), *codes, fold_cells(safe, size), profile.hidden_totals, question.hidden_totals
    )


def folded(table, size, join):
    """The rows from `size` on joined into one."""
    return np.concatenate([table[:size], join(table[size:], axis=0, keepdims=True)])


def fold_cells(safe, size):
    return HiddenCells(folded(safe.cells, size, np.any), safe.withheld)


def published_single(table, profile, question):
    """Shares are of those in the row who chose an option, or of the whole row where that would tell how few did not."""
    counts, secret = table.counts[:-1, :-1], table.safe.cells[:-1, :-1]
    totals = table.counts.sum(axis=1)[:-1]
    of_base = not (table.safe.cells[:-1, -1] & ~table.hidden_rows[:-1]).any()
    wholes, tops = counts.sum(axis=1) if of_base else totals, column_totals(question)
    rows = zip(
        profile.codes, counts.tolist(), wholes.tolist(), totals.tolist(), secret, profile.hidden_options, strict=True
    )
    columns = zip(question.codes, question.count.tolist(), question.hidden_options.tolist(), strict=True)
    return {
        "rows": [
            published_row(code, question.codes, cells, whole, tops, unless(veiled, total), mask.tolist())
            for code, cells, whole, total, mask, veiled in rows
        ],
        "columns": [published_column(*column) for column in columns],
        "share_of": "base" if of_base else "row",
        "withheld": table.safe.withheld,
        "test": published_test(table),
    }


def single_crosstab(profile, question, threshold):
    """A profile question (rows) against a single choice."""
    return published_single(single_table(profile, question, threshold), profile, question)


def rows_of(profile):
    """The row of each response, and how many rows there are: the answers, and those who gave none, by group if nested."""
    if profile.within is not None:
        return profile.within.row, len(profile.within.group)
    return np.where(profile.standing < 0, len(profile.codes), profile.standing), len(profile.codes) + 1


def tick_totals(profile, question, threshold):
    """Row totals of a multiple choice: who answered it, unless that tells how few did not; and whether it is so."""
    rows, height = rows_of(profile)
    everyone = np.bincount(rows, minlength=height)
    answered = np.bincount(rows[question.standing == 0], minlength=height)
    told = small(answered, threshold) | small(everyone - answered, threshold)
    of_base = not (told.any() or profile.hidden_totals.any() or question.hidden.base)
    return (answered if of_base else everyone), of_base


def ticks_by_row(profile, question):
    """Ticks per row of the profile and option."""
    rows, height = rows_of(profile)
    member = rows == np.arange(height)[:, None]
    return (member.astype(np.float32) @ question.ticked.astype(np.float32)).round().astype(int)


def tick_table(profile, totals, code, ticked, veil, threshold, above=None):
    """One option of a multiple choice by the profile: ticked, and not ticked, which is not printed.

    `above`: that option's table by the question in which the profile question is nested.
    """
    table, size = np.column_stack([ticked, totals - ticked]), len(profile.codes)
    unseen = np.ones(table.shape, dtype=bool)
    unseen[:size, 0] = False
    veils = np.array([veil, veil])
    if above is None:
        safe = suppress_table(table, threshold, profile.hidden_totals, veils, unseen)
    else:
        within, closed = profile.within, above.safe.cells.any(axis=1)
        over = np.column_stack([closed, closed])
        safe = suppress_nested_table(table, within.group, threshold, within.hidden_rows, over, unseen)
    codes = [*profile.codes, UNSTATED], [code, f"not {code}"]
    return VeiledTable(folded(table, size, np.sum), *codes, fold_cells(safe, size), profile.hidden_totals, veils)


@dataclass(frozen=True)
class TickTables:
    """A multiple choice by a profile question: a table per option, and who its shares are of."""

    tables: list
    totals: np.ndarray
    of_base: bool


def tick_tables(profile, question, threshold):
    totals, of_base = tick_totals(profile, question, threshold)
    ticked, veils = ticks_by_row(profile, question), question.hidden_options.tolist()
    within = profile.within
    above = [None] * len(veils) if within is None else tick_tables(within.parent, question, threshold).tables
    tables = [
        tick_table(profile, totals, code, column, veil, threshold, over)
        for code, column, veil, over in zip(question.codes, ticked.T, veils, above, strict=True)
    ]
    return TickTables(tables, folded(totals, len(profile.codes), np.sum), of_base)


def multiple_crosstab(profile, question, threshold):
    """A profile question (rows) against every option of a multiple choice, each option a table of its own."""
    return published_multiple(tick_tables(profile, question, threshold), profile, question)


def published_multiple(crossed, profile, question):
    tables, veils = crossed.tables, question.hidden_options.tolist()
    ticked = np.column_stack([table.counts[:-1, 0] for table in tables]).tolist()
    secret = np.column_stack([table.safe.cells[:-1, 0] for table in tables]).tolist()
    tops, totals = column_totals(question), crossed.totals[:-1].tolist()
    rows = zip(profile.codes, ticked, totals, secret, profile.hidden_options.tolist(), strict=True)
    columns = zip(question.codes, question.count.tolist(), veils, tables, strict=True)
    return {
        "rows": [
            published_row(code, question.codes, cells, total, tops, unless(veiled, total), mask)
            for code, cells, total, mask, veiled in rows
        ],
        "columns": [
            published_column(code, count, veil, test=published_test(table)) for code, count, veil, table in columns
        ],
        "share_of": "base" if crossed.of_base else "row",
        "withheld": all(table.safe.withheld for table in tables),
    }
