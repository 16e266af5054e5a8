"""Budgets and rankings as plain, JSON-ready dictionaries, alone and by profile question."""

import numpy as np

from .numbers import histogram_mean
from .parts import as_given
from .publication import concealed, rounded, unless
from .published_groups import by_profiles, groups_of, published_group
from .published_numbers import bins, given_reach, reach_of
from .rankings import ballots, borda, ranking
from .suppression import small, suppress_ticks
from .tallies import Tally

TIED = "tied"


def shares_given(question, survey, tally):
    """A budget as an array (responses × options), 0 where an answer leaves an option out."""
    block = survey.answers[[f"{question['code']}.{option}" for option in question["options"]]]
    return np.nan_to_num(block.to_numpy(dtype=float, na_value=np.nan)), as_given(tally).standing == 0


def hidden_parts(amounts, threshold):
    """Options to which few gave anything; never one alone, for all means together are known."""
    return never_alone(small((amounts > 0).sum(axis=0), threshold), amounts.sum(axis=0))


def never_alone(secret, size):
    secret = secret.copy()
    if secret.sum() == 1 and len(secret) > 1:
        secret[np.argmin(np.where(secret, np.inf, size))] = True
    return secret


def budget_figures(question, survey, tally):
    """Per option: `mean` of what was given to it with bootstrap interval, `median`, and how many gave anything."""
    amounts, answered = shares_given(question, survey, tally)
    base, codes = int(answered.sum()), question["options"]
    closed = tally.hidden.base or 0 < base < survey.threshold
    secret = np.full(len(codes), True) if closed else hidden_parts(amounts[answered], survey.threshold)
    means = [histogram_mean(column) if base else (None,) * 3 for column in amounts[answered].T]
    medians = np.median(amounts[answered], axis=0).tolist() if base else [None] * len(codes)
    givers = (amounts[answered] > 0).sum(axis=0).tolist()
    middle = base >= 2 * survey.threshold
    uncounted = secret | suppress_ticks(givers, base, survey.threshold)
    return {
        **given_reach(tally),
        "total": question.get("total", 100),
        "options": [
            budget_option(code, veil, mean, median if middle else None, unless(uncount, number))
            for code, veil, mean, median, number, uncount in zip(
                codes, secret.tolist(), means, medians, givers, uncounted.tolist(), strict=True
            )
        ],
        **by_profiles(
            survey, question["code"], lambda profile: budget_groups(question, survey, tally, profile, amounts)
        ),
    }


def budget_option(code, veil, mean, median, givers):
    names = ("mean", "low", "high", "median", "count")
    told = dict(zip(names, [*map(rounded, mean), rounded(median), givers], strict=True))
    return {"code": code, **{name: unless(veil, figure) for name, figure in told.items()}, "suppressed": veil}


def budget_groups(question, survey, tally, profile, amounts):
    """Mean per option of the groups in which no option was given anything by few."""

    def few(member):
        return bool(small((amounts[member] > 0).sum(axis=0), survey.threshold).any())

    groups = groups_of(survey, profile, tally, few)
    return {"rows": [published_group(group, options=option_means(question, group, amounts)) for group in groups]}


def option_means(question, group, amounts):
    if not group.told:
        return []
    means = amounts[group.member].mean(axis=0).tolist()
    return [{"code": code, "mean": rounded(mean)} for code, mean in zip(question["options"], means, strict=True)]


def hidden_scores(ranked, base, threshold):
    """Options whose scores would tell how few did or did not rank them; never one alone: the sum of scores is known."""
    return never_alone(suppress_ticks(ranked, base, threshold) | (0 < base < threshold), ranked)


def ranking_figures(question, survey, tally):
    """Count and share are first places; the ballots without one (a tie for it) are a cell that is not printed."""
    codes, threshold = question["options"], survey.threshold
    ranks, _standing = ballots(survey.answers, survey.seen[question["code"]], question["code"], codes)
    first_places = first_tally(ranks, tally, threshold)
    figures, base = ranking(ranks, codes), tally.reach.base
    options = bins(first_places)[:-1]
    secret = hidden_scores(figures.options["ranked"].to_numpy(), base, threshold).tolist()
    scores = zip(options, codes, figures.options["borda"], figures.options["mean_rank"], secret, strict=True)
    complete_hidden = small([figures.complete, base - figures.complete], threshold).any() or base < threshold
    return {
        **reach_of(first_places),
        "options": [
            {**option, "code": code, "borda": unless(veil, rounded(points)), "mean_rank": unless(veil, rounded(mean))}
            for option, code, points, mean, veil in scores
        ],
        "complete": unless(bool(complete_hidden), figures.complete),
        "kendall_w": rounded(figures.kendall_w) if figures.complete >= threshold else None,
        "condorcet_winner": figures.condorcet_winner if base >= threshold else None,
        **by_profiles(
            survey, question["code"], lambda profile: ranking_groups(survey, first_places, profile, ranks, codes)
        ),
    }


def first_tally(ranks, tally, threshold):
    """First places, and last those who gave none because it was tied."""
    answered = tally.standing == 0
    first = ranks == 1
    place = np.where(first.sum(axis=1) == 1, first.argmax(axis=1), ranks.shape[1])
    standing = np.where(answered, place, tally.standing)
    count = np.bincount(place[answered], minlength=ranks.shape[1] + 1)
    hidden = concealed(tally.reach, count, threshold, tally.shown_hidden)
    codes = [TIED] * len(count)
    return Tally(codes, standing, count, tally.reach, hidden, hidden.options, tally.shown_hidden)


def ranking_groups(survey, tally, profile, ranks, codes):
    """Mean points per option of the groups in which no option was ranked, or left out, by few."""

    def few(member):
        ranked = (~np.isnan(ranks[member])).sum(axis=0)
        return bool(suppress_ticks(ranked, member.sum(), survey.threshold).any())

    groups = groups_of(survey, profile, tally, few)
    return {"rows": [published_group(group, options=group_scores(group, ranks, codes)) for group in groups]}


def group_scores(group, ranks, codes):
    if not group.told:
        return []
    points = borda(ranks[group.member]).tolist()
    return [{"code": code, "borda": rounded(score)} for code, score in zip(codes, points, strict=True)]
