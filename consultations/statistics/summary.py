"""The figures of a consultation as they are published: frozen, suppressed, keyed on codes."""

from dataclasses import asdict

import numpy as np

from .frequencies import NOT_ANSWERED, NOT_SHOWN, counts
from .intervals import wilson
from .likert import SCALE, battery_counts, medians
from .numbers import describe
from .publication import concealed, published_options, published_reach, rounded, settled, total, unless
from .published_tables import multiple_crosstab, single_crosstab
from .rankings import ballots, ranking
from .suppression import small, suppress_ticks
from .tallies import Tally, multiple_tally, single_tally, telling

CHOICES = {"single", "country", "consent", "multiple"}
PROFILES = {"single", "country"}
CROSSED = {"single", "country", "multiple"}


def tally(question, answers, seen, threshold, veiled):
    code, options = question["code"], question.get("options") or []
    if question["type"] == "multiple":
        return multiple_tally(answers, seen, code, options, threshold, veiled)
    column = answers[code]
    if question["type"] == "consent":
        column, options = column.replace({True: "yes", False: "no"}), options or ["yes", "no"]
    return single_tally(column, seen, options, threshold, veiled)


def tallied(questions, answers, seen, threshold):
    """Tallies of the choice questions, and the codes of the questions whose number shown must be hidden.

    It is hidden where it, or the rest, is small, and where it tells about a hidden count of a filter question; hiding
    may spread to the questions that depend on those, so it is repeated until it rests.
    """
    reached = {code: int(mask.sum()) for code, mask in seen.items()}
    veiled = {code for code, shown in reached.items() if small([shown, len(answers) - shown], threshold).any()}
    partial = [code for code, shown in reached.items() if 0 < shown < len(answers)]
    choices = [question for question in questions if question["type"] in CHOICES]
    tallies: dict[str, Tally] = {}
    while True:
        for question in choices:
            code = question["code"]
            if code not in tallies or tallies[code].shown_hidden != (code in veiled):
                tallies[code] = tally(question, answers, seen[code], threshold, code in veiled)
        more = {code for code in partial if code not in veiled and telling(seen[code], tallies.values())}
        if not more:
            return tallies, veiled
        veiled |= more


def single_figures(tally):
    whole = total(tally.reach, tally.hidden, tally.shown_hidden)
    return {
        **published_reach(tally.reach, tally.hidden, tally.shown_hidden),
        "options": published_options(tally.codes, tally.count, whole, tally.hidden_options),
    }


def multiple_figures(tally):
    """As a single choice, with the shares of all ticks, which are told only if no option is hidden."""
    figures, mentions = single_figures(tally), int(tally.count.sum())
    secret = bool(tally.hidden_options.any())
    for option in figures["options"]:
        option["mention_share"] = None if secret or not mentions else rounded(option["count"] / mentions)
    return {**figures, "mentions": unless(secret, mentions)}


def answered_reach(given, seen):
    """Count and reach of a question of which only answered or not is counted."""
    return counts(np.select([~seen, given], [NOT_SHOWN, 0], NOT_ANSWERED), 1)


def text_figures(question, answers, seen, threshold, veiled):
    count, reach = answered_reach(answers[question["code"]].notna().to_numpy(), seen)
    return published_reach(reach, concealed(reach, count, threshold, veiled), veiled)


def number_figures(question, answers, seen, threshold, veiled):
    values = answers[question["code"]].where(seen)
    figures = {name: rounded(figure) for name, figure in asdict(describe(values, threshold)).items() if name != "base"}
    return {**text_figures(question, answers, seen, threshold, veiled), **figures}


def rating_row(code, scale, count, reach, threshold, veiled):
    """One row of a battery; the median step and the top-two share are told where the published counts settle them."""
    hidden = concealed(reach, count, threshold, veiled)
    whole = total(reach, hidden, veiled)
    median = top = None
    if not hidden.base:
        median = settled(lambda row: float(medians(row[None])[0]), count, hidden.options)
        top = settled(lambda row: int(row[-2:].sum()), count, hidden.options)
    low, high = (None, None) if top is None else wilson(top, reach.base)
    return {
        "code": code,
        **published_reach(reach, hidden, veiled),
        "options": published_options(scale, count, whole, hidden.options),
        "median": rounded(median),
        "top_two": {
            "count": top,
            "share": None if top is None or not whole else rounded(top / whole),
            "low": rounded(low),
            "high": rounded(high),
            "suppressed": top is None,
        },
    }


