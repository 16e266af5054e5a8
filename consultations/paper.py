"""The report of results as a paper: every chart as a table, and how the figures came about. Words of the active language."""

import re

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _, ngettext

from platform_core.ground.texts.wikitext import Part
from platform_core.ground.ui.components.numbers import with_unit

from .crosses import reading_words
from .models import ResultSet
from .presentation import results_context

MARKS = re.compile(r"([\\`*_{}\[\]<>#|!~^$=+-])")


def plain(words) -> str:
    """Words on one line that Markdown leaves as they are."""
    return MARKS.sub(r"\\\1", " ".join(str(words).split()))


def title_of(results: ResultSet) -> str:
    return _("Results of the consultation: %(title)s") % {"title": results.consultation.title}


def parts(results: ResultSet) -> list[Part]:
    told = results_context(results.consultation, results)
    found = [Part(method(results), _("Method"))]
    if told["representation"]:
        found.append(Part(who_answered(told), _("Who answered")))
    if told["campaigns"]:
        found.append(Part(campaigns(told["campaigns"]), _("Campaigns")))
    for title, blocks in told["sections"]:
        found.append(Part("\n\n".join(block_text(block) for block in blocks), plain(title)))
    return found


def who_answered(told: dict) -> str:
    pieces = []
    for one in told["representation"]:
        pieces += [f"**{plain(one['caption'])}**", table(one["head"], one["rows"])]
        pieces += ["\n".join(f"- {plain(note)}" for note in one["notes"])] if one["notes"] else []
    return "\n\n".join([*pieces, *([plain(told["raked"])] if told["raked"] else [])])


def campaigns(lines: list[str]) -> str:
    told = _(
        "Some answers came in groups of like ones. They are counted like all others, and each question is also shown "
        "without them:"
    )
    return "\n".join([plain(told), "", *(f"- {plain(line)}" for line in lines)])


def method(results: ResultSet) -> str:
    """What a reader needs to judge the figures, and to ask for the same ones again."""
    version, told = results.questionnaire, results.figures["method"]
    base = ngettext("%(n)s answer was counted.", "%(n)s answers were counted.", results.base)
    kept = _(
        "Groups with fewer answers than %(n)s are not shown, and where needed a second one, so that none can be worked out."
    )
    withheld = ngettext("%(n)s figure is withheld.", "%(n)s figures are withheld.", withheld_in(results.figures))
    lines = [
        base % {"n": number_format(results.base)},
        _("Those who answered chose to do so: the figures show what they said and not what everybody thinks."),
        _("Intervals are Wilson intervals at 95 %; they show how far chance alone could reach."),
        f"{kept % {'n': told['threshold']}} {withheld % {'n': number_format(withheld_in(results.figures))}}",
        _("Questionnaire: version %(n)s, SHA-256 %(hash)s") % {"n": version.number, "hash": version.sha256},
        _("Figures: computed %(day)s, SHA-256 %(hash)s")
        % {"day": date_format(results.computed_at, "DATE_FORMAT"), "hash": results.sha256},
        *input_words(results.figures.get("input")),
        reading_words(),
    ]
    if results.left_out:
        left = ngettext("%(n)s question is not published.", "%(n)s questions are not published.", len(results.left_out))
        lines.insert(4, left % {"n": len(results.left_out)})
    if results.consultation.is_demonstration:
        lines.insert(0, _("The answers behind these figures are generated demonstration data."))
    return "\n".join(f"- {plain(line)}" for line in lines)


def input_words(told: dict | None) -> list[str]:
    """What the figures were computed from; figures of earlier times do not tell it."""
    if told is None:
        return []
    versions = ", ".join(told["versions"])
    line = _("Answers behind them: %(n)s, to version %(versions)s of the questions, fingerprint %(hash)s")
    return [line % {"n": number_format(told["answers"]), "versions": versions or "–", "hash": told["fingerprint"]}]


def withheld_in(part) -> int:
    """How many counts of the figures are kept back."""
    if isinstance(part, list):
        return sum(map(withheld_in, part))
    if not isinstance(part, dict):
        return 0
    return (part.get("suppressed") is True) + sum(map(withheld_in, part.values()))


