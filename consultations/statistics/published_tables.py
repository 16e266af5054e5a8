"""Cross-tables as plain, JSON-ready dictionaries: hidden cells, and what would give them away, are None."""

from dataclasses import dataclass
from itertools import compress

import numpy as np

from .crosstabs import UNSTATED, association, cross_counts
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


def published_cell(code, count, whole, secret):
    share = None if secret or not whole else rounded(count / whole)
    return {"code": code, "count": unless(secret, count), "share": share, "suppressed": secret}


def published_row(code, codes, counts, whole, total, hidden):
    cells = [published_cell(*cell) for cell in zip(codes, counts, [whole] * len(codes), hidden, strict=True)]
    return {"code": code, "total": total, "cells": cells}


def published_column(code, count, secret, **more):
    return {"code": code, "total": unless(secret, count), "suppressed": secret, **more}


def single_crosstab(profile, question, threshold):
    """A profile question (rows) against a single choice.

    Shares are of those in the row who chose an option, or of the whole row where that would tell how few did not.
    """
    table = cross_counts(profile.standing, len(profile.codes), question.standing, len(question.codes))
    hidden_rows, hidden_columns = profile.hidden_totals, question.hidden_totals
    unseen = np.zeros(table.shape, dtype=bool)
    unseen[-1, :] = unseen[:, -1] = True
    safe = suppress_table(table, threshold, hidden_rows, hidden_columns, unseen)
    counts, secret = table[:-1, :-1], safe.cells[:-1, :-1]
    totals = table.sum(axis=1)[:-1]
    of_base = not (safe.cells[:-1, -1] & ~hidden_rows[:-1]).any()
    wholes = counts.sum(axis=1) if of_base else totals
    codes = [*profile.codes, UNSTATED], [*question.codes, UNSTATED]
    test = published_test(VeiledTable(table, *codes, safe, hidden_rows, hidden_columns))
    rows = zip(profile.codes, counts, wholes.tolist(), totals.tolist(), secret, profile.hidden_options, strict=True)
    columns = zip(question.codes, question.count.tolist(), question.hidden_options.tolist(), strict=True)
    return {
        "rows": [
            published_row(code, question.codes, cells.tolist(), whole, unless(veiled, total), mask.tolist())
            for code, cells, whole, total, mask, veiled in rows
        ],
        "columns": [published_column(*column) for column in columns],
        "share_of": "base" if of_base else "row",
        "withheld": safe.withheld,
        "test": test,
    }


def tick_totals(profile, question, threshold):
    """Row totals of a multiple choice: who answered it, unless that tells how few did not; and whether it is so."""
    rows = np.where(profile.standing < 0, len(profile.codes), profile.standing)
    everyone = np.bincount(rows, minlength=len(profile.codes) + 1)
    answered = np.bincount(rows[question.standing == 0], minlength=len(everyone))
    told = small(answered, threshold) | small(everyone - answered, threshold)
    of_base = not (told.any() or profile.hidden_totals.any() or question.hidden.base)
    return (answered if of_base else everyone), of_base


def ticks_by_row(profile, question):
    """Ticks per row of the profile, those who stated none last, and option."""
    rows = np.where(profile.standing < 0, len(profile.codes), profile.standing)
    member = rows == np.arange(len(profile.codes) + 1)[:, None]
    return (member.astype(np.float32) @ question.ticked.astype(np.float32)).round().astype(int)


def tick_table(profile, totals, code, ticked, veil, threshold):
    """One option of a multiple choice by the profile: ticked, and not ticked, which is not printed."""
    table = np.column_stack([ticked, totals - ticked])
    unseen = np.ones(table.shape, dtype=bool)
    unseen[:-1, 0] = False
    veils = np.array([veil, veil])
    safe = suppress_table(table, threshold, profile.hidden_totals, veils, unseen)
    codes = [*profile.codes, UNSTATED], [code, f"not {code}"]
    return VeiledTable(table, *codes, safe, profile.hidden_totals, veils)


def multiple_crosstab(profile, question, threshold):
    """A profile question (rows) against every option of a multiple choice, each option a table of its own."""
    totals, of_base = tick_totals(profile, question, threshold)
    ticked, veils = ticks_by_row(profile, question), question.hidden_options.tolist()
    tables = [
        tick_table(profile, totals, code, column, veil, threshold)
        for code, column, veil in zip(question.codes, ticked.T, veils, strict=True)
    ]
    secret = np.column_stack([table.safe.cells[:-1, 0] for table in tables]).tolist()
    rows = zip(
        profile.codes, ticked[:-1].tolist(), totals[:-1].tolist(), secret, profile.hidden_options.tolist(), strict=True
    )
    columns = zip(question.codes, question.count.tolist(), veils, tables, strict=True)
    return {
        "rows": [
            published_row(code, question.codes, cells, total, unless(veiled, total), mask)
            for code, cells, total, mask, veiled in rows
        ],
        "columns": [
            published_column(code, count, veil, test=published_test(table)) for code, count, veil, table in columns
        ],
        "share_of": "base" if of_base else "row",
        "withheld": all(table.safe.withheld for table in tables),
    }
