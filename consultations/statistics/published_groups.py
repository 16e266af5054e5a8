"""Figures of groups of respondents that are no counts: means, medians and scores by profile question.

A figure of the whole and those of all groups but one tell that of the last, so groups are withheld like cells: never
one alone, and never together fewer than the threshold.
"""

from dataclasses import dataclass

import numpy as np

from .parts import as_given
from .published_tables import single_table
from .suppression import small


@dataclass(frozen=True)
class Group:
    """`told`: whether figures of it may be; `member`: the responses in it that answered, if so."""

    code: str
    total: int | None
    base: int | None
    told: bool
    member: np.ndarray


def groups_of(survey, profile, tally, few=None):
    """The answers to a question by profile question; `few(member)` says that a group is too special to be told."""
    given = as_given(tally)
    table = single_table(profile, given, survey.threshold)
    answered = given.standing == 0
    members = [answered & (profile.standing == place) for place in range(len(profile.codes))]
    base, open_base = table.counts[:, 0], ~table.safe.cells[:, 0]
    secret = ~open_base[:-1] | small(base[:-1], survey.threshold)
    if few is not None:
        secret |= [bool(tell and few(member)) for tell, member in zip(~secret, members, strict=True)]
    told = ~withheld(base, secret, survey.threshold) & (not tally.hidden.base)
    if profile.within is not None:
        told &= told_within(survey, profile, tally, few, secret, answered)
    totals = table.counts.sum(axis=1)
    return [
        Group(
            code,
            None if profile.hidden_options[place] else int(totals[place]),
            int(base[place]) if open_base[place] else None,
            bool(told[place] and base[place]),
            members[place],
        )
        for place, code in enumerate(profile.codes)
    ]


def told_within(survey, profile, tally, few, secret, answered):
    """Of a profile question nested in another: what may be told, given what is told of the groups it divides."""
    within, size = profile.within, len(profile.codes)
    base = np.bincount(within.row[answered], minlength=len(within.group))
    above = [group.told for group in groups_of(survey, within.parent, tally, few)] + [False]
    told = np.zeros(size, dtype=bool)
    for place in np.flatnonzero(above).tolist():
        inside = np.flatnonzero(within.group[:size] == place)
        told[inside] = ~withheld(np.append(base[inside], base[size + place]), secret[inside], survey.threshold)
    return told


def withheld(base, secret, threshold):
    """Which groups to withhold; `base` has those of no group last, who are never told.

    Those withheld together must be at least two groups and the threshold, else the smallest others join them.
    """
    base, secret = np.asarray(base), np.asarray(secret, dtype=bool) & (np.asarray(base)[:-1] > 0)
    rest = np.argsort(np.where(secret | (base[:-1] == 0), np.inf, base[:-1]), kind="stable")
    found = secret.copy()
    if not secret.any() and not small(base[-1], threshold):
        return found
    for place in rest.tolist():
        hidden = np.append(found, True) & (base > 0)
        if hidden.sum() >= 2 and base[hidden].sum() >= threshold:
            break
        found[place] = True
    return found


def by_profiles(survey, code, figures):
    """`groups` by profile question, and `origins`; `figures` makes them from a profile's tally."""
    found = {"groups": {name: figures(profile) for name, profile in survey.by(code).items()}}
    return found if survey.origins is None else {**found, "origins": figures(survey.origins)}


def published_group(group, **more):
    return {"code": group.code, "total": group.total, "base": group.base, "suppressed": not group.told, **more}
