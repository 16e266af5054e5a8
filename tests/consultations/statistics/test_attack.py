"""A reader who puts all published figures of a consultation together."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron

from consultations.statistics.summary import summarise

# Everybody is in one box of: country × kind × ticks of a multiple choice (four ways, or not answered) × follow-up.
SHAPE = (4, 3, 5, 3)
BOX = np.indices(SHAPE).reshape(4, -1)
COUNTRY, KIND, TICKS, FOLLOW_UP = BOX
QUESTIONS = [
    {"code": "country", "type": "country", "options": ["gr", "it", "si"]},
    {"code": "kind", "type": "single", "options": ["public", "private"]},
    {"code": "need", "type": "multiple", "options": ["money", "skills"]},
    {"code": "more", "type": "single", "options": ["yes", "no"]},
]
CHOSEN = {
    "country": [(i == COUNTRY) & (COUNTRY < 3) for i in range(3)],
    "kind": [i == KIND for i in range(2)],
    "need": [(TICKS < 4) & (TICKS // 2 == 1), (TICKS < 4) & (TICKS % 2 == 1)],
    "more": [i == FOLLOW_UP for i in range(2)],
}
ANSWERED = {"country": COUNTRY < 3, "kind": KIND < 2, "need": TICKS < 4, "more": FOLLOW_UP < 2}
EVERYONE = np.ones(len(COUNTRY), dtype=bool)
SHOWN = dict.fromkeys(ANSWERED, EVERYONE) | {"more": KIND == 1}
POSSIBLE = (KIND == 1) | (FOLLOW_UP == 2)  # only the private are asked more


def people(seed):
    """Answers of 20 to 150 invented people, and how many sit in each box."""
    random = np.random.default_rng(seed)
    weight = np.ones(1)
    for size in SHAPE:
        weight = np.multiply.outer(weight, random.dirichlet(np.ones(size))).ravel()
    weight = weight * POSSIBLE
    box = random.choice(len(weight), int(random.integers(20, 150)), p=weight / weight.sum())
    answers = {q["code"]: pick(CHOSEN[q["code"]], q["options"], box) for q in QUESTIONS if q["type"] != "multiple"}
    for option, mask in zip(["money", "skills"], CHOSEN["need"], strict=True):
        answers[f"need.{option}"] = pd.Series(np.where(ANSWERED["need"], mask, None)[box], dtype="boolean")
    shown = pd.DataFrame({code: mask[box] for code, mask in SHOWN.items()})
    return pd.DataFrame(answers), shown, np.bincount(box, minlength=len(weight))


def pick(masks, options, box):
    return pd.Series(np.select(masks, np.array(options, dtype=object), None)[box], dtype="str")


def statements(figures):
    """Which boxes each figure counts, and what is published of it."""
    for code, entry in figures.items():
        yield SHOWN[code], entry["shown"]
        yield ANSWERED[code], entry["base"]
        yield SHOWN[code] & ~ANSWERED[code], entry["not_answered"]
        yield from zip(CHOSEN[code], [option["count"] for option in entry["options"]], strict=True)
        for other, table in entry["crosstabs"].items():
            for row, line in zip(CHOSEN[other], table["rows"], strict=True):
                yield from ((row & mask, cell["count"]) for mask, cell in zip(CHOSEN[code], line["cells"], strict=True))


def widths(known, values, wanted):
    """How far each wanted sum over the boxes can vary, all in one linear programme."""
    goals = np.vstack([wanted * 1.0, wanted * -1.0])
    blocks = kron(eye_array(len(goals)), csr_array(known.astype(float))).tocsr()
    bounds = np.tile(np.column_stack([np.zeros(known.shape[1]), np.where(POSSIBLE, np.inf, 0)]), (len(goals), 1))
    found = linprog(goals.ravel(), A_eq=blocks, b_eq=np.tile(values, len(goals)), bounds=bounds, method="highs")
    low, high = np.split((goals * found.x.reshape(len(goals), -1)).sum(axis=1), 2)
    return -high - low


@pytest.mark.parametrize("seed", range(10))
def test_nothing_hidden_can_be_computed_from_all_that_is_published(seed):
    answers, shown, count = people(seed)
    told = list(statements(summarise(QUESTIONS, answers, shown, 5, ["country", "kind"])))
    known = [(EVERYONE, len(answers)), *((mask, value) for mask, value in told if value is not None)]
    secret = [mask for mask, value in told if value is None and 0 < count[mask].sum() < 5]
    masks, values = np.array([mask for mask, _ in known]), np.array([value for _, value in known])
    assert (masks @ count).tolist() == values.tolist()
    assert not secret or (widths(masks, values, np.array(secret)) > 0.5).all()
