"""How often each option was chosen."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .intervals import wilson

DONT_KNOW = "dont_know"
NOT_ANSWERED, NOT_SHOWN = -1, -2


@dataclass(frozen=True)
class Reach:
    """How far a question came: shown = base + dont_know + not_answered, responses = shown + not_shown."""

    base: int
    dont_know: int
    not_answered: int
    not_shown: int

    @property
    def shown(self):
        return self.base + self.dont_know + self.not_answered

    @property
    def responses(self):
        return self.shown + self.not_shown


@dataclass(frozen=True)
class Frequencies:
    """`options` has a row per code, in order: count, share, low, high (of base), for ticks also mention_share."""

    reach: Reach
    options: pd.DataFrame


def substantive(options):
    return [option for option in options if option != DONT_KNOW]


def positions(column, shown, options):
    """Index of the chosen option per response; len(options) don't know, -1 not answered, -2 not shown.

    Raises ValueError when a response holds a code that is not among the options.
    """
    found = pd.Index([*options, DONT_KNOW]).get_indexer(pd.Index(column))
    strange = (found == -1) & column.notna().to_numpy()
    if strange.any():
        raise ValueError(f"{column.name}: answers outside the options: {sorted(set(column[strange].astype(str)))}")
    return np.where(shown, found, NOT_SHOWN)


def counts(chosen, size):
    """Counts per option of an array of positions, and its reach."""
    tally = np.bincount(chosen + 2, minlength=size + 3)
    not_shown, not_answered, *options, dont_know = tally.tolist()
    return np.array(options, dtype=int), Reach(sum(options), dont_know, not_answered, not_shown)


def option_frame(count, total, codes):
    low, high = wilson(count, total)
    share = np.divide(count, total, out=np.full(len(count), np.nan), where=np.asarray(total) > 0)
    return pd.DataFrame({"count": count, "share": share, "low": low, "high": high}, index=pd.Index(codes, name="code"))


def choice(column, shown, options):
    """Frequencies of a single choice: a column of option codes, "dont_know" or NA."""
    codes = substantive(options)
    count, reach = counts(positions(column, shown, codes), len(codes))
    return Frequencies(reach, option_frame(count, reach.base, codes))


def ticks(answers, shown, code, options):
    """A multiple choice as an array (responses × options), and per response 0 answered, 1 don't know, -1, -2."""
    codes = substantive(options)
    block = answers[[f"{code}.{option}" for option in codes]]
    doubt = answers.get(f"{code}.{DONT_KNOW}", pd.Series(False, index=answers.index))
    ticked = block.fillna(False).to_numpy(dtype=bool)
    doubtful = doubt.fillna(False).to_numpy(dtype=bool) & ~ticked.any(axis=1)
    answered = block.notna().to_numpy().any(axis=1)
    standing = np.select([~np.asarray(shown, dtype=bool), doubtful, answered], [NOT_SHOWN, 1, 0], NOT_ANSWERED)
    return ticked & (standing == 0)[:, None], standing


def multiple(answers, shown, code, options):
    """Frequencies of a multiple choice: share is of respondents, mention_share of all ticks."""
    ticked, standing = ticks(answers, shown, code, options)
    (_,), reach = counts(standing, 1)
    count = ticked.sum(axis=0)
    frame = option_frame(count, reach.base, substantive(options))
    return Frequencies(reach, frame.assign(mention_share=count / count.sum() if count.any() else np.nan))
