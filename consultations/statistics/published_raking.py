"""Shares of every choice with weights that meet the targets of several profile questions at once.

Such weights differ between the cells of the profile questions crossed with each other, which are published nowhere; so a
question is told only if not one of those cells, by its options, holds a small count, nor do those without a weight. How
strong the weights are follows from the cells as well: it is told where none of them is small, or a reader could try out
which numbers give it.
"""

from functools import reduce

import numpy as np

from .crosstabs import cross_counts
from .publication import rounded, unless
from .suppression import small
from .weighting import rake


def raked_views(survey, targets):
    """None unless two or more profile questions have targets; `questions` by key (see `parts`), None where withheld."""
    axes = {code: profile for code, profile in survey.profiles.items() if targets.get(code)}
    if len(axes) < 2:
        return None
    cell, count = strata(list(axes.values()))
    margins = [[*(targets[code].get(option, 0) for option in profile.codes), 0] for code, profile in axes.items()]
    aimed = reduce(np.logical_and.outer, [np.array(margin) > 0 for margin in margins])
    found = rake(count * aimed, margins)
    secret = bool(small(count * aimed, survey.threshold).any())
    weight = (found.weight * aimed).ravel()
    keyed = {key: tally for keyed in survey.tallies.values() for key, tally in keyed.items() if key not in axes}
    return {
        "by": list(axes),
        "base": None if small((count * aimed).sum(), survey.threshold) else int((count * aimed).sum()),
        "n_eff": unless(secret, rounded(found.effective)),
        "design_effect": unless(secret, rounded(found.design_effect)),
        "trimmed": unless(secret, found.trimmed),
        "converged": unless(secret, found.converged),
        "questions": {
            key: raked_view(tally, cell, weight, survey.threshold)
            for key, tally in keyed.items()
            if len(tally.codes) > 1
        },
    }


def strata(profiles):
    """The cell of the crossed profile questions each response is in, and how many are; who stated none come last."""
    shape = [len(profile.codes) + 1 for profile in profiles]
    places = [
        np.where(profile.standing < 0, size - 1, np.minimum(profile.standing, size - 1))
        for profile, size in zip(profiles, shape, strict=True)
    ]
    cell = np.ravel_multi_index(places, shape)
    return cell, np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape)


def leaves(tally, cell, size):
    """Per cell how many chose each option, and tables of everything that could be told apart."""
    if tally.ticked is None:
        table = cross_counts(cell, size, tally.standing, len(tally.codes))[:-1]
        return table[:, :-1], table[:, :-1].sum(axis=1), table
    everyone, base = np.bincount(cell, minlength=size), np.bincount(cell[tally.standing == 0], minlength=size)
    counts = np.column_stack([np.bincount(cell[tick], minlength=size) for tick in tally.ticked.T])
    return counts, base, np.column_stack([counts, base[:, None] - counts, everyone - base])


def raked_view(tally, cell, weight, threshold):
    counts, base, told = leaves(tally, cell, len(weight))
    mass, kept = float(base @ weight), weight > 0
    weighed = np.vstack([told[kept], told[~kept].sum(axis=0)])
    if small(weighed, threshold).any() or tally.hidden_options.any() or not mass:
        return None
    plain, raked = counts[kept].sum(axis=0) / base[kept].sum(), weight @ counts / mass
    return [
        {"code": code, "unweighted": rounded(bare), "weighted": rounded(share)}
        for code, bare, share in zip(tally.codes, plain.tolist(), raked.tolist(), strict=True)
    ]
