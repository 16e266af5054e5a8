"""A reader who knows that the kind of an organisation says which audience it belongs to."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron

from consultations.statistics.summary import summarise

KINDS = ["region", "ministry", "agency", "firm", "bank", "cluster"]
AUDIENCES = ["policy", "private"]
# Everybody is in one box of: kind (the last two: kind unknown, of either audience) × choice × ticked.
SHAPE = (len(KINDS) + 2, 4, 3)
KIND, CHOICE, TICK = np.indices(SHAPE).reshape(3, -1)
AUDIENCE = np.array([0, 0, 0, 1, 1, 1, 0, 1])[KIND]
EVERYONE = np.ones(len(KIND), dtype=bool)
QUESTIONS = [
    {"code": "audience", "type": "single", "options": AUDIENCES},
    {"code": "kind", "type": "single", "options": KINDS},
    {"code": "choice", "type": "single", "options": ["x", "y", "z"]},
    {"code": "tick", "type": "multiple", "options": ["t"]},
    {"code": "staff", "type": "number"},
]
CHOSEN = {
    "audience": [place == AUDIENCE for place in range(2)],
    "kind": [place == KIND for place in range(len(KINDS))],
    "choice": [place == CHOICE for place in range(3)],
    "tick": [TICK == 0],
    "staff": [],
}
ANSWERED = {"audience": EVERYONE, "kind": len(KINDS) > KIND, "choice": CHOICE < 3, "tick": TICK < 2, "staff": TICK < 2}


def people(seed):
    """Figures of 30 to 200 invented people, how many sit in each box, and every second seed all state a kind."""
    random = np.random.default_rng(seed)
    weight = np.ones(1)
    for size in SHAPE:
        share = random.dirichlet(np.ones(size))
        if size == SHAPE[0] and seed % 2:
            share[-2:] = 0
        weight = np.multiply.outer(weight, share).ravel()
    weight = weight / weight.sum()
    box = random.choice(len(weight), int(random.integers(30, 200)), p=weight)
    kinds, choices = np.array([*KINDS, None, None], dtype=object), np.array(["x", "y", "z", None], dtype=object)
    answers = pd.DataFrame(
        {
            "audience": pd.Series(np.array(AUDIENCES)[AUDIENCE[box]], dtype="str"),
            "kind": pd.Series(kinds[KIND[box]], dtype="str"),
            "choice": pd.Series(choices[CHOICE[box]], dtype="str"),
            "staff": np.where(TICK[box] < 2, random.integers(1, 1000, len(box)), np.nan),
            "tick.t": pd.Series(np.array([True, False, None], dtype=object)[TICK[box]], dtype="boolean"),
        }
    )
    shown = pd.DataFrame(True, index=answers.index, columns=list(CHOSEN))
    return summarise(QUESTIONS, answers, shown, 5, ["audience", "kind"]), np.bincount(box, minlength=len(weight))


def statements(figures):
    """Which boxes each figure counts, and what is published of it."""
    for code, entry in figures.items():
        yield ANSWERED[code], entry["base"]
        yield ~ANSWERED[code], entry["not_answered"]
        yield from zip(CHOSEN[code], [option["count"] for option in entry.get("options", [])], strict=True)
        for other, table in entry.get("crosstabs", {}).items():
            for row, line in zip(CHOSEN[other], table["rows"], strict=True):
                yield (
                    row & (ANSWERED[code] if (code, table["share_of"]) == ("tick", "base") else EVERYONE),
                    line["total"],
                )
                yield from ((row & mask, cell["count"]) for mask, cell in zip(CHOSEN[code], line["cells"], strict=True))

    for other, groups in figures["staff"]["groups"].items():
        for row, line in zip(CHOSEN[other], groups["rows"], strict=True):
            yield row & ANSWERED["staff"], line["base"]


def means(figures):
    """Which boxes each figure of numbers is the mean of, and what is published of it."""
    yield ANSWERED["staff"], figures["staff"]["mean"]
    for other, groups in figures["staff"]["groups"].items():
        yield from (
            (row & ANSWERED["staff"], line["mean"]) for row, line in zip(CHOSEN[other], groups["rows"], strict=True)
        )


def widths(known, values, wanted):
    """How far each wanted sum over the boxes can vary, all in one linear programme."""
    goals = np.vstack([wanted * 1.0, wanted * -1.0])
    blocks = kron(eye_array(len(goals)), csr_array(known.astype(float))).tocsr()
    found = linprog(goals.ravel(), A_eq=blocks, b_eq=np.tile(values, len(goals)), bounds=(0, None), method="highs")
    low, high = np.split((goals * found.x.reshape(len(goals), -1)).sum(axis=1), 2)
    return -high - low


@pytest.mark.parametrize("seed", range(20))
def test_what_kinds_say_of_audiences_tells_nothing_hidden(seed):
    figures, count = people(seed)
    told = list(statements(figures))
    known = [(EVERYONE, count.sum()), *((mask, value) for mask, value in told if value is not None)]
    secret = [mask for mask, value in told if value is None and 0 < count[mask].sum() < 5]
    masks, values = np.array([mask for mask, _ in known]), np.array([value for _, value in known])
    assert (masks @ count).tolist() == values.tolist()
    assert not secret or (widths(masks, values, np.array(secret)) > 0.5).all()


@pytest.mark.parametrize("seed", range(40))
def test_means_of_audiences_tell_no_mean_of_a_small_kind(seed):
    figures, count = people(seed)
    held = count > 0
    known = [mask & held for mask, mean in means(figures) if mean is not None]
    unknown_kinds = [(place == KIND) & ANSWERED["staff"] for place in (6, 7)]
    few = [mask & held for mask in [*(mask for mask, _ in means(figures)), *unknown_kinds] if 0 < count[mask].sum() < 5]
    rank = np.linalg.matrix_rank(np.array(known, dtype=float)) if known else 0
    assert [mask for mask in few if np.linalg.matrix_rank(np.array([*known, mask], dtype=float)) == rank] == []
