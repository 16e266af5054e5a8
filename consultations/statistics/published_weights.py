"""Weighted beside unweighted shares as plain, JSON-ready dictionaries.

The weights give every row of a cross-table its target. Rows with a hidden cell are weighed together, so the view is
computed from published numbers alone and tells nothing else.
"""

import numpy as np

from .crosstabs import UNSTATED
from .publication import rounded
from .weighting import rake


def weighted_single(table, targets):
    """None if a whole option is hidden: the answers of a row are then not known."""
    if table.hidden_columns.any():
        return None
    closed = table.safe.cells[:, :-1].any(axis=1) | table.hidden_rows
    counts = table.counts[:, :-1]
    return weighted_view(table.columns[:-1], table.rows, counts, counts.sum(axis=1), closed, targets)


def weighted_ticks(crossed, tally, targets):
    """None if a total is hidden, or all options are."""
    told = ~tally.hidden_options
    tables = [table for table, tell in zip(crossed.tables, told, strict=True) if tell]
    if not tables or tables[0].hidden_rows.any():
        return None
    counts = np.column_stack([table.counts[:, 0] for table in tables])
    closed = np.any([table.safe.cells.any(axis=1) for table in tables], axis=0)
    codes = [table.columns[0] for table in tables]
    return weighted_view(codes, tables[0].rows, counts, crossed.totals, closed, targets)


def weighted_view(options, rows, counts, bases, closed, targets):
    """Shares of `bases`; those without a row (UNSTATED) have no target and are left out, unless they had to be pooled."""
    stated = np.array([code != UNSTATED for code in rows])
    aim = np.array([targets.get(code, 0) for code in rows], dtype=float)
    pool = closed if (closed & stated & (bases > 0)).any() else np.zeros(len(rows), dtype=bool)
    kept = stated & ~pool & (bases > 0)
    groups = np.vstack([counts[kept], counts[pool].sum(axis=0)])
    base, target = np.append(bases[kept], bases[pool].sum()), np.append(aim[kept], aim[pool & stated].sum())
    used = (target > 0) & (base > 0)
    if used.sum() < 2:
        return None
    found = rake(base[used], [target[used]])
    mass = base[used] * found.weight
    shares, plain = found.weight @ groups[used] / mass.sum(), groups[used].sum(axis=0) / base[used].sum()
    return {
        "base": int(base[used].sum()),
        "options": [
            {"code": code, "unweighted": rounded(bare), "weighted": rounded(share)}
            for code, bare, share in zip(options, plain.tolist(), shares.tolist(), strict=True)
        ],
        "n_eff": rounded(found.effective),
        "design_effect": rounded(found.design_effect),
        "trimmed": found.trimmed,
        "pooled": [code for code, together in zip(rows, pool & stated & (bases > 0), strict=True) if together],
        "unreached": [code for code, aimed, number in zip(rows, aim, bases, strict=True) if aimed and not number],
    }
