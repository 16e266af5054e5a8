"""A reader who uses every share and every split that the page of results shows: rows, columns, mentions, campaigns."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron

from consultations.statistics.crosstabs import adjusted_residuals
from consultations.statistics.pairs import pair_table
from consultations.statistics.summary import figures_of
from consultations.statistics.survey import surveyed

# Everybody is in one box of: country × kind × ticks of a multiple choice (four ways, or not answered) × own or campaign.
SHAPE = (4, 3, 5, 2)
COUNTRY, KIND, TICKS, ORIGIN = np.indices(SHAPE).reshape(4, -1)
QUESTIONS = [
    {"code": "country", "type": "country", "options": ["gr", "it", "si"]},
    {"code": "kind", "type": "single", "options": ["public", "private"]},
    {"code": "need", "type": "multiple", "options": ["money", "skills"]},
]
CHOSEN = {
    "country": [place == COUNTRY for place in range(3)],
    "kind": [place == KIND for place in range(2)],
    "need": [(TICKS < 4) & (TICKS // 2 == 1), (TICKS < 4) & (TICKS % 2 == 1)],
}
ANSWERED = {"country": COUNTRY < 3, "kind": KIND < 2, "need": TICKS < 4}
EVERYONE = np.ones(len(COUNTRY), dtype=bool)
ORIGINS = [ORIGIN == 0, ORIGIN == 1]
TARGETS = {"country": {"gr": 1, "it": 1, "si": 1}, "kind": {"public": 1, "private": 2}}


def people(seed):
    """A survey of 20 to 150 invented people, and how many sit in each box."""
    random = np.random.default_rng(seed)
    weight = np.ones(1)
    for size in SHAPE:
        weight = np.multiply.outer(weight, random.dirichlet(np.ones(size))).ravel()
    return surveyed_in(random.choice(len(weight), int(random.integers(20, 150)), p=weight))


def surveyed_in(box):
    """A survey of people who sit in these boxes, and how many sit in each."""
    answers = {
        code: pd.Series(np.array([*options, None], dtype=object)[where[box]], dtype="str")
        for code, options, where in (
            ("country", ["gr", "it", "si"], COUNTRY),
            ("kind", ["public", "private"], KIND),
        )
    }
    for option, mask in zip(["money", "skills"], CHOSEN["need"], strict=True):
        answers[f"need.{option}"] = pd.Series(np.where(ANSWERED["need"], mask, None)[box], dtype="boolean")
    shown = pd.DataFrame(True, index=range(len(box)), columns=list(ANSWERED))
    origins = np.array(["own", "campaign"])[ORIGIN[box]]
    survey = surveyed(QUESTIONS, pd.DataFrame(answers), shown, 5, ["country", "kind"], TARGETS, origins)
    return survey, np.bincount(box, minlength=len(COUNTRY))


def counts_of(code, entry):
    yield ANSWERED[code] * 1.0, entry["base"]
    yield ~ANSWERED[code] * 1.0, entry["not_answered"]
    yield from zip(np.array(CHOSEN[code]) * 1.0, [option["count"] for option in entry["options"]], strict=True)
    if "mentions" in entry:
        yield np.sum(CHOSEN[code], axis=0) * 1.0, entry["mentions"]


def counts_in(rows, columns, table):
    for row, line in zip(rows, table["rows"], strict=True):
        yield from ((row & mask, cell["count"]) for mask, cell in zip(columns, line["cells"], strict=True))


def shares_of(code, entry):
    """Numerator, denominator and what is published of it."""
    whole = ANSWERED[code] if entry["share_of"] == "base" else EVERYONE
    for mask, option in zip(CHOSEN[code], entry["options"], strict=True):
        yield mask * 1.0, whole * 1.0, option["share"]
        yield mask * 1.0, np.sum(CHOSEN[code], axis=0) * 1.0, option.get("mention_share")


def shares_in(rows, code, table):
    for row, line in zip(rows, table["rows"], strict=True):
        whole = row & ANSWERED[code] if table["share_of"] == "base" else row
        for mask, cell in zip(CHOSEN[code], line["cells"], strict=True):
            yield (row & mask) * 1.0, whole * 1.0, cell["share"]
            yield (row & mask) * 1.0, mask * 1.0, cell["column_share"]


def everything(figures):
    """All counts, then all shares that are told."""
    counts, shares = [], []
    for code, entry in figures.items():
        counts += counts_of(code, entry)
        shares += shares_of(code, entry)
        tables = [(CHOSEN[other], table) for other, table in entry["crosstabs"].items()] + [(ORIGINS, entry["origins"])]
        for rows, table in tables:
            counts += [(np.asarray(mask, dtype=float), told) for mask, told in counts_in(rows, CHOSEN[code], table)]
            shares += shares_in(rows, code, table)
        own = zip(CHOSEN[code], entry["origins"]["without"]["options"], strict=True)
        counts += [((mask & ORIGINS[0]) * 1.0, option["count"]) for mask, option in own]
    return counts, shares


def widths(known, values, bounds, wanted):
    """How far each wanted sum over the boxes can vary; `bounds` are rows whose sum over the boxes is at most a number."""
    goals = np.vstack([wanted, -wanted])
    size = eye_array(len(goals))
    rows, most = bounds
    found = linprog(
        goals.ravel(),
        A_eq=kron(size, csr_array(known)).tocsr(),
        b_eq=np.tile(values, len(goals)),
        A_ub=kron(size, csr_array(rows)).tocsr() if len(rows) else None,
        b_ub=np.tile(most, len(goals)) if len(rows) else None,
        bounds=(0, None),
        method="highs",
    )
    low, high = np.split((goals * found.x.reshape(len(goals), -1)).sum(axis=1), 2)
    return -high - low


def between(shares, number):
    """A share rounded to six digits keeps its numerator between two multiples of its denominator."""
    told = [(above, below, share) for above, below, share in shares if share is not None]
    if not told:
        return np.zeros((0, len(COUNTRY))), np.zeros(0)
    rows = np.array([above - share * below for above, below, share in told])
    return np.vstack([rows, -rows]), np.full(2 * len(rows), 1e-6 * number)


@pytest.mark.parametrize("seed", range(10))
def test_no_hidden_count_follows_from_any_share_or_split(seed):
    survey, count = people(seed)
    counts, shares = everything(figures_of(QUESTIONS, survey))
    known = [(EVERYONE * 1.0, count.sum()), *((mask, told) for mask, told in counts if told is not None)]
    secret = np.array([mask for mask, told in counts if told is None and 0 < mask @ count < 5])
    masks, values = np.array([mask for mask, _ in known]), np.array([told for _, told in known])
    assert (masks @ count).tolist() == values.tolist()
    assert [above @ count / (below @ count) - share for above, below, share in shares if share] == pytest.approx(
        [0] * len([1 for _above, _below, share in shares if share]), abs=1e-6
    )
    assert not len(secret) or (widths(masks, values, between(shares, count.sum()), secret) > 0.5).all()


@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_count_of_a_pair_follows_from_its_table_and_its_totals(seed):
    survey, count = people(seed)
    figures = figures_of(QUESTIONS, survey)
    for rows, columns in permutations(CHOSEN, 2):
        table = pair_table(survey, rows, columns)
        cells = [(np.asarray(m, dtype=float), told) for m, told in counts_in(CHOSEN[rows], CHOSEN[columns], table)]
        counts = [*counts_of(rows, figures[rows]), *counts_of(columns, figures[columns]), *cells]
        known = [(EVERYONE * 1.0, count.sum()), *((mask, told) for mask, told in counts if told is not None)]
        secret = np.array([mask for mask, told in counts if told is None and 0 < mask @ count < 5])
        masks, values = np.array([mask for mask, _ in known]), np.array([told for _, told in known])
        shares = list(shares_in(CHOSEN[rows], columns, table))
        assert (masks @ count).tolist() == values.tolist()
        assert not len(secret) or (widths(masks, values, between(shares, count.sum()), secret) > 0.5).all()


@pytest.mark.parametrize("seed", range(20))
def test_residuals_are_those_of_the_published_cells(seed):
    """Of tables without a pooled row they are computed anew from what is printed."""
    survey, _count = people(seed)
    for entry in figures_of(QUESTIONS, survey).values():
        for table in entry["crosstabs"].values():
            test = table.get("test")
            if not test or None in test["rows"]:
                continue
            told = {row["code"]: {cell["code"]: cell["count"] for cell in row["cells"]} for row in table["rows"]}
            cells = np.array([[told[row][column] for column in test["columns"]] for row in test["rows"]])
            used = np.ix_(cells.any(axis=1), cells.any(axis=0))
            printed = np.array(test["residuals"], dtype=float)
            assert np.allclose(adjusted_residuals(cells[used]), printed[used], atol=1e-6)
