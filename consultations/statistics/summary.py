"""The figures of a consultation as they are published: frozen, suppressed, keyed on codes."""

from .likert import SCALE
from .publication import unless
from .published_batteries import battery_quality
from .published_numbers import date_figures, given_figures, number_figures, region_figures
from .published_rows import crossed, multiple_figures, ordered_figures, single_figures, step_means
from .published_scores import budget_figures, ranking_figures
from .published_texts import text_figures
from .significance import holm
from .survey import surveyed

INTERVAL = {"method": "wilson", "confidence": 0.95, "sample": "self_selected"}


def choice_figures(question, survey, tally):
    """A profile question is not crossed with itself; consent is not crossed at all."""
    figures = (single_figures if tally.ticked is None else multiple_figures)(tally)
    if question["type"] == "consent":
        return {**figures, "crosstabs": {}}
    return {**figures, **crossed(survey, question["code"], tally)}


def rating_figures(question, survey, tally):
    (mean,) = step_means([tally])
    scale = {"scale": tally.codes}
    return {**scale, **ordered_figures(tally, mean), **crossed(survey, question["code"], tally, ordered=True)}


def battery_figures(question, survey):
    """Rows of a matrix are choices; rows of a battery of ratings have steps in order."""
    code, tallies = question["code"], survey.tallies[question["code"]]
    seen = survey.seen[code]
    head = {"responses": len(seen), "shown": unless(code in survey.veiled, int(seen.sum()))}
    rows = zip(question["rows"], tallies.values(), strict=True)
    if question["type"] != "likert":
        found = [{"code": row, **choice_figures(question, survey, tally)} for row, tally in rows]
        return {**head, "columns": list(question["columns"]), "rows": found}
    means = step_means(list(tallies.values()))
    found = [
        {"code": row, **ordered_figures(tally, mean), **crossed(survey, code, tally, ordered=True)}
        for (row, tally), mean in zip(rows, means, strict=True)
    ]
    scale = list(question.get("scale") or SCALE)
    return {**head, "scale": scale, "rows": found, **battery_quality(question, survey, tallies)}


FIGURES = {
    "single": choice_figures,
    "country": choice_figures,
    "consent": choice_figures,
    "multiple": choice_figures,
    "rating": rating_figures,
    "ranking": ranking_figures,
    "number": number_figures,
    "slider": number_figures,
    "budget": budget_figures,
    "date": date_figures,
    "region": region_figures,
    "text": text_figures,
    "long_text": text_figures,
    "organisation": given_figures,
    "email": given_figures,
    "url": given_figures,
    "file": given_figures,
    "given": given_figures,
}
BATTERIES = {"likert", "matrix", "matrix_multiple"}


def question_figures(question, survey):
    code, kind = question["code"], question["type"]
    if kind in BATTERIES:
        return battery_figures(question, survey)
    if kind == "info":
        seen = survey.seen[code]
        return {"responses": len(seen), "shown": unless(code in survey.veiled, int(seen.sum()))}
    return FIGURES[kind](question, survey, survey.tallies[code][code])


def tests(figures):
    """Every test of one question's figures."""
    for part in (figures, *figures.get("rows", [])):
        for table in (*part.get("crosstabs", {}).values(), *part.get("groups", {}).values()):
            yield from (table.get("test"), table.get("comparison"))
            yield from (column.get("test") for column in table.get("columns", []))


def corrected(summary):
    """Every test told with its probability corrected for all the tests of the report, and how many they are."""
    found = [test for figures in summary.values() for test in tests(figures) if test is not None]
    for test, p in zip(found, holm([test["p"] for test in found]).tolist(), strict=True):
        test |= {"p_holm": round(p, 6), "batch": len(found)}
    return summary


def summarise(questions, answers, shown, threshold=5, profile=(), *, targets=None, origins=None, languages=None):
    """Published figures per question code, ready for JSON: hidden counts are None, shares rounded to six digits.

    `answers`: a row per response; columns as `frames` makes them. `shown`: booleans, a column per question. `profile`:
    codes of single or country questions that the others are crossed with. `targets`: per profile question how many of
    each code were aimed at, for the weighted view. `origins`: per response "own" or "campaign". `languages`: per
    response. The shapes are told in docs/statistics.md.
    """
    return figures_of(questions, surveyed(questions, answers, shown, threshold, profile, targets, origins, languages))


def figures_of(questions, survey):
    return corrected(
        {
            question["code"]: {"type": question["type"], "interval": INTERVAL, **question_figures(question, survey)}
            for question in questions
        }
    )
