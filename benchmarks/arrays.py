"""The least the statistics need: rows read, columns made, codes numbered, all counted, compared and tested, with the same
number of replications; nothing is hidden."""

import json
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import chdtrc, ndtr
from scipy.stats import random_table

CODED = ("single", "country", "consent")
REPLICATIONS = 2000


def bare_reading() -> list[dict]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM consultations_response ORDER BY id")
        return [json.loads(text) for (text,) in cursor.fetchall()]


def bare_frames(questions: list[dict], rows: list[dict]) -> list[np.ndarray]:
    """One array of what was answered per question."""
    return [np.array([row.get(question["code"]) for row in rows], dtype=object) for question in questions]


def coded(questions: list[dict], answers: pd.DataFrame) -> dict[str, np.ndarray]:
    """Every question as numbers: positions of codes, a row of positions per rated thing, ticks, ranks, values."""
    return {question["code"]: numbers(question, answers) for question in questions}


def numbers(question: dict, answers: pd.DataFrame) -> np.ndarray:
    code, kind = question["code"], question["type"]
    if kind in CODED:
        return positions(answers[code], question["options"] or ["yes"])
    if kind == "likert":
        return np.stack([positions(answers[f"{code}.{row}"], question["scale"]) for row in question["rows"]])
    if kind == "multiple":
        return np.stack(
            [answers[f"{code}.{name}"].to_numpy(dtype=bool, na_value=False) for name in question["options"]]
        )
    if kind == "ranking":
        return np.stack([answers[f"{code}.{name}"].to_numpy() for name in question["options"]])
    return answers[code].to_numpy() if kind == "number" else answers[code].notna().to_numpy()


def positions(column: pd.Series, options: list[str]) -> np.ndarray:
    return pd.Index(list(dict.fromkeys([*options, "dont_know"]))).get_indexer(pd.Index(column)) + 1


def bare_operations(
    questions: list[dict], codes: dict[str, np.ndarray], shown: pd.DataFrame, profile: list[str]
) -> list:
    """Counts of every question among those it was shown to, and of everything by every profile question."""
    found: list = []
    for question in questions:
        code, kind = question["code"], question["type"]
        values, seen = codes[code], shown[code].to_numpy()
        found.append(counted(kind, values, seen))
        by = profile[: profile.index(code)] if code in profile else profile
        if kind != "consent":
            found += [grouped(kind, codes[other], values) for other in by]
    return found


def grouped(kind: str, rows: np.ndarray, values: np.ndarray):
    """A question by a profile question: tables with their tests, ranks compared, figures of each group."""
    if kind in (*CODED, "multiple"):
        table = crossed(rows, values)
        return table, tested(table)
    if kind == "likert":
        tables = [crossed(rows, row) for row in values]
        return [(table, tested(table), compared(table[0].T)) for table in tables]
    given = ~np.isnan(values) if values.dtype.kind == "f" else values
    groups = [rows == place for place in range(1, int(rows.max()) + 1)]
    if kind == "number":
        numbers = [values[group & given] for group in groups]
        ranks = np.unique(values[given], return_inverse=True)[1]
        parts = [(part.mean(), np.quantile(part, [0.25, 0.5, 0.75])) for part in numbers if len(part)]
        return parts, compared(crossed(rows[given], ranks)[0].T)
    if kind == "ranking":
        points = np.where(given, len(values) - values, 0)
        return [points[:, group].mean(axis=1) for group in groups if group.any()]
    return crossed(rows, given.astype(int))


def counted(kind: str, values: np.ndarray, seen: np.ndarray):
    if kind in CODED:
        return np.bincount(values[seen])
    if kind == "likert":
        counts = np.stack([np.bincount(row[seen], minlength=values.max() + 1)[1:-1] for row in values])
        return counts, resampled(counts), np.corrcoef(values[:, seen])
    if kind == "ranking":
        return [np.bincount(row[seen & ~np.isnan(row)].astype(int)) for row in values], pairs(values)
    if kind == "number":
        given = values[seen & ~np.isnan(values)]
        middle = np.median(np.abs(given - np.median(given)))
        histogram = np.histogram(given, 10)[0]
        distinct = resampled(np.unique(given, return_counts=True)[1][None])
        return given.mean(), np.quantile(given, [0, 0.25, 0.5, 0.75, 1]), middle, histogram, distinct
    return values[..., seen].sum(axis=-1)


