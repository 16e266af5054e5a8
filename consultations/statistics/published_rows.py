"""A question or a row of a battery as plain, JSON-ready dictionaries, alone and crossed with the profile questions."""

import numpy as np

from .intervals import wilson
from .likert import medians
from .ordinal import bootstrap_means
from .publication import published_options, published_reach, rounded, settled, total, unless
from .published_orders import diverging, ordered_groups
from .published_tables import published_multiple, published_single, single_table, tick_tables
from .published_weights import weighted_single, weighted_ticks


def whole_of(tally):
    return total(tally.reach, tally.hidden, tally.shown_hidden)


def single_figures(tally):
    return {
        **published_reach(tally.reach, tally.hidden, tally.shown_hidden),
        "options": published_options(tally.codes, tally.count, whole_of(tally), tally.hidden_options),
    }


def multiple_figures(tally):
    """As a single choice, with the shares of all ticks, which are told only if no option is hidden."""
    figures, mentions = single_figures(tally), int(tally.count.sum())
    secret = bool(tally.hidden_options.any())
    for option in figures["options"]:
        option["mention_share"] = None if secret or not mentions else rounded(option["count"] / mentions)
    return {**figures, "mentions": unless(secret, mentions)}


def ordered_figures(tally, mean):
    """A single choice of steps: also the median step, the top two, the sides of the scale and the mean with interval,
    each where the published counts settle it."""
    median = top = None
    whole, hidden = whole_of(tally), tally.hidden_options
    if not tally.hidden.base:
        median = settled(lambda row: float(medians(row[None])[0]), tally.count, hidden)
        top = settled(lambda row: int(row[-2:].sum()), tally.count, hidden)
    low, high = (None, None) if top is None else wilson(top, tally.reach.base)
    return {
        **single_figures(tally),
        "median": rounded(median),
        "top_two": {
            "count": top,
            "share": None if top is None or not whole else rounded(top / whole),
            "low": rounded(low),
            "high": rounded(high),
            "suppressed": top is None,
        },
        "diverging": diverging(tally.count, hidden, whole),
        "mean": unless(bool(hidden.any() or tally.hidden.base), mean),
    }


def step_means(tallies):
    """Mean step of each tally with its bootstrap interval; of all of a battery at once."""
    table = np.stack([tally.count for tally in tallies])
    parts = zip(*bootstrap_means(table, np.arange(1, table.shape[1] + 1)), strict=True)
    return [dict(zip(("value", "low", "high"), map(rounded, part), strict=True)) for part in parts]


def crossed(survey, code, tally, ordered=False):
    """`crosstabs` by profile question (with `groups` and `comparison` of ordered steps), `weighted` by profile question
    that has targets, and `origins` if campaigns were looked for."""
    crosstabs: dict[str, dict] = {}
    weighted: dict[str, dict] = {}
    for name, profile in survey.by(code).items():
        crosstabs[name], view = crosstab_of(tally, profile, survey, ordered, survey.targets.get(name))
        weighted |= {name: view} if view else {}
    found = {"crosstabs": crosstabs} | ({"weighted": weighted} if survey.targets else {})
    if survey.origins is not None:
        table, _view = crosstab_of(tally, survey.origins, survey, ordered, None)
        found["origins"] = without_campaigns(table)
    return found


def crosstab_of(tally, profile, survey, ordered, targets):
    """A cross-table, and its weighted view if there are targets."""
    if tally.ticked is not None:
        tables = tick_tables(profile, tally, survey.threshold)
        view = weighted_ticks(tables, tally, targets) if targets else None
        return published_multiple(tables, profile, tally), view
    table = single_table(profile, tally, survey.threshold)
    view = weighted_single(table, targets) if targets else None
    orders = ordered_groups(table) if ordered else {}
    return published_single(table, profile, tally) | orders, view


def without_campaigns(table):
    """The cross-table of own and campaign answers, and the own ones as options with intervals: the figures without."""
    own = table["rows"][0]
    counts = [cell["count"] for cell in own["cells"]]
    known = table["share_of"] == "base" and None not in counts and "test" in table
    base = sum(counts) if known else own["total"]
    return {**table, "without": {"base": base, "options": [own_option(cell, base) for cell in own["cells"]]}}


def own_option(cell, base):
    count = cell["count"]
    low, high = wilson(count, base) if base and count is not None and cell["share"] is not None else (None, None)
    return {
        "code": cell["code"],
        "count": count,
        "share": cell["share"],
        "low": rounded(low),
        "high": rounded(high),
        "suppressed": cell["suppressed"],
    }
