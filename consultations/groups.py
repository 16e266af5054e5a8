"""Figures of steps in order, and of groups of respondents beside each other, in the reader's words."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from platform_core.ground.ui.components.numbers import in_words, with_unit

from .answering import words
from .charts import labels_of, percent
from .crosses import BESIDE, correction, method_words, number, p_sign, p_words, parts_of

Figures = dict[str, Any]
Rows = list[list[str]]
MEASURES = {"mean": 1, "median": 1, "lower_quartile": 1, "upper_quartile": 1}


def kept() -> str:
    return _("not shown")


def counted(value: int | None) -> str:
    return kept() if value is None else in_words(value)


def figure(value: float | None, digits: int = 1) -> str:
    return kept() if value is None else number_format(value, digits)


def steps_of(question: Mapping[str, Any]) -> list[str]:
    """The steps of an ordered scale in words, from the lowest."""
    if question["type"] == "rating":
        return [str(step) for step in range(1, question["max"] + 1)]
    return [words(step["text"]) for step in question["scale"] if step["code"] != "dont_know"]


def median_words(steps: list[str], median: float | None) -> str:
    """The step in the middle; between two steps both."""
    if median is None:
        return kept()
    low = int(median)
    return steps[low - 1] if median == low else f"{steps[low - 1]} / {steps[low]}"


def top_words(top: Figures | None) -> str:
    if not top or top.get("share") is None:
        return kept()
    share = with_unit(percent(top["share"]), "%")
    if top.get("low") is None:
        return share
    return f"{share} ({in_words(percent(top['low']))} – {in_words(percent(top['high']))})"


def mean_words(mean: Figures | None) -> str:
    if not mean or mean.get("value") is None:
        return kept()
    low, high = mean.get("low"), mean.get("high")
    if low is None or high is None:
        return number_format(mean["value"], 2)
    return f"{number_format(mean['value'], 2)} ({number_format(low, 2)} – {number_format(high, 2)})"


def steps_table(question: Mapping[str, Any], figures: Figures) -> Figures:
    """A line per row of a battery: on how many answers it stands, median, the two highest steps, mean with interval."""
    steps = steps_of(question)
    head = [
        _("Row"),
        _("Answered"),
        _("Don't know"),
        _("Not answered"),
        _("Median"),
        _("Two highest steps"),
        _("Mean"),
    ]
    rows = [
        [
            name or words(question["text"]),
            *(counted(part.get(reach)) for reach in ("base", "dont_know", "not_answered")),
            median_words(steps, part.get("median")),
            top_words(part.get("top_two")),
            mean_words(part.get("mean")),
        ]
        for name, part in parts_of(question, figures)
    ]
    note = _(
        "Steps are counted from 1 (%(lowest)s) to %(n)s (%(highest)s). Intervals at 95 %%; of the mean by resampling."
    )
    values = {"lowest": steps[0], "highest": steps[-1], "n": len(steps)}
    return {"caption": _("Middle and spread"), "head": head, "rows": rows, "note": note % values}


def group_tables(question: Mapping[str, Any], figures: Figures, profiles: Mapping[str, Any]) -> list[Figures]:
    """What is told of groups beside counts, a table per profile question and, where groups are compared, its tests."""
    if question["type"] in {"likert", "rating"}:
        makers = [beside_table, ordered_table, ordered_tests]
    elif question["type"] in {"number", "slider"}:
        makers = [number_table]
    else:
        makers = [TABLES.get(question["type"], given_table)]
    found = [make(question, figures, code, profile) for code, profile in profiles.items() for make in makers]
    return [table for table in found if table and table["rows"]]


def beside_table(question, figures, code, profile) -> Figures | None:
    """The rows of a battery with few groups in columns; None of a single question, and with many groups."""
    parts = [(name, part.get("crosstabs", {}).get(code) or {}) for name, part in parts_of(question, figures)]
    codes = [row["code"] for row in parts[0][1].get("rows", []) if row["total"] != 0]
    if "rows" not in figures or len(codes) > BESIDE:
        return None
    steps, labels, rows = steps_of(question), labels_of(profile), []
    for name, table in parts:
        told = {group["code"]: group for group in table.get("groups") or []}
        cells = [triple(steps, told[group]) if group in told else kept() for group in codes]
        test = table.get("comparison")
        rows.append([name, *cells, effect_of(test) if test else "–", p_words(test.get("p_holm")) if test else "–"])
    head = [
        _("Row"),
        *(labels.get(group, _("No answer")) for group in codes),
        _("Size of the effect"),
        _("p, corrected"),
    ]
    note = _("Of each group the median, the share of the two highest steps and the mean.")
    return {"caption": words(profile["text"]), "head": head, "rows": rows, "note": note}


def triple(steps: list[str], group: Figures) -> str:
    share = with_unit(percent(group["top_two"]["share"]), "%") if group.get("top_two") else "–"
    return f"{median_words(steps, group['median'])}; {share}; {figure(group['mean'], 2)}"


def ordered_table(question, figures, code, profile) -> Figures | None:
    steps, labels, rows = steps_of(question), labels_of(profile), []
    for name, part in parts_of(question, figures):
        table = part.get("crosstabs", {}).get(code) or {}
        rows += [
            [
                *([name] if name else []),
                labels.get(group["code"], _("No answer")),
                counted(group["base"]),
                median_words(steps, group["median"]),
                top_words(group["top_two"]),
                figure(group["mean"], 2),
            ]
            for group in table.get("groups") or []
        ]
        rows += [
            [*([name] if name else []), labels.get(left, _("No answer")), *([kept()] * 4)]
            for left in table.get("left_out") or []
        ]
    first = [_("Row"), _("Group")] if "rows" in figures else [_("Group")]
    head = [*first, _("Answers"), _("Median"), _("Two highest steps"), _("Mean")]
    if "rows" not in figures:
        return {"caption": words(profile["text"]), "head": head, "rows": rows, "note": ""}
    caption = _("Medians and means by group: %(question)s") % {"question": words(profile["text"])}
    return {"caption": caption, "head": head, "rows": rows, "note": "", "is_folded": True}


def ordered_tests(question, figures, code, profile) -> Figures | None:
    tables = [(name, part.get("crosstabs", {}).get(code) or {}) for name, part in parts_of(question, figures)]
    labels, title = labels_of(profile), words(question["text"])
    rows = [
        comparison_row(name or title, table["comparison"], labels) for name, table in tables if table.get("comparison")
    ]
    caption = _("Comparison of the groups: %(question)s") % {"question": words(profile["text"])}
    return {
        "caption": caption,
        "head": comparison_head(),
        "rows": rows,
        "note": effect_words(),
        "is_folded": "rows" in figures,
    }


def comparison_head() -> list[str]:
    return [_("Row"), _("Test"), "p", _("p, corrected"), _("Size of the effect"), _("Groups")]


def comparison_row(name: str, test: Figures, labels: Mapping) -> list[str]:
    return [
        name,
        method_words(test),
        p_words(test.get("p")),
        p_words(test.get("p_holm")),
        effect_of(test),
        ", ".join(labels.get(code, code) for code in test.get("groups", [])),
    ]


def effect_of(test: Figures) -> str:
    effect = test.get("effect") or {}
    names = {"cliffs_delta": _("Cliff's delta"), "epsilon_squared": _("epsilon squared")}
    return f"{names.get(effect.get('name', ''), '')} {number(effect.get('value'), 2)}".strip()


def effect_words() -> str:
    return _(
        "Cliff's delta runs from −1 to 1: above 0 the first group lies higher. Epsilon squared runs from 0 to 1. Groups with "
        "a count that is not shown are left out of the comparison."
    )


def groups_in(figures: Figures, code: str) -> Figures:
    return (figures.get("groups") or {}).get(code) or {}


def number_table(question, figures, code, profile) -> Figures | None:
    told, labels = groups_in(figures, code), labels_of(profile)
    rows = [
        [
            labels.get(row["code"], _("No answer")),
            counted(row.get("base")),
            *(figure(row.get(name), digits) for name, digits in MEASURES.items()),
        ]
        for row in told.get("rows") or []
        if row.get("base") != 0
    ]
    head = [
        _("Group"),
        _("Answers"),
        _("Mean"),
        _("Median"),
        _("A quarter is at or below"),
        _("A quarter is at or above"),
    ]
    note = comparison_words(told["comparison"], labels) if told.get("comparison") else ""
    return {"caption": words(profile["text"]), "head": head, "rows": rows, "note": note}


def comparison_words(test: Figures, labels: Mapping) -> str:
    _name, method, _p, _holm, effect, groups = comparison_row("", test, labels)
    told = _("%(method)s of %(groups)s: p %(p)s; %(effect)s.") % {
        "method": method,
        "groups": groups,
        "p": p_sign(test["p"]),
        "effect": effect,
    }
    return " ".join(filter(None, (told, correction(test), effect_words())))


def scores_table(measure: str, digits: int):
    """Options as rows and groups as columns; `measure` is what is told of an option in a group."""

    def table(question, figures, code, profile) -> Figures | None:
        groups = [row for row in groups_in(figures, code).get("rows") or [] if row.get("base") != 0]
        labels, options = labels_of(profile), labels_of(question)
        scores = [{one["code"]: one.get(measure) for one in row.get("options") or []} for row in groups]
        rows = [
            [
                options.get(option["code"], option["code"]),
                *(figure(score.get(option["code"]), digits) for score in scores),
            ]
            for option in figures["options"]
        ]
        rows.append([_("Answers"), *(counted(row.get("base")) for row in groups)])
        head = [_("Answer"), *(labels.get(row["code"], _("No answer")) for row in groups)]
        names = {"borda": _("Score by group"), "mean": _("Mean share by group")}
        caption = f"{names[measure]}: {words(profile['text'])}"
        return {"caption": caption, "head": head, "rows": rows if groups else [], "note": ""}

    return table


def given_table(question, figures, code, profile) -> Figures | None:
    """How many of each group answered, where nothing else is told of groups."""
    labels = labels_of(profile)
    rows = [
        [labels.get(row["code"], _("No answer")), counted(row.get("total")), counted(row.get("base"))]
        for row in groups_in(figures, code).get("rows") or []
        if row.get("total") != 0
    ]
    head = [_("Group"), _("In the group"), _("Answered")]
    return {"caption": words(profile["text"]), "head": head, "rows": rows, "note": ""}


TABLES = {"ranking": scores_table("borda", 2), "budget": scores_table("mean", 1)}
