"""A reader who puts together what is published of groups: ratings, numbers, means, with and without campaigns."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron

from consultations.statistics.summary import summarise

# Everybody is in one box of: country × rating × gave a number or not × own answer or campaign.
SHAPE = (4, 4, 2, 2)
COUNTRY, STARS, GIVEN, ORIGIN = np.indices(SHAPE).reshape(4, -1)
COUNTRIES = ["gr", "it", "si"]
QUESTIONS = [
    {"code": "country", "type": "country", "options": COUNTRIES},
    {"code": "stars", "type": "rating", "max": 3},
    {"code": "staff", "type": "number"},
]
EVERYONE = np.ones(len(COUNTRY), dtype=bool)
CHOSEN = {"country": [place == COUNTRY for place in range(3)], "stars": [place == STARS for place in range(3)]}
ANSWERED = {"country": COUNTRY < 3, "stars": STARS < 3, "staff": GIVEN == 0}


def people(seed):
    """Figures of 20 to 150 invented people, the box of each, and the number each gave."""
    random = np.random.default_rng(seed)
    weight = np.ones(1)
    for size in SHAPE:
        weight = np.multiply.outer(weight, random.dirichlet(np.ones(size))).ravel()
    box = random.choice(len(weight), int(random.integers(20, 150)), p=weight)
    number = random.integers(1, 1000, len(box)).astype(float)
    answers = pd.DataFrame(
        {
            "country": pd.Series(np.append(np.array(COUNTRIES, dtype=object), None)[COUNTRY[box]], dtype="str"),
            "stars": np.array([1.0, 2.0, 3.0, np.nan])[STARS[box]],
            "staff": np.where(GIVEN[box] == 0, number, np.nan),
        }
    )
    shown = pd.DataFrame(True, index=answers.index, columns=["country", "stars", "staff"])
    origins = np.array(["own", "campaign"])[ORIGIN[box]]
    return summarise(QUESTIONS, answers, shown, 5, ["country"], origins=origins), box, number


def of_question(code, entry):
    yield ANSWERED[code], entry["base"]
    yield ~ANSWERED[code], entry["not_answered"]
    if code in CHOSEN:
        yield from zip(CHOSEN[code], [option["count"] for option in entry["options"]], strict=True)


def of_table(rows, columns, table):
    for row, line in zip(rows, table["rows"], strict=True):
        yield row, line["total"]
        yield from ((row & mask, cell["count"]) for mask, cell in zip(columns, line["cells"], strict=True))


def of_groups(rows, groups):
    for row, line in zip(rows, groups["rows"], strict=True):
        yield row, line["total"]
        yield row & ANSWERED["staff"], line["base"]


def statements(figures):
    """Which boxes each count covers, and what is published of it."""
    origins = [ORIGIN == 0, ORIGIN == 1]
    for code, entry in figures.items():
        yield from of_question(code, entry)
    for code in ("country", "stars"):
        yield from of_table(origins, CHOSEN[code], figures[code]["origins"])
    yield from of_table(CHOSEN["country"], CHOSEN["stars"], figures["stars"]["crosstabs"]["country"])
    yield from of_groups(CHOSEN["country"], figures["staff"]["groups"]["country"])
    yield from of_groups(origins, figures["staff"]["origins"])


def widths(known, values, wanted):
    """How far each wanted sum over the boxes can vary, all in one linear programme."""
    goals = np.vstack([wanted * 1.0, wanted * -1.0])
    blocks = kron(eye_array(len(goals)), csr_array(known.astype(float))).tocsr()
    found = linprog(goals.ravel(), A_eq=blocks, b_eq=np.tile(values, len(goals)), bounds=(0, None), method="highs")
    low, high = np.split((goals * found.x.reshape(len(goals), -1)).sum(axis=1), 2)
    return -high - low


@pytest.mark.parametrize("seed", range(10))
def test_no_hidden_count_can_be_computed(seed):
    figures, box, _number = people(seed)
    count = np.bincount(box, minlength=len(COUNTRY))
    told = list(statements(figures))
    known = [(EVERYONE, len(box)), *((mask, value) for mask, value in told if value is not None)]
    secret = [mask for mask, value in told if value is None and 0 < count[mask].sum() < 5]
    masks, values = np.array([mask for mask, _ in known]), np.array([value for _, value in known])
    assert (masks @ count).tolist() == values.tolist()
    assert not secret or (widths(masks, values, np.array(secret)) > 0.5).all()


def sums(figures):
    """Which boxes each published mean sums over."""
    entry = figures["staff"]
    yield ANSWERED["staff"], entry["mean"]
    for rows, groups in (
        (CHOSEN["country"], entry["groups"]["country"]),
        ([ORIGIN == 0, ORIGIN == 1], entry["origins"]),
    ):
        yield from ((row & ANSWERED["staff"], line["mean"]) for row, line in zip(rows, groups["rows"], strict=True))


@pytest.mark.parametrize("seed", range(40))
def test_no_mean_of_few_can_be_computed_from_the_others(seed):
    figures, box, number = people(seed)
    count = np.bincount(box, minlength=len(COUNTRY))
    known = np.array([mask & (count > 0) for mask, mean in sums(figures) if mean is not None], dtype=float)
    few = [mask & (count > 0) for mask, _mean in every_group() if 0 < count[mask].sum() < 5]
    for mask in few:
        held = np.linalg.matrix_rank(known) if len(known) else 0
        assert np.linalg.matrix_rank(np.vstack([*known, mask.astype(float)])) == held + 1
    for mask, mean in sums(figures):
        chosen = number[mask[box]]
        assert mean is None or (len(chosen) >= 5 and mean == round(chosen.mean(), 6))


def every_group():
    given = ANSWERED["staff"]
    groups = [*CHOSEN["country"], COUNTRY == 3, ORIGIN == 0, ORIGIN == 1]
    yield given, None
    yield from ((group & given, None) for group in groups)
