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


def share_words(share: float | None) -> str:
    return "–" if share is None else with_unit(percent(share), "%")


def labels_of(question: dict) -> dict[str, str]:
    """Words for every code an answer to the question can have."""
    if question["type"] == "country":
        return {**vocabulary.country_labels(), "other": _("Another country")}
    if question["type"] == "rating":
        return {str(point): str(point) for point in range(1, question["max"] + 1)}
    if question["type"] == "consent":
        return {"yes": _("Agreed"), "no": _("Did not agree")}
    parts = [part for name in ("options", "scale", "columns") for part in question.get(name) or ()]
    found = {part["code"]: words(part["text"]) for part in parts}
    return {**found, "dont_know": found.get("dont_know", _("Don't know"))}


def base_words(figures: Figures, day: str) -> str:
    """How many answers the shares are shares of, and of which day."""
    base = figures.get("base") if figures.get("share_of") == "base" else figures.get(figures.get("share_of") or "base")
    if base is None and (bases := [row["base"] for row in figures.get("rows", []) if row.get("base")]):
        return _("Base: at most %(n)s answers to a row, %(day)s") % {"n": max(bases), "day": day}
    if base is None:
        return _("Too few answers to say how many, %(day)s") % {"day": day}
    return ngettext("Base: %(n)s answer, %(day)s", "Base: %(n)s answers, %(day)s", base) % {"n": base, "day": day}


def reach_words(figures: Figures) -> str:
    """To how many a question was shown, and what became of it."""
    told = [(_("shown to %(n)s"), figures.get("shown"))]
    if "base" in figures:
        told += [
            (_("answered by %(n)s"), figures["base"]),
            (_("don't know %(n)s"), figures.get("dont_know")),
            (_("not answered %(n)s"), figures.get("not_answered")),
        ]
    used = [(line, number) for place, (line, number) in enumerate(told) if number != 0 or place < 2]
    parts = [line % {"n": "–" if number is None else in_words(number)} for line, number in used]
    line = ", ".join(parts)
    return f"{line[:1].upper()}{line[1:]}." if line else ""


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


def robust_facts(question: dict, figures: Figures) -> list[tuple[str, str]]:
    """Where the middle may lie, and a spread that single large numbers do not move."""
    unit, found = words(question.get("unit")), []
    if figures.get("median_low") is not None and figures.get("median_high") is not None:
        interval = f"{in_words(figures['median_low'])} – {with_unit(figures['median_high'], unit)}"
        found.append((_("Interval of the median, 95 per cent"), interval))
    names = {
        "interquartile_range": _("Between the quartiles (interquartile range)"),
        "median_deviation": _("Half lie within this distance of the median (median absolute deviation)"),
        "trimmed_mean": _("Mean without a tenth at each end (trimmed mean)"),
    }
    return found + [
        (name, with_unit(figures[key], unit)) for key, name in names.items() if figures.get(key) is not None
    ]


def score_bars(question: dict, figures: Figures, measure: str) -> list[dict]:
    """Means or scores of options, the highest first, with the interval where there is one."""
    labels = labels_of(question)
    ordered = sorted(figures["options"], key=lambda option: (option.get(measure) is None, -(option.get(measure) or 0)))
    is_mean = measure == "mean"
    return [
        {
            "label": labels.get(option["code"], option["code"]),
            "value": option.get(measure),
            "low": option.get("low") if is_mean else None,
            "high": option.get("high") if is_mean else None,
            "count": option.get("count") if is_mean else None,
            "suppressed": option.get(measure) is None,
        }
        for option in ordered
    ]


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
