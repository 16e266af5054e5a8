"""One question's figures as parts of a page or a paper: charts, tables, facts and how many they stand on."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from platform_core.ground.ui.components.numbers import in_words, with_unit

from . import charts
from .answering import words
from .questions.days import in_words as day_words
from .questions.kinds import names
from .questions.places import region_words

Figures = dict[str, Any]
GIVEN = {"text", "long_text", "organisation", "email", "url", "file"}


def block(question: dict, figures: Figures, profiles: dict[str, dict], day: str) -> Figures:
    """What one question's part needs: any of `bars`, `likert`, `tables`, `facts`, `given` beside title and base."""
    found = {
        "code": question["code"],
        "kind": question["type"],
        "title": words(question["text"]),
        "base": charts.base_words(figures, day),
        "note": charts.note(figures),
        "bars": [],
        "tables": [],
        "facts": [],
        "crosses": charts.crosses(question, figures, profiles),
    }
    if question["type"] in GIVEN:
        return found | {"given": figures.get("base"), "is_given": True}
    found |= PARTS.get(question["type"], bars_part)(question, figures)
    found["tables"] += group_tables(question, figures, profiles)
    return found


def bars_part(question: dict, figures: Figures) -> Figures:
    return {"bars": charts.bars(question, figures)}


def likert_part(question: dict, figures: Figures) -> Figures:
    found = {"likert": charts.likert_rows(question, figures), "scale": charts.scale_words(question)}
    battery = figures.get("reliability") or {}
    if battery.get("alpha") is not None:
        found["facts"] = [
            (_("Reliability of the rows together (Cronbach's alpha)"), number_format(battery["alpha"], 2))
        ]
    return found


def ranking_part(question: dict, figures: Figures) -> Figures:
    head = [_("Answer"), _("Score"), _("Mean rank"), _("Share of first places")]
    facts = []
    if figures.get("kendall_w") is not None:
        facts.append((_("Agreement among complete rankings (Kendall's W)"), number_format(figures["kendall_w"], 2)))
    if winner := figures.get("condorcet_winner"):
        facts.append((_("Preferred to every other in pairs"), charts.labels_of(question).get(winner, winner)))
    return {"tables": [{"head": head, "rows": charts.ranking_rows(question, figures)}], "facts": facts}


def number_part(question: dict, figures: Figures) -> Figures:
    unit = words(question.get("unit"))
    facts = charts.number_facts(question, figures)
    if figures.get("mean_low") is not None:
        interval = f"{in_words(figures['mean_low'])} – {in_words(figures['mean_high'])}"
        facts.insert(1, (_("Interval of the mean, 95 per cent"), f"{interval} {unit}".strip()))
    return {"facts": facts, "bars": charts.option_bars(figures.get("bins") or [], lambda code: f"≥ {code}")}


def rating_part(question: dict, figures: Figures) -> Figures:
    facts = []
    mean = figures.get("mean") or {}
    if mean.get("value") is not None:
        told = _("%(mean)s of %(most)s, interval %(low)s – %(high)s")
        values = {
            name: number_format(mean[key], 2) for name, key in (("mean", "value"), ("low", "low"), ("high", "high"))
        }
        facts.append((_("Mean"), told % {**values, "most": question["max"]}))
    if figures.get("median") is not None:
        facts.append((_("Median"), number_format(figures["median"], 1)))
    return {"bars": charts.option_bars(figures["options"], str), "facts": facts}


def matrix_part(question: dict, figures: Figures) -> Figures:
    columns, rows = names(question, "columns"), names(question, "rows")
    lines = []
    for row in figures["rows"]:
        told = {option["code"]: share_words(option) for option in row["options"]}
        lines.append([rows.get(row["code"], row["code"]), *(told.get(code, "–") for code in columns)])
    return {"tables": [{"head": [_("Row"), *columns.values()], "rows": lines}]}


def share_words(option: Figures) -> str:
    if option["suppressed"]:
        return _("not shown")
    return "–" if option["share"] is None else with_unit(charts.percent(option["share"]), "%")


