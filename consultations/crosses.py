"""Cross-tables of frozen figures in the reader's words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from platform_core.ground.ui.components.numbers import in_words, with_unit

from .answering import words
from .charts import labels_of, percent
from .questions.kinds import names

Figures = dict[str, Any]
REMARKABLE = 2.0  # adjusted residuals beyond it depart from what chance alone would give
MANY = 12  # answers; of more those that nobody gave are left out
BESIDE = 4  # so many groups stand beside each other as columns; more are rows


def parts_of(question: Mapping[str, Any], figures: Figures) -> list[tuple[str, Figures]]:
    """The rows of a battery with their names, or the question itself without one."""
    if "rows" not in figures:
        return [("", figures)]
    told = names(question, "rows")
    return [(told.get(row["code"], row["code"]), row) for row in figures["rows"]]


def crosses(question: Mapping[str, Any], figures: Figures, profiles: Mapping[str, Any]) -> list[Figures]:
    """One table per profile question; the rows of a battery follow one another in it."""
    labels, parts = labels_of(question), parts_of(question, figures)
    found = []
    for code, profile in profiles.items():
        told = [(name, part["crosstabs"][code]) for name, part in parts if code in part.get("crosstabs", {})]
        if told:
            found.append(cross(words(profile["text"]), labels_of(profile), labels, told))
    return found


def cross(title: str, groups: Mapping, answers: Mapping, parts: list[tuple[str, Figures]]) -> Figures:
    """`parts` are tables of the same groups and answers, each with its name; up to four groups are columns."""
    lines = parts[0][1]["rows"]
    shown = [place for place, row in enumerate(lines) if row["total"] != 0]
    named = [(name, Told(table, answers)) for name, table in parts]
    labels = [groups.get(lines[place]["code"], _("No answer")) for place in shown]
    beside = len(shown) <= BESIDE
    tests = [(name, *test) for name, table in named for test in table.tests()]
    alone = [test[:2] for test in tests] == [("", "")]
    return {
        "title": title,
        "columns": with_totals(labels, shown, parts) if beside else [label for _place, label in named[0][1].columns],
        "rows": [
            line
            for name, table in named
            for line in [*heading(name), *(table.by_answer(shown) if beside else table.by_group(shown, labels))]
        ],
        "note": test_words(tests[0][2]) if alone else "",
        "is_long": len(parts) > 1,
        "tests": None if alone or not tests else tests_table(title, tests),
    }


def beside(question: Mapping[str, Any], figures: Figures, profiles: Mapping[str, Any]) -> list[Figures]:
    """The rows of a battery as a chart per group, where groups are few and anything can be drawn."""
    found = []
    for code, profile in profiles.items() if question["type"] == "likert" else ():
        named = [
            (name, part["crosstabs"][code]) for name, part in parts_of(question, figures) if code in part["crosstabs"]
        ]
        lines = named[0][1]["rows"] if named else []
        groups = [place for place, row in enumerate(lines) if row["total"] != 0]
        labels = labels_of(profile)
        told = [
            {
                "title": labels.get(lines[place]["code"], _("No answer")),
                "rows": [chart_row(name, table["rows"][place]) for name, table in named],
            }
            for place in groups
        ]
        if len(groups) <= BESIDE and not all(row["suppressed"] for chart in told for row in chart["rows"]):
            found += told
    return found


def chart_row(name: str, row: Figures) -> Figures:
    """One with any hidden count is shown as kept back; shares are of those who gave a step."""
    counts = [cell["count"] for cell in row["cells"]]
    base = None if None in counts else sum(counts)
    shares = [percent(count / base) for count in counts] if base else []
    return {"label": name, "shares": shares, "base": base, "suppressed": not base}


def with_totals(labels: list[str], shown: list[int], parts: list[tuple[str, Figures]]) -> list[str]:
    """Names of groups with their size, where it is the same in all tables."""
    sizes = [{table["rows"][place]["total"] for _name, table in parts} for place in shown]
    return [
        f"{label} ({in_words(*size)})" if len(size) == 1 and None not in size else label
        for label, size in zip(labels, sizes, strict=True)
    ]


def heading(name: str) -> list[Figures]:
    return [{"label": name, "is_heading": True, "cells": [], "total": None}] if name else []


class Told:
    """One table with the places and words of its columns; of many answers those that nobody gave are left out."""

    def __init__(self, table: Figures, answers: Mapping) -> None:
        self.table, self.residuals = table, residuals(table)
        self.columns = [
            (place, answers.get(column["code"], _("No answer")))
            for place, column in enumerate(table["columns"])
            if len(table["columns"]) <= MANY or column.get("total") != 0
        ]

    def by_answer(self, shown: list[int]) -> Iterator[Figures]:
        for place, label in self.columns:
            cells = [self.cell(self.table["rows"][group], place) for group in shown]
            yield {"label": label, "cells": cells, "total": None}

    def by_group(self, shown: list[int], labels: list[str]) -> Iterator[Figures]:
        for group, label in zip(shown, labels, strict=True):
            row = self.table["rows"][group]
            cells = [self.cell(row, place) for place, _label in self.columns]
            yield {"label": label, "cells": cells, "total": row["total"]}

    def cell(self, row: Figures, place: int) -> Figures:
        told = row["cells"][place]
        residual = self.residuals.get((row["code"], self.table["columns"][place]["code"]))
        return {
            "text": cell_words(told),
            "share": percent(told["share"]),
            "suppressed": told["suppressed"],
            "more": more_words(told, residual),
        }

    def tests(self) -> Iterator[tuple[str, Figures]]:
        """What is tested, in words, with its test: the whole table, an option, or a pair of options."""
        if self.table.get("test"):
            yield "", self.table["test"]
        for place, label in self.columns:
            if (column := self.table["columns"][place]).get("test"):
                yield label, column["test"]


def residuals(table: Figures) -> dict[tuple, float]:
    """Adjusted residuals by the codes of row and column, where the published cells settle them."""
    tests = [table.get("test"), *(column.get("test") for column in table["columns"]), *flat(table.get("tests") or [])]
    return {
        (row, column): residual
        for test in tests
        if test and "residuals" in test
        for row, line in zip(test["rows"], test["residuals"], strict=True)
        for column, residual in zip(test["columns"], line, strict=True)
        if residual is not None
    }


def flat(tests: Iterable) -> Iterator[Figures]:
    for test in tests:
        if isinstance(test, list):
            yield from flat(test)
        else:
            yield test


def cell_words(cell: Figures) -> str:
    if cell["count"] is None:
        return ""
    return (
        str(cell["count"]) if cell["share"] is None else f"{cell['count']} ({with_unit(percent(cell['share']), '%')})"
    )


def more_words(cell: Figures, residual: float | None) -> list[str]:
    """Below the count: its share of all who gave the answer, and how far it departs from chance."""
    if cell["suppressed"]:
        return []
    found = []
    if cell.get("column_share") is not None:
        share = with_unit(percent(cell["column_share"]), "%")
        found.append(_("%(share)s of this answer") % {"share": share})
    if residual is not None:
        found.append(residual_words(residual))
    return found


def residual_words(residual: float) -> str:
    """▲ and ▼ stand before the words, so that neither colour nor sign alone tells it."""
    number = number_format(round(residual, 1) or 0.0, 1)
    if residual > REMARKABLE:
        return _("▲ more than expected, r = %(r)s") % {"r": number}
    if residual < -REMARKABLE:
        return _("▼ fewer than expected, r = %(r)s") % {"r": number}
    return f"r = {number}"


def reading_words() -> str:
    """How a cell is read."""
    return _(
        "Each cell tells how many of the group gave the answer and, in brackets, their share of the group; below stand the "
        "group's share of all who gave this answer and the adjusted residual r. Beyond 2 or −2 the cell departs from what "
        "chance alone would give: ▲ more, ▼ fewer than expected."
    )


def method_words(test: Figures) -> str:
    told = {
        "chi2": _("Chi-square test"),
        "fisher": _("Fisher's exact test"),
        "monte_carlo": _("Monte Carlo test"),
        "mann_whitney": _("Mann–Whitney test"),
        "kruskal": _("Kruskal–Wallis test"),
    }
    return told.get(test.get("method", ""), _("Test of independence"))


def test_words(test: Figures | None) -> str:
    """What the test of independence says; the respondents chose themselves, so it is a hint and no proof."""
    if not test or test["p"] is None:
        return ""
    strength = test.get("cramers_v")
    found = _("%(method)s: p %(p)s, Cramér's V = %(v)s.") % {
        "method": method_words(test),
        "p": p_sign(test["p"]),
        "v": "–" if strength is None else number_format(strength, 2),
    }
    low = _("Many cells are small, so the test is rough.") if test.get("low_expected") else ""
    return " ".join(filter(None, (found, correction(test), low)))


def correction(test: Figures) -> str:
    """What remains of a test that was made together with others; nothing of one that was not."""
    if test.get("p_holm") is None:
        return ""
    told = _("Corrected for the %(n)s tests made together: p %(p)s.")
    return told % {"n": test.get("batch"), "p": p_sign(test["p_holm"])}


def tests_table(title: str, tests: list[tuple[str, str, Figures]]) -> Figures:
    """Several tests of one table: what is tested, by which method, with what result."""
    rows = [
        [
            ": ".join(part for part in (name, answer) if part),
            method_words(test),
            p_words(test.get("p")),
            p_words(test.get("p_holm")),
            number(test.get("cramers_v"), 2),
        ]
        for name, answer, test in tests
    ]
    head = [_("Answer"), _("Test"), "p", _("p, corrected"), _("Cramér's V")]
    return {"caption": _("Tests: %(question)s") % {"question": title}, "head": head, "rows": rows}


def p_words(p: float | None) -> str:
    """A probability; one too small for three digits is told as smaller than the smallest of these."""
    if p is None:
        return "–"
    return f"< {number_format(0.001, 3)}" if p < 0.001 else number_format(p, 3)


def p_sign(p: float) -> str:
    told = p_words(p)
    return told if told.startswith("<") else f"= {told}"


def number(value: float | None, digits: int) -> str:
    return "–" if value is None else number_format(value, digits)
