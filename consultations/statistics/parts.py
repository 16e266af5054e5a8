"""What a question's answers are counted as: one division of the respondents for a choice, one per row of a battery."""

import numpy as np
import pandas as pd

from .frequencies import NOT_ANSWERED, NOT_SHOWN, counts
from .likert import SCALE
from .suppression import HiddenCounts, suppress_tree
from .tallies import Groups, Tally, multiple_tally, single_tally, tallied_positions

GIVEN = "given"
SINGLES = {"single", "country", "consent"}
BATTERIES = {"likert", "matrix"}
MOST_BINS = 12
WIDTHS = np.multiply.outer(10.0 ** np.arange(-6, 13), [1, 2, 5]).ravel()
MONTHS = [1, 3, 12, 120, 1200]


def tallies_of(question, answers, seen, threshold, veiled):
    """Tallies by key: the question's code, or "code.row" for each row of a battery."""
    code, kind = question["code"], question["type"]
    if kind in SINGLES:
        column, options = choices(question, answers[code])
        return {code: single_tally(column, seen, options, threshold, veiled)}
    if kind == "multiple":
        return {code: multiple_tally(answers, seen, code, question.get("options") or [], threshold, veiled)}
    if kind in BATTERIES:
        steps = question.get("scale") or question.get("columns") or SCALE
        keys = [f"{code}.{row}" for row in question["rows"]]
        return {key: single_tally(answers[key], seen, steps, threshold, veiled) for key in keys}
    if kind == "matrix_multiple":
        keys = [f"{code}.{row}" for row in question["rows"]]
        return {key: multiple_tally(answers, seen, key, question["columns"], threshold, veiled) for key in keys}
    standing, codes = STANDINGS.get(kind, given)(question, answers, seen)
    if kind == "region":
        return {code: region_tally(standing, codes, threshold, veiled)}
    return {code: tallied_positions(standing, codes, threshold, veiled)}


def choices(question, column):
    """The column of a single choice and its options; consent may come as booleans."""
    options = question.get("options") or []
    if question["type"] == "consent":
        return column.replace({True: "yes", False: "no"}), options or ["yes", "no"]
    return column, options


def standing_of(position, seen):
    """Positions with NaN for no answer as whole numbers, below 0 for who chose none."""
    return np.where(seen, np.where(np.isnan(position), NOT_ANSWERED, position), NOT_SHOWN).astype(int)


def numbers_of(question, answers):
    return pd.to_numeric(answers[question["code"]]).to_numpy(dtype=float, na_value=np.nan)


def rated(question, answers, seen):
    """Raises ValueError when a rating lies outside 1..max."""
    values, highest = numbers_of(question, answers), question["max"]
    given_values = values[~np.isnan(values)]
    if ((given_values < 1) | (given_values > highest) | (given_values % 1 > 0)).any():
        raise ValueError(f"{question['code']}: ratings outside 1 to {highest}")
    return standing_of(values - 1, seen), [str(step) for step in range(1, highest + 1)]


def edges(question, values):
    """Lower ends of at most twelve bins of a round width, and the width."""
    given_values = values[~np.isnan(values)]
    if not len(given_values):
        return np.zeros(1), 1.0
    low, high = np.quantile(given_values, [0.01, 0.99])
    low = low if question.get("min") is None else question["min"]
    high = high if question.get("max") is None else question["max"]
    least = 1.0 if question.get("whole") else 0.0
    width = float(WIDTHS[(high - low <= WIDTHS * (MOST_BINS - 1)) & (least <= WIDTHS)][0])
    start = np.floor(low / width) * width
    return start + width * np.arange(int((high - start) // width) + 1), width


def binned(question, answers, seen):
    """The bin each number falls in; whatever lies below the first or above the last bin is counted with it."""
    values = numbers_of(question, answers)
    lower, width = edges(question, values[seen])
    place = np.clip(np.floor((values - lower[0]) / width), 0, len(lower) - 1)
    return standing_of(place, seen), [f"{end:.10g}" for end in lower.tolist()]


def months_of(question, answers):
    """Dates as months since the year 0, NaN where there is none; raises ValueError for what is no date."""
    dates = pd.to_datetime(answers[question["code"]], format="%Y-%m-%d")
    return (dates.dt.year * 12 + dates.dt.month - 1).to_numpy(dtype=float)


def dated(question, answers, seen):
    """The period each date falls in: months, quarters, years, decades or centuries, the finest that gives few."""
    months = months_of(question, answers)
    given_months = months[seen & ~np.isnan(months)]
    if not len(given_months):
        return standing_of(months, seen), ["1900-01"]
    fits = [width for width in MONTHS if given_months.max() // width - given_months.min() // width < 3 * MOST_BINS]
    width = [*fits, MONTHS[-1]][0]
    place = months // width
    first, last = int(given_months.min() // width), int(given_months.max() // width)
    starts = width * np.arange(first, last + 1)
    return standing_of(place - first, seen), [f"{start // 12:04}-{start % 12 + 1:02}" for start in starts.tolist()]


def regions(question, answers, seen):
    """The codes that were named, in order."""
    column = answers[question["code"]]
    codes = sorted(column[seen & column.notna().to_numpy()].unique())
    return np.where(seen, pd.Index(codes).get_indexer(pd.Index(column)), NOT_SHOWN), codes


def ranked(question, answers, seen):
    return answered(answers[[f"{question['code']}.{option}" for option in question["options"]]], seen)


def given(question, answers, seen):
    return answered(answers[[question["code"]]], seen)


def answered(block, seen):
    """Only whether anything was answered."""
    return standing_of(np.where(block.notna().to_numpy().any(axis=1), 0.0, np.nan), seen), [GIVEN]


STANDINGS = {
    "rating": rated,
    "number": binned,
    "slider": binned,
    "date": dated,
    "region": regions,
    "ranking": ranked,
    "budget": ranked,
}


def region_tally(standing, codes, threshold, veiled):
    """Regions within their countries: the totals of these are published too."""
    count, reach = counts(standing, len(codes))
    rest = reach.not_answered + (reach.not_shown if veiled else 0)
    countries, place = np.unique(np.array([code[:2] for code in codes], dtype=str), return_inverse=True)
    hidden, hidden_countries = suppress_tree(count, place, threshold, rest, hide_rest=veiled)
    totals = np.bincount(place, count, len(countries)).astype(int)
    groups = Groups(countries.tolist(), totals, hidden_countries)
    return Tally(codes, standing, count, reach, hidden, hidden.options, veiled, groups=groups)


def as_given(tally):
    """The same respondents, of whom only answered or not is counted."""
    chosen = (tally.standing >= 0) & (tally.standing < (1 if tally.ticked is not None else len(tally.codes)))
    hidden = HiddenCounts(np.array([tally.hidden.base]), tally.hidden.base, tally.hidden.dont_know, tally.hidden.rest)
    return Tally(
        [GIVEN],
        np.where(chosen, 0, NOT_ANSWERED),
        np.array([tally.reach.base]),
        tally.reach,
        hidden,
        hidden.options,
        tally.shown_hidden,
    )