def budget_part(question: dict, figures: Figures) -> Figures:
    labels, lines = names(question), []
    for option in figures["options"]:
        if option["suppressed"] or option["mean"] is None:
            lines.append([labels.get(option["code"], option["code"]), _("not shown"), "–", "–"])
            continue
        interval = (
            "–" if option["low"] is None else f"{number_format(option['low'], 1)} – {number_format(option['high'], 1)}"
        )
        median = "–" if option["median"] is None else number_format(option["median"], 1)
        lines.append([labels.get(option["code"], option["code"]), number_format(option["mean"], 1), interval, median])
    head = [_("Answer"), _("Mean share"), _("Interval, 95 per cent"), _("Median")]
    return {"tables": [{"head": head, "rows": lines}]}


def date_part(question: dict, figures: Figures) -> Figures:
    named = {"median": _("Median"), "minimum": _("Earliest"), "maximum": _("Latest")}
    facts = [(name, day_words(str(figures[key]))) for key, name in named.items() if figures.get(key)]
    return {"facts": facts, "bars": charts.option_bars(figures.get("periods") or [], str)}


def region_part(question: dict, figures: Figures) -> Figures:
    return {"bars": charts.option_bars(figures["options"], lambda code: region_words(question, code))}


PARTS = {
    "likert": likert_part,
    "ranking": ranking_part,
    "number": number_part,
    "slider": number_part,
    "rating": rating_part,
    "matrix": matrix_part,
    "matrix_multiple": matrix_part,
    "budget": budget_part,
    "date": date_part,
    "region": region_part,
}


def group_tables(question: dict, figures: Figures, profiles: dict[str, dict]) -> list[Figures]:
    """Means of a number by group, where they are told."""
    found = []
    for code, profile in profiles.items():
        rows = ((figures.get("groups") or {}).get(code) or {}).get("rows") or []
        if question["type"] not in {"number", "slider"} or not rows:
            continue
        labels = charts.labels_of(profile)
        lines = [
            [
                labels.get(row["code"], _("No answer")),
                "–" if row.get("base") is None else str(row["base"]),
                _("not shown") if row.get("mean") is None else number_format(row["mean"], 1),
                _("not shown") if row.get("median") is None else number_format(row["median"], 1),
            ]
            for row in rows
        ]
        head = [_("Group"), _("Answers"), _("Mean"), _("Median")]
        found.append({"caption": words(profile["text"]), "head": head, "rows": lines})
    return found


def representation_rows(question: dict, told: Figures) -> Figures:
    """Who answered, against the target where there is one."""
    labels = charts.labels_of(question)
    aimed = any(group.get("target") is not None for group in told["groups"])
    head = [_("Group"), _("Answers"), _("Share"), *([_("Wanted")] if aimed else [])]
    rows = [
        [
            labels.get(group["code"], group["code"]),
            _("not shown") if group["count"] is None else str(group["count"]),
            "–" if group["share"] is None else with_unit(charts.percent(group["share"]), "%"),
            *([str(group.get("target") or "–")] if aimed else []),
        ]
        for group in told["groups"]
        if group["count"] != 0 or group.get("target")
    ]
    return {"caption": words(question["text"]), "head": head, "rows": rows, "notes": representation_notes(labels, told)}


def representation_notes(labels: dict[str, str], told: Figures) -> list[str]:
    notes = []
    if told.get("effective_number") is not None:
        number = number_format(told["effective_number"], 1)
        notes.append(_("As many as if %(n)s groups of equal size had answered (effective number).") % {"n": number})
    if told.get("dominated"):
        largest = told.get("largest") or {}
        name = labels.get(largest.get("code", ""), "") if isinstance(largest, dict) else ""
        notes.append(
            _("One group is more than 40 %% of all: %(name)s. Read the figures with that in mind.") % {"name": name}
        )
    return notes


def campaign_words(told: Figures) -> list[str]:
    """How many answers came in groups of like ones; nothing where there are none."""
    signals = {
        "texts": _("near-identical texts"),
        "vectors": _("identical ticks"),
        "bursts": _("days with unusually many answers"),
    }
    lines = []
    for name, label in signals.items():
        signal = told.get(name) or {}
        if signal.get("count"):
            lines.append(_("%(label)s: %(n)s answers") % {"label": label, "n": signal["count"]})
    return lines