def likert_figures(question, answers, seen, threshold, veiled):
    scale, rows = question.get("scale") or SCALE, question["rows"]
    frame, reaches = battery_counts(answers, seen, question["code"], rows, scale)
    lines = zip(rows, frame.to_numpy(), reaches, strict=True)
    shown = int(seen.sum())
    return {
        "responses": len(seen),
        "shown": unless(veiled, shown),
        "scale": list(scale),
        "rows": [rating_row(code, scale, count, reach, threshold, veiled) for code, count, reach in lines],
    }


def hidden_scores(ranked, base, threshold):
    """Options whose scores would tell how few did or did not rank them; never one alone: the sum of scores is known."""
    secret = suppress_ticks(ranked, base, threshold) | (0 < base < threshold)
    if secret.sum() == 1:
        secret[np.argmin(np.where(secret, np.inf, ranked))] = True
    return secret


def ranking_figures(question, answers, seen, threshold, veiled):
    """Count and share are first places; the ballots without one (a tie for it) are a cell that is not printed."""
    codes = question["options"]
    ranks, standing = ballots(answers, seen, question["code"], codes)
    (base,), reach = counts(standing, 1)
    figures = ranking(ranks, codes)
    first = figures.options["first"].to_numpy()
    hidden = concealed(reach, np.append(first, base - first.sum()), threshold, veiled)
    options = published_options(codes, first, total(reach, hidden, veiled), hidden.options[:-1])
    secret = hidden_scores(figures.options["ranked"].to_numpy(), base, threshold).tolist()
    scores = zip(options, figures.options["borda"], figures.options["mean_rank"], secret, strict=True)
    complete_hidden = small([figures.complete, base - figures.complete], threshold).any() or base < threshold
    return {
        **published_reach(reach, hidden, veiled),
        "options": [
            {**option, "borda": unless(veil, rounded(points)), "mean_rank": unless(veil, rounded(mean))}
            for option, points, mean, veil in scores
        ],
        "complete": unless(bool(complete_hidden), figures.complete),
        "kendall_w": rounded(figures.kendall_w) if figures.complete >= threshold else None,
        "condorcet_winner": figures.condorcet_winner if base >= threshold else None,
    }


FIGURES = {
    "text": text_figures,
    "long_text": text_figures,
    "number": number_figures,
    "likert": likert_figures,
    "ranking": ranking_figures,
}


def crosstabs(code, kind, tallies, profile, threshold):
    """Cross-tables of a question by the profile questions; a pair of profile questions is crossed once only."""
    if kind not in CROSSED:
        return {}
    by = profile[: profile.index(code)] if code in profile else profile
    cross = multiple_crosstab if kind == "multiple" else single_crosstab
    return {other: cross(tallies[other], tallies[code], threshold) for other in by}


def summarise(questions, answers, shown, threshold=5, profile=()):
    """Published figures per question code, ready for JSON: hidden counts are None, shares rounded to six digits.

    `answers`: a row per response; a column "code" of option codes or numbers, "code.option" of booleans (multiple) or
    ranks, "code.row" of scale codes (likert). `shown`: booleans, a column per question. `profile`: codes of single or
    country questions that the choice questions are crossed with.
    """
    kinds = {question["code"]: question["type"] for question in questions}
    wrong = [code for code in profile if kinds.get(code) not in PROFILES]
    if wrong:
        raise ValueError(f"not a single or country question: {', '.join(wrong)}")
    seen = {code: shown[code].to_numpy(dtype=bool) for code in kinds}
    tallies, veiled = tallied(questions, answers, seen, threshold)
    summary = {}
    for question in questions:
        code, kind = question["code"], question["type"]
        if kind in CHOICES:
            figures = (multiple_figures if kind == "multiple" else single_figures)(tallies[code])
            figures["crosstabs"] = crosstabs(code, kind, tallies, list(profile), threshold)
        else:
            figures = FIGURES[kind](question, answers, seen[code], threshold, code in veiled)
        summary[code] = {"type": kind, **figures}
    return summary
