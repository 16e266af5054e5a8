"""One question's figures as parts of a page or a paper: charts, tables, facts and how many they stand on."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.components.numbers import in_words, with_unit
from platform_core.ground.ui.languages import native_name

from . import charts, crosses, groups, sensitivity
from .answering import words
from .questions.days import in_words as day_words
from .questions.kinds import names
from .questions.places import region_words

Figures = dict[str, Any]
GIVEN = {"text", "long_text", "organisation", "email", "url", "file"}


def block(
    question: dict, figures: Figures, profiles: dict[str, dict], day: str, views: sensitivity.Views | None = None
) -> Figures:
    """What one question's part needs: any of `bars`, `charts`, `likert`, `tables`, `facts`, `given` beside title and base.

    `profiles` are the questions it is compared by; `views` other ways to read the same figures.
    """
    found = {
        "code": question["code"],
        "kind": question["type"],
        "title": words(question["text"]),
        "base": charts.base_words(figures, day),
        "reach": charts.reach_words(figures),
        "note": charts.note(figures),
        "bars": [],
        "charts": [],
        "unit": "%",
        "tables": [],
        "facts": [],
        "beside": crosses.beside(question, figures, profiles),
        "crosses": crosses.crosses(question, figures, profiles),
        "groups": groups.group_tables(question, figures, profiles),
        "without": sensitivity.without_table(question, figures),
        "weighted": sensitivity.weighted_table(question, figures, views) if views else None,
    }
    if question["type"] in GIVEN:
        return found | {"given": figures.get("base"), "is_given": True, "tables": language_tables(figures)}
    found |= PARTS.get(question["type"], bars_part)(question, figures)
    return found | {"tables": [{"caption": found["title"], **table} for table in found["tables"]]}


def bars_part(question: dict, figures: Figures) -> Figures:
    return {"bars": charts.bars(question, figures)}


def language_tables(figures: Figures) -> list[Figures]:
    """In which languages the words were written."""
    languages = [one for one in figures.get("languages") or [] if one["base"] != 0]
    rows = [[native_name(interface_code(one["code"])), groups.counted(one["base"])] for one in languages]
    return [{"caption": _("Languages of the texts"), "head": [_("Language"), _("Texts")], "rows": rows}] if rows else []


def multiple_part(question: dict, figures: Figures) -> Figures:
    """Ticks on both bases: of those who answered, and of all ticks."""
    labels = charts.labels_of(question)
    rows = [
        [
            labels.get(option["code"], option["code"]),
            groups.counted(option["count"]),
            option_words(option),
            mention_words(option),
        ]
        for option in figures["options"]
    ]
    head = [_("Answer"), _("Ticks"), _("Share of respondents"), _("Share of mentions")]
    if figures.get("mentions") is None:
        note = _("Shares of mentions are told only where no answer is kept back.")
    else:
        note = _("%(n)s mentions in all; several answers were possible.") % {"n": in_words(figures["mentions"])}
    table = {"caption": _("Respondents and mentions"), "head": head, "rows": rows, "note": note}
    return {"bars": charts.bars(question, figures), "tables": [table]}


def mention_words(option: Figures) -> str:
    share = option.get("mention_share")
    return _("not shown") if share is None else with_unit(charts.percent(share), "%")


def likert_part(question: dict, figures: Figures) -> Figures:
    found = {"likert": charts.likert_rows(question, figures), "scale": charts.scale_words(question)}
    found["tables"] = [groups.steps_table(question, figures)]
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
    if figures.get("complete") is not None:
        facts.append((_("Complete rankings"), in_words(figures["complete"])))
    rows = charts.ranking_rows(question, figures)
    table = {"head": head, "rows": rows, "note": ranking_rule(len(figures["options"]))}
    return {"tables": [table], "facts": facts, "bars": charts.score_bars(question, figures, "borda"), "unit": ""}


def ranking_rule(size: int) -> str:
    return _(
        "Score: of %(n)s answers the first gets %(most)s points, the next one less, and so on down to 0. Who ranks only some "
        "gives those left out equal shares of the points not given, so every ranking gives the same number of points. The "
        "mean rank is of those who ranked the answer. In pairs, an answer left out stands below those ranked."
    ) % {"n": size, "most": size - 1}


def number_part(question: dict, figures: Figures) -> Figures:
    unit = words(question.get("unit"))
    facts = charts.number_facts(question, figures)
    if figures.get("mean_low") is not None:
        interval = f"{in_words(figures['mean_low'])} – {in_words(figures['mean_high'])}"
        facts.insert(1, (_("Interval of the mean, 95 per cent"), f"{interval} {unit}".strip()))
    facts += charts.robust_facts(question, figures)
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
    if (figures.get("top_two") or {}).get("share") is not None:
        name = _("The two highest steps together, with interval")
        facts.append((name, groups.top_words(figures["top_two"])))
    return {"bars": charts.option_bars(figures["options"], str), "facts": facts}


def matrix_part(question: dict, figures: Figures) -> Figures:
    """A chart per row; the table tells on how many answers each stands."""
    columns, rows = names(question, "columns"), names(question, "rows")
    lines, drawn = [], []
    for row in figures["rows"]:
        name, told = rows.get(row["code"], row["code"]), {option["code"]: option for option in row["options"]}
        shares = [cell_words(told[code]) if code in told else "–" for code in columns]
        lines.append([name, *shares, *(groups.counted(row.get(reach)) for reach in ("base", "not_answered"))])
        bars = charts.option_bars(row["options"], lambda code: columns.get(code, code))
        drawn.append({"title": name, "bars": bars, "note": charts.note(row)})
    head = [_("Row"), *columns.values(), _("Answered"), _("Not answered")]
    note = _("In brackets the share of all ticks of the row.") if question["type"] == "matrix_multiple" else ""
    return {"charts": drawn, "tables": [{"head": head, "rows": lines, "note": note}]}


def cell_words(option: Figures) -> str:
    mentions = option.get("mention_share")
    told = option_words(option)
    return told if mentions is None else f"{told} ({mention_words(option)})"


def option_words(option: Figures) -> str:
    return _("not shown") if option["suppressed"] else charts.share_words(option["share"])


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
    unit = "%" if figures.get("total", 100) == 100 else ""
    return {
        "tables": [{"head": head, "rows": lines}],
        "bars": charts.score_bars(question, figures, "mean"),
        "unit": unit,
    }


def date_part(question: dict, figures: Figures) -> Figures:
    named = {"median": _("Median"), "minimum": _("Earliest"), "maximum": _("Latest")}
    facts = [(name, day_words(str(figures[key]))) for key, name in named.items() if figures.get(key)]
    return {"facts": facts, "bars": charts.option_bars(figures.get("periods") or [], str)}


def region_part(question: dict, figures: Figures) -> Figures:
    return {"bars": charts.option_bars(figures["options"], lambda code: region_words(question, code))}


PARTS = {
    "multiple": multiple_part,
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
