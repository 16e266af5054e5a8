"""Frozen figures in the reader's words: what the chart and table components take."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext

from platform_core.ground.ui.components.numbers import in_words, with_unit
from platform_core.ground.vocabulary import selectors as vocabulary

from .answering import words

Figures = dict[str, Any]


def percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def labels_of(question: dict) -> dict[str, str]:
    """Words for every code an answer to the question can have."""
    if question["type"] == "country":
        return {**vocabulary.country_labels(), "other": _("Another country")}
    if question["type"] == "rating":
        return {point: str(point) for point in range(1, question["max"] + 1)}
    if question["type"] == "consent":
        return {"yes": _("Agreed"), "no": _("Did not agree")}
    found = {
        option["code"]: words(option["text"]) for option in [*question.get("options", []), *question.get("scale", [])]
    }
    return {**found, "dont_know": found.get("dont_know", _("Don't know"))}


def base_words(figures: Figures, day: str) -> str:
    """How many answers the shares are shares of, and of which day."""
    base = figures.get("base") if figures.get("share_of") == "base" else figures.get(figures.get("share_of") or "base")
    if base is None and (bases := [row["base"] for row in figures.get("rows", []) if row.get("base")]):
        return _("Base: at most %(n)s answers to a row, %(day)s") % {"n": max(bases), "day": day}
    if base is None:
        return _("Too few answers to say how many, %(day)s") % {"day": day}
    return ngettext("Base: %(n)s answer, %(day)s", "Base: %(n)s answers, %(day)s", base) % {"n": base, "day": day}


def note(figures: Figures) -> str:
    """Says what is kept back, and how far the intervals reach."""
    hidden = any(option.get("suppressed") for option in figures.get("options", []))
    kept = _(
        "Groups too small to be anonymous are not shown, and where needed a second one so that they cannot be worked out."
    )
    return kept if hidden else ""


def bars(question: dict, figures: Figures) -> list[dict]:
    labels = labels_of(question)
    rows = option_bars(figures["options"], lambda code: labels.get(code, code))
    return rows if question["type"] != "country" else [row for row in rows if row["suppressed"] or row["count"]]


def option_bars(options: list[Figures], label: Callable[[Any], str]) -> list[dict]:
    return [
        {
            "label": label(option["code"]),
            "value": percent(option["share"]),
            "low": percent(option.get("low")),
            "high": percent(option.get("high")),
            "count": option["count"],
            "suppressed": option["suppressed"],
        }
        for option in options
    ]


def likert_rows(question: dict, figures: Figures) -> list[dict]:
    """Rows of a battery; one with any hidden count is shown as kept back."""
    names = {row["code"]: words(row["text"]) for row in question["rows"]}
    rows = []
    for row in figures["rows"]:
        steps = [option for option in row["options"] if option["code"] != "dont_know"]
        hidden = any(option["suppressed"] for option in steps)
        shares = [] if hidden else [percent(option["share"]) or 0 for option in steps]
        rows.append({"label": names[row["code"]], "shares": shares, "base": row["base"], "suppressed": hidden})
    return rows


def scale_words(question: dict) -> list[str]:
    return [words(step["text"]) for step in question["scale"]]


def number_facts(question: dict, figures: Figures) -> list[tuple[str, str]]:
    names = {
        "mean": _("Mean"),
        "median": _("Median"),
        "lower_quartile": _("A quarter is at or below"),
        "upper_quartile": _("A quarter is at or above"),
        "q1": _("A quarter is at or below"),
        "q3": _("A quarter is at or above"),
        "minimum": _("Smallest"),
        "maximum": _("Largest"),
    }
    unit = words(question.get("unit"))
    return [(name, with_unit(figures[key], unit)) for key, name in names.items() if figures.get(key) is not None]


def ranking_rows(question: dict, figures: Figures) -> list[list[str]]:
    """Options from the highest score: name, score, mean rank, share of first places."""
    labels, kept = labels_of(question), _("not shown")
    ordered = sorted(figures["options"], key=lambda option: (option.get("borda") is None, -(option.get("borda") or 0)))
    return [
        [
            labels[option["code"]],
            kept if option.get("borda") is None else in_words(option["borda"]),
            kept if option.get("mean_rank") is None else number_format(option["mean_rank"], 2),
            kept if option["suppressed"] else with_unit(percent(option["share"]), "%"),
        ]
        for option in ordered
    ]


UNSTATED = "not_answered"


def crosses(question: dict, figures: Figures, profiles: dict[str, dict]) -> list[dict]:
    """The question's cross-tables by profile questions, in words."""
    labels = labels_of(question)
    return [
        cross(words(profile["text"]), labels_of(profile), labels, figures["crosstabs"][code])
        for code, profile in profiles.items()
        if code in figures.get("crosstabs", {})
    ]


def cross(title: str, rows: dict[str, str], columns: dict[str, str], table: Figures) -> dict:
    nothing = _("No answer")
    return {
        "title": title,
        "columns": [columns.get(column["code"], nothing) for column in table["columns"]],
        "rows": [
            {
                "label": rows.get(row["code"], nothing),
                "total": row["total"],
                "cells": [
                    {"text": cell_words(cell), "share": percent(cell["share"]), "suppressed": cell["suppressed"]}
                    for cell in row["cells"]
                ],
            }
            for row in table["rows"]
            if row["total"] != 0
        ],
        "note": test_words(table.get("test")),
    }


def cell_words(cell: Figures) -> str:
    if cell["count"] is None:
        return ""
    return (
        str(cell["count"]) if cell["share"] is None else f"{cell['count']} ({with_unit(percent(cell['share']), '%')})"
    )


def test_words(test: Figures | None) -> str:
    """What the test of independence says; the respondents chose themselves, so it is a hint and no proof."""
    if not test or test["p"] is None:
        return ""
    strength = test.get("cramers_v")
    found = _("Test of independence: p = %(p)s, Cramér's V = %(v)s.") % {
        "p": number_format(test["p"], 3),
        "v": "–" if strength is None else number_format(strength, 2),
    }
    if test.get("p_holm") is not None:
        told = _("Corrected for %(n)s tests in this report: p = %(p)s.")
        found += " " + told % {"n": test.get("batch"), "p": number_format(test["p_holm"], 3)}
    low = _("Many cells are small, so the test is rough.") if test.get("low_expected") else ""
    return f"{found} {low}".strip()
