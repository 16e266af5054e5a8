"""Any two questions against each other, and all pairs of them at once."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from .crosstabs import association
from .frequencies import NOT_ANSWERED
from .publication import rounded
from .published_tables import multiple_crosstab, open_part, single_crosstab, single_table
from .significance import holm
from .suppression import HiddenCounts


def keyed(survey):
    """Tallies of everything that can be crossed, by key (see `parts`)."""
    found = {key: tally for tallies in survey.tallies.values() for key, tally in tallies.items()}
    return {key: tally for key, tally in found.items() if len(tally.codes) > 1 and tally.groups is None}


def pair_table(survey, rows, columns):
    """The cross-table of two keys, in the shape of a question's `crosstabs`.

    Of two multiple choices every row is a table of its own: who ticked the option, by what else they ticked.
    """
    tallies, threshold = keyed(survey), survey.threshold
    first, second = tallies[rows], tallies[columns]
    if first.ticked is None:
        cross = single_crosstab if second.ticked is None else multiple_crosstab
        return cross(first, second, threshold)
    cross = single_crosstab if second.ticked is None else multiple_crosstab
    found = [cross(option_tally(first, place), second, threshold) for place in range(len(first.codes))]
    return {
        "rows": [table["rows"][0] for table in found],
        "columns": found[0]["columns"],
        "share_of": "base" if all(table["share_of"] == "base" for table in found) else "row",
        "withheld": all(table["withheld"] for table in found),
        "tests": [tests_of(table) for table in found],
    }


def tests_of(table):
    """The test of a table, or those of its columns."""
    return table["test"] if "test" in table else [column["test"] for column in table["columns"]]


def option_tally(tally, place):
    """One option of a multiple choice as a choice of its own: ticked or not."""
    answered = tally.standing == 0
    ticked, veil = tally.ticked[:, place], bool(tally.hidden_options[place])
    standing = np.where(answered, np.where(ticked, 0, 1), np.where(tally.standing < 0, tally.standing, NOT_ANSWERED))
    count, veils = np.array([ticked.sum(), (answered & ~ticked).sum()]), np.array([veil, veil])
    hidden = HiddenCounts(veils, tally.hidden.base, tally.hidden.dont_know, tally.hidden.rest)
    code = tally.codes[place]
    return replace(
        tally,
        codes=[code, f"not {code}"],
        standing=standing,
        count=count,
        hidden=hidden,
        hidden_options=veils,
        ticked=None,
    )


def singles(survey):
    """Every single choice, and every option of a multiple choice as one, by key; options are "key=option"."""
    found = {}
    for key, tally in keyed(survey).items():
        if tally.ticked is None:
            found[key] = tally
        else:
            options = {f"{key}={code}": option_tally(tally, place) for place, code in enumerate(tally.codes)}
            found |= {name: option for name, option in options.items() if not option.hidden_options.any()}
    return found


def corrected_pair(table):
    """The table of a pair with every test told with its probability corrected for all tests of it."""
    lists = table.get("tests") or [[table.get("test"), *(column.get("test") for column in table["columns"])]]
    found = [test for part in lists for test in (part if isinstance(part, list) else [part]) if test is not None]
    for test, p in zip(found, holm([test["p"] for test in found]).tolist(), strict=True):
        test |= {"p_holm": rounded(p), "batch": len(found)}
    return table


def associations(survey, keys=None, of=None):
    """How strongly any two hang together, the strongest first: `first`, `second`, `base`, `method`, `p`, `p_holm`
    (corrected for all pairs) and `cramers_v`, from what is published of each table. Options of one question are not
    compared with each other. `keys` leaves only these, `of` only pairs with this one."""
    chosen = {key: tally for key, tally in singles(survey).items() if keys is None or key.split("=")[0] in keys}
    pairs = [(one, two) for one, two in combinations(chosen, 2) if one.split("=")[0] != two.split("=")[0]]
    pairs = [pair for pair in pairs if of is None or of in {key.split("=")[0] for key in pair}]
    found = [(one, two, *tested(chosen[one], chosen[two], survey.threshold)) for one, two in pairs]
    told = [(one, two, base, test) for one, two, base, test in found if test is not None]
    corrected = holm([test.p for *_pair, test in told]).tolist()
    lines = [
        {
            "first": one,
            "second": two,
            "base": base,
            "method": test.method,
            "p": rounded(test.p),
            "p_holm": rounded(p),
            "cramers_v": rounded(test.cramers_v),
        }
        for (one, two, base, test), p in zip(told, corrected, strict=True)
    ]
    return sorted(lines, key=lambda line: (-(line["cramers_v"] or 0), line["p"], line["first"], line["second"]))


def tested(first, second, threshold):
    counts, _rows, _columns, _pooled = open_part(single_table(first, second, threshold))
    return int(counts.sum()), association(counts)