def pairs(ranks: np.ndarray) -> np.ndarray:
    """How many put one option above another."""
    filled = np.where(np.isnan(ranks), np.inf, ranks)
    return (filled[:, None] < filled[None]).sum(axis=2)


def crossed(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Tables of counts: one of all answers, or for ticks one of ticked and not for each."""
    size = rows.max() + 1
    if columns.ndim == 2:
        every, ticked = np.bincount(rows), np.stack([np.bincount(rows[tick], minlength=size) for tick in columns])
        return np.stack([ticked, every - ticked], axis=1)
    wide = columns.max() + 1
    return np.bincount(columns * size + rows, minlength=wide * size).reshape(1, wide, size)


def tested(tables: np.ndarray) -> tuple[np.ndarray, ...]:
    """Chi-square, its probability and the adjusted residuals of each table."""
    whole = tables.sum(axis=(1, 2), keepdims=True)
    row, column = tables.sum(axis=2, keepdims=True) / whole, tables.sum(axis=1, keepdims=True) / whole
    expected = np.maximum(row * column * whole, 1e-9)
    chi2 = ((tables - expected) ** 2 / expected).sum(axis=(1, 2))
    sparse = ((expected < 5) & (expected > 1e-9)).any(axis=(1, 2))
    replicated = [replications(*pair) for pair in zip(tables[sparse], expected[sparse], strict=True)]
    residuals = (tables - expected) / np.sqrt(np.maximum(expected * (1 - row) * (1 - column), 1e-9))
    return chi2, chdtrc((tables.shape[1] - 1) * (tables.shape[2] - 1), chi2), residuals, replicated


def replications(table: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Chi-square of random tables with the margins of this one, but for a constant."""
    table, expected = (part[np.ix_(table.any(axis=1), table.any(axis=0))] for part in (table, expected))
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    if len(rows) == 2:  # drawn at once
        chance = np.random.default_rng(1)
        drawn = chance.multivariate_hypergeometric(columns, rows[0], size=REPLICATIONS, method="marginals")
        drawn = np.stack([drawn, columns - drawn], axis=1)
    else:
        drawn = random_table(rows, columns, seed=1).rvs(REPLICATIONS, method="patefield")
    return drawn.reshape(REPLICATIONS, -1) ** 2.0 @ (1 / expected.ravel())


def resampled(counts: np.ndarray) -> np.ndarray:
    """Interval of the mean of each row by resampling."""
    base = np.maximum(counts.sum(axis=1), 1)
    shares = np.maximum(counts, 1e-12) / np.maximum(counts, 1e-12).sum(axis=1, keepdims=True)
    drawn = np.random.default_rng(1).multinomial(base[:, None], shares[:, None, :], (len(counts), REPLICATIONS))
    return np.quantile(drawn @ np.arange(counts.shape[1]) / base[:, None], [0.025, 0.975], axis=1)


def compared(table: np.ndarray) -> tuple[float, float]:
    """Kruskal and Wallis's H of groups (rows) on a scale (columns), and a probability."""
    steps, groups = table.sum(axis=0), np.maximum(table.sum(axis=1), 1)
    whole = steps.sum()
    ranks = np.cumsum(steps) - (steps - 1) / 2
    h = 12 / (whole * (whole + 1)) * ((table @ ranks) ** 2 / groups).sum() - 3 * (whole + 1)
    return h, ndtr(-np.sqrt(abs(h)))


def all_pairs(questions: list[dict], codes: dict[str, np.ndarray]) -> list:
    """Counts and tests of every two single choices, options and rows of different questions."""
    columns = [
        (question["code"], row.astype(int))
        for question in questions
        if question["type"] in (*CODED, "multiple", "likert")
        for row in np.atleast_2d(codes[question["code"]])
    ]
    tables = [crossed(two, one) for (name, one), (other, two) in combinations(columns, 2) if name != other]
    return [tested(table) for table in tables]
