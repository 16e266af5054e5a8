"""The least the statistics need: rows read, columns made, codes numbered, all counted and tested; nothing is hidden."""

import json

import numpy as np
import pandas as pd
from scipy.special import chdtrc

CODED = ("single", "country", "consent")


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
    """Counts of every question among those it was shown to, and of every choice by every profile question."""
    kinds = {question["code"]: question["type"] for question in questions}
    found = []
    for code, kind in kinds.items():
        found.append(counted(kind, codes[code], shown[code].to_numpy()))
        if kind in (*CODED, "multiple"):
            by = profile[: profile.index(code)] if code in profile else profile
            tables = [crossed(codes[other], codes[code]) for other in by if kind != "consent"]
            found += [(table, tested(table)) for table in tables]
    return found


def counted(kind: str, values: np.ndarray, seen: np.ndarray):
    if kind in CODED:
        return np.bincount(values[seen])
    if kind == "likert":
        return [np.bincount(row[seen]) for row in values]
    if kind == "ranking":
        return [np.bincount(row[seen & ~np.isnan(row)].astype(int)) for row in values], pairs(values)
    if kind == "number":
        given = values[seen & ~np.isnan(values)]
        return given.mean(), np.quantile(given, [0, 0.25, 0.5, 0.75, 1])
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
    residuals = (tables - expected) / np.sqrt(np.maximum(expected * (1 - row) * (1 - column), 1e-9))
    return chi2, chdtrc((tables.shape[1] - 1) * (tables.shape[2] - 1), chi2), residuals
