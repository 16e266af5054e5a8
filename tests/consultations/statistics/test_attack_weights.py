"""A reader who uses every weighted view: of each profile question, of all targets at once, under several sets of targets.

She knows more than is told: the very weight of each cell, which no page shows.
"""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from consultations.statistics.published_raking import raked_views
from consultations.statistics.summary import figures_of
from consultations.statistics.weighting import rake

from .test_attack_shares import (
    ANSWERED,
    CHOSEN,
    COUNTRY,
    EVERYONE,
    KIND,
    QUESTIONS,
    TARGETS,
    between,
    everything,
    people,
    surveyed_in,
    widths,
)

PLACES, OPTIONS = {"country": COUNTRY, "kind": KIND}, {"country": ["gr", "it", "si"], "kind": ["public", "private"]}
PUBLICATIONS = [
    TARGETS,
    {"country": {"gr": 3, "it": 1, "si": 1}, "kind": {"public": 2, "private": 1}},
    {"country": {"gr": 1, "it": 5}, "kind": {"public": 1, "private": 9}},
]


def of_one(code, profile, view, targets, count):
    """Shares as sums over the boxes, with the weights that meet the targets of one profile question.

    Of whom they are shares, and whether who stated no group is among those weighed together, is seen from the base.
    """
    names, place = OPTIONS[profile], PLACES[profile]
    pooled = [names.index(name) for name in view["pooled"]]
    aims = np.array([0 if number in pooled else targets.get(name, 0) for number, name in enumerate(names)] + [0, 0])
    aims[-1] = sum(targets.get(names[number], 0) for number in pooled)
    for whole, together in product((ANSWERED[code], EVERYONE), (pooled, [*pooled, len(names)])):
        group = np.where(np.isin(place, together), len(names) + 1, place)
        base = np.bincount(group, count * whole, minlength=len(aims))
        used = (aims > 0) & (base > 0)
        if base[used].sum() == view["base"]:
            break
    weight = np.zeros(len(aims))
    weight[used] = rake(base[used], [aims[used]]).weight
    return weighed(code, weight[group], whole, view["options"])


def weighed(code, weight, whole, options):
    names = next(question["options"] for question in QUESTIONS if question["code"] == code)
    for option in options:
        mask = CHOSEN[code][names.index(option["code"])]
        yield weight * mask, weight * whole, option["weighted"]


def of_all(views, targets, count):
    """The same with the weights that meet all targets at once."""
    boxes = np.bincount(COUNTRY * 3 + KIND, count, minlength=12).reshape(4, 3)
    margins = [[*(targets[code].get(name, 0) for name in OPTIONS[code]), 0] for code in OPTIONS]
    aimed = np.logical_and.outer(*(np.array(margin) > 0 for margin in margins))
    weight = (rake(boxes * aimed, margins).weight * aimed).ravel()[COUNTRY * 3 + KIND]
    for code, options in views["questions"].items():
        if options:
            yield from weighed(code, weight, ANSWERED[code], options)


@pytest.mark.parametrize("seed", range(20))
def test_no_hidden_count_follows_from_weighted_views_of_several_publications(seed):
    survey, count = people(seed)
    counts, shares = everything(figures_of(QUESTIONS, survey))
    views = []
    for targets in PUBLICATIONS:
        figures = figures_of(QUESTIONS, replace(survey, targets=targets))
        for code, entry in figures.items():
            for profile, view in entry["weighted"].items():
                views += of_one(code, profile, view, targets[profile], count) if view else []
        views += of_all(raked_views(survey, targets), targets, count)
    known = [(EVERYONE * 1.0, count.sum()), *((mask, told) for mask, told in counts if told is not None)]
    secret = np.array([mask for mask, told in counts if told is None and 0 < mask @ count < 5])
    masks, values = np.array([mask for mask, _ in known]), np.array([told for _, told in known])
    rows, most = between([*shares, *views], 5 * count.sum())
    assert [above @ count / (below @ count) for above, below, _share in views] == pytest.approx(
        [share for _above, _below, share in views], abs=1e-6
    )
    assert not len(secret) or (widths(masks, values, (rows, most), secret) > 0.5).all()


@pytest.mark.parametrize("seed", range(12))
def test_the_strength_of_weights_tells_no_small_cell(seed):
    """It follows from the cells of all profile questions crossed, so a reader could try which cells give it."""
    survey, count = people(seed)
    boxes = np.bincount(COUNTRY * 3 + KIND, count, minlength=12).reshape(4, 3)[:3, :2]
    told = raked_views(survey, TARGETS)

    secret = ((boxes > 0) & (boxes < 5)).any()

    assert not secret or [told[name] for name in ("n_eff", "design_effect", "trimmed", "converged")] == [None] * 4


def test_the_strength_of_weights_is_told_where_no_cell_is_small():
    """Of 150 public and 150 private the latter count twice as much: weights of 2/3 and 4/3."""
    survey, _count = surveyed_in(np.repeat(np.flatnonzero((COUNTRY < 3) & (KIND < 2)), 5))

    told = raked_views(survey, TARGETS)

    assert [told[name] for name in ("base", "n_eff", "design_effect", "trimmed", "converged")] == [
        300,
        270.0,
        1.111111,
        0,
        True,
    ]