def block_text(block: dict) -> str:
    pieces = [f"### {plain(block['title'])}"]
    pieces += [f"- {plain(name)}: {plain(value)}" for name, value in block["facts"]]
    if block.get("likert"):
        pieces.append(likert_table(block))
    elif block["bars"] and block["unit"] == "%" and block["kind"] != "budget":
        pieces.append(bar_table(block["bars"]))
    pieces += [titled_table(one) for one in block["tables"]]
    if block.get("coded"):
        pieces.append(f"**{plain(block['coded']['title'])}**\n\n{bar_table(block['coded']['bars'])}")
    for one in block["crosses"]:
        pieces.append(cross_text(one))
    others = [*block["groups"], block["without"], block["weighted"]]
    pieces += [titled_table(one) for one in others if one]
    pieces += [f"- “{plain(quote.text)}”{f' ({plain(quote.name)})' if quote.name else ''}" for quote in block["quotes"]]
    pieces += [f"*{plain(line)}*" for line in (given_words(block), block["reach"], block["note"]) if line]
    return "\n\n".join(pieces)


def titled_table(one: dict) -> str:
    pieces = [f"**{plain(one['caption'])}**"] if one.get("caption") else []
    pieces.append(table(one["head"], one["rows"]))
    pieces += [f"*{plain(one['note'])}*"] if one.get("note") else []
    return "\n\n".join(pieces)


def cross_text(cross: dict) -> str:
    """A cross-table, the test below; what the page tells by tint stands in words."""
    totals = any(row["total"] is not None for row in cross["rows"])
    head = ["", *cross["columns"], *([_("Answers")] if totals else [])]
    rows = [cross_line(row, len(cross["columns"]), totals) for row in cross["rows"]]
    pieces = [f"**{plain(cross['title'])}**", table(head, rows)]
    pieces += [f"*{plain(cross['note'])}*"] if cross["note"] else []
    pieces += [titled_table(cross["tests"])] if cross["tests"] else []
    return "\n\n".join(pieces)


def cross_line(row: dict, width: int, totals: bool) -> list[str]:
    if row.get("is_heading"):
        return [row["label"], *[""] * (width + totals)]
    cells = [
        _("not shown") if cell["suppressed"] else "; ".join([cell["text"], *cell["more"]]) for cell in row["cells"]
    ]
    total = ["–" if row["total"] is None else number_format(row["total"])]
    return [row["label"], *cells, *(total if totals else [])]


def given_words(block: dict) -> str:
    if not block.get("is_given"):
        return str(block["base"])
    if block["given"] is None:
        return _("Too few people wrote something to say how many.")
    told = ngettext("%(n)s person wrote something.", "%(n)s people wrote something.", block["given"])
    return told % {"n": block["given"]}


def bar_table(bars: list[dict]) -> str:
    head = [_("Answer"), _("Answers"), _("Share"), _("95% interval")]
    return table(head, [bar_row(bar) for bar in bars])


def bar_row(bar: dict) -> list[str]:
    if bar["suppressed"]:
        return [bar["label"], _("not shown"), "–", "–"]
    low, high = bar["low"], bar["high"]
    interval = "–" if low is None else f"{number_format(low, 1)} – {with_unit(high, '%')}"
    share = "–" if bar["value"] is None else with_unit(bar["value"], "%")
    return [bar["label"], "–" if bar["count"] is None else number_format(bar["count"]), share, interval]


def likert_table(block: dict) -> str:
    head = [_("Row"), *block["scale"], _("Answers")]
    hidden = [_("not shown")] * len(block["scale"])
    rows = [
        [
            row["label"],
            *(hidden if row["suppressed"] else [with_unit(share, "%") for share in row["shares"]]),
            "–" if row["base"] is None else number_format(row["base"]),
        ]
        for row in block["likert"]
    ]
    return table(head, rows)


def table(head, rows) -> str:
    lines = [line(head), line(["---"] * len(head), raw=True), *(line(row) for row in rows)]
    return "\n".join(lines)


def line(cells, raw: bool = False) -> str:
    return "| " + " | ".join(cell if raw else plain(cell) or " " for cell in cells) + " |"
