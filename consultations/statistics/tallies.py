"""Choice questions counted once, with what is hidden of them: the margins that their cross-tables share."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .frequencies import Reach, counts, positions, substantive, ticks
from .publication import concealed, total
from .suppression import HiddenCounts, suppress_ticks


@dataclass(frozen=True)
class Groups:
    """Totals of groups of options, and which are hidden."""

    codes: list
    count: np.ndarray
    hidden: np.ndarray


@dataclass(frozen=True)
class Tally:
    """`standing`: the position chosen per response, below 0 for none; of a multiple choice 0, then see `ticked`."""

    codes: list
    standing: np.ndarray
    count: np.ndarray
    reach: Reach
    hidden: HiddenCounts
    hidden_options: np.ndarray
    shown_hidden: bool = False
    ticked: np.ndarray | None = None
    groups: Groups | None = None
    within: Any = None  # see `nesting`

    @property
    def hidden_totals(self):
        """Of the options, and of those who chose none."""
        return np.append(self.hidden_options, self.hidden.base)

    def partitions(self):
        """The ways the question divides the responses: a cell per response, and which cells are hidden."""
        size = 1 if self.ticked is not None else len(self.codes)
        chosen = (self.standing >= 0) & (self.standing < size)
        if self.ticked is None:
            yield np.where(chosen, self.standing, size), self.hidden_totals
            return
        for tick, secret in zip(self.ticked.T, self.hidden_options.tolist(), strict=True):
            yield np.where(chosen, tick, 2), np.array([secret, secret, self.hidden.base])


def single_tally(column, shown, options, threshold, shown_hidden):
    codes = substantive(options)
    return tallied_positions(positions(column, shown, codes), codes, threshold, shown_hidden)


def tallied_positions(standing, codes, threshold, shown_hidden):
    count, reach = counts(standing, len(codes))
    hidden = concealed(reach, count, threshold, shown_hidden)
    return Tally(codes, standing, count, reach, hidden, hidden.options, shown_hidden)


def multiple_tally(answers, shown, code, options, threshold, shown_hidden):
    ticked, standing = ticks(answers, shown, code, options)
    base, reach = counts(standing, 1)
    hidden = concealed(reach, base, threshold, shown_hidden)
    count = ticked.sum(axis=0)
    whole = total(reach, hidden, shown_hidden)
    secret = suppress_ticks(count, reach.base, threshold) | suppress_ticks(count, whole, threshold)
    secret |= 0 < reach.base < threshold
    return Tally(substantive(options), standing, count, reach, hidden, secret, shown_hidden, ticked)


def splits(cells, hidden, shown):
    """Whether `shown` is a union of cells with hidden ones inside and outside: its size would then tell about them."""
    everyone = np.bincount(cells, minlength=len(hidden))
    inside = np.bincount(cells[shown], minlength=len(hidden))
    pure = ((inside == 0) | (inside == everyone)).all()
    return bool(pure and (hidden & (inside > 0)).any() and (hidden & (everyone > inside)).any())


def telling(shown, tallies):
    """Whether the number of people a question was shown to tells about hidden counts of the questions before it."""
    parts = (part for tally in tallies for part in tally.partitions())
    return any(splits(cells, hidden, shown) for cells, hidden in parts if hidden.any())
