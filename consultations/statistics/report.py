"""The standard report: every question, who answered, how far the answers can be trusted, with and without campaigns."""

from dataclasses import replace

import numpy as np

from .campaigns import SMALLEST, campaigns
from .intervals import wilson
from .publication import rounded, unless
from .published_raking import raked_views
from .representation import cells, representation
from .significance import REPLICATIONS, SEED
from .summary import INTERVAL, figures_of
from .suppression import small, suppress_ticks
from .survey import surveyed

TEXTS = {"text", "long_text"}
OPEN = {*TEXTS, "email", "url", "file", "organisation", "given", "info"}


def standard_report(
    questions, answers, shown, threshold=5, profile=(), *, targets=None, pair_targets=None, days=None, languages=None
):
    """All that is published of a consultation, ready for JSON.

    As `summarise`, and: `pair_targets` by (profile question, later profile question), codes of the one, of the other; `days`
    on which answers were sent; `languages` they were given in. Without a target every country weighs the same.
    """
    texts, closed = [answers[code] for code in codes_of(questions, TEXTS)], closed_answers(questions, answers)
    found = campaigns(texts, closed, days, smallest=max(SMALLEST, threshold))
    options = {"origins": found.origins if found.member.any() else None, "languages": languages}
    survey = surveyed(questions, answers, shown, threshold, profile, **options)
    survey = replace(survey, targets=equal_countries(questions, survey) | (targets or {}))
    figures = figures_of(questions, survey)
    return {
        "method": {"interval": INTERVAL, "threshold": threshold, "replications": REPLICATIONS, "seed": SEED},
        "responses": len(answers),
        "questions": figures,
        "representation": {code: representation(figures[code], (targets or {}).get(code)) for code in profile},
        "pairs": {"/".join(pair): pair_cells(figures, pair, aim) for pair, aim in (pair_targets or {}).items()},
        "raked": raked_views(survey, targets or {}),
        "campaigns": published_campaigns(found, len(answers), threshold),
    }


def codes_of(questions, kinds):
    return [question["code"] for question in questions if question["type"] in kinds]


def closed_answers(questions, answers):
    """Columns of the questions answered by choosing, of which equal ones are counted."""
    closed = {question["code"] for question in questions if question["type"] not in OPEN}
    return answers[[column for column in answers.columns if column.split(".")[0] in closed]]


def equal_countries(questions, survey):
    """The same target for every country that is not published as 0."""
    found = {}
    for code in codes_of(questions, {"country"}):
        tally = survey.tallies[code][code]
        told = (tally.count > 0) | tally.hidden_options
        found[code] = {country: 1 for country, known in zip(tally.codes, told.tolist(), strict=True) if known}
    return found


def pair_cells(figures, pair, targets):
    rows, columns = pair
    return cells(figures[columns]["crosstabs"][rows], targets)


def published_campaigns(found, size, threshold):
    """How many answers came in groups of equal texts, of equal ticks, in bursts; the sizes of the groups.

    Texts and ticks are told apart only where no few answers are in groups of the one kind alone, or of both.
    """
    texts, vectors = found.texts >= 0, found.vectors >= 0
    apart = not small([(texts & ~vectors).sum(), (vectors & ~texts).sum(), (texts & vectors).sum()], threshold).any()
    signals = {"texts": texts, "vectors": vectors, "bursts": found.burst, "campaign": found.member}
    told = {name: apart or name not in {"texts", "vectors"} for name in signals}
    groups = {"texts": found.texts, "vectors": found.vectors} if apart else {}
    return {
        **{name: published_signal(int(mask.sum()), size, threshold, told[name]) for name, mask in signals.items()},
        "groups": {name: sizes(group) for name, group in groups.items()},
        "days": [
            {"day": day.date().isoformat(), "count": int(line["count"]), "expected": usual(line["expected"], threshold)}
            for day, line in found.days[found.days["burst"]].iterrows()
            if not small(line["count"], threshold)
        ],
    }


def usual(expected, threshold):
    return unless(bool(small(expected, threshold)), rounded(expected))


def published_signal(count, size, threshold, told):
    secret = not told or bool(suppress_ticks(count, size, threshold))
    low, high = wilson(count, size)
    return {
        "count": unless(secret, count),
        "share": None if secret or not size else rounded(count / size),
        "low": None if secret else rounded(low),
        "high": None if secret else rounded(high),
        "suppressed": secret,
    }


def sizes(group):
    return sorted(np.bincount(group[group >= 0]).tolist(), reverse=True) if (group >= 0).any() else []
