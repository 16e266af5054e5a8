"""A run as a workbook: every figure with its year and flag, every step, and the formulas that led from one to the next."""

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from ..diagnosis import methods
from ..measures import PROVENANCES
from ..models import Run, RunArea, RunNode
from ..selectors import readings as selectors
from ..statistics.contributions import NONE
from . import findings, method, robustness, sentences
from .drawings import name_of
from .profile import contributes, figure_of, number

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
Row = Sequence[Any]


def workbook(run: Run) -> bytes:
    held = io.BytesIO()
    with Workbook(held, PLAIN) as book:
        bold, wrap = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        for name, widths, rows in sheets(run):
            sheet = book.add_worksheet(unused(name, book.sheetnames))
            sheet.freeze_panes(1, 0)
            for place, width in enumerate(widths):
                sheet.set_column(place, place, width)
            for place, row in enumerate(rows):
                fill(sheet, place, row, bold if not place else wrap)
    return held.getvalue()


def unused(name: str, taken: Collection[str]) -> str:
    """Names of sheets have 31 characters and differ without regard to case; two words may be one in another language."""
    known = {other.casefold() for other in taken}
    names = chain([name[:31]], (f"{name[:28]} {number}" for number in count(2)))
    return next(found for found in names if found.casefold() not in known)


def fill(sheet, place: int, row: Row, look) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, int | float):
            sheet.write_number(place, column, value)
        else:
            sheet.write_string(place, column, str(value), look)


def sheets(run: Run) -> Iterator[tuple[str, Sequence[int], Iterable[Row]]]:
    nodes, areas = selectors.nodes(run), list(run.areas.order_by("rank", "code"))
    areas.sort(key=lambda area: (area.rank is None, area.rank or 0, area.code))
    indicators = [node for node in nodes if node.is_indicator]
    found = selectors.figures(run, *robustness.CODES)
    yield _("Read me"), (28, 90), about(run)
    yield _("Method"), (22, 40, 70, 60), steps(run)
    yield _("Weights"), (14, 44, 14, 16, 18, 10, 14, 14, 12, 12, 12), weights(run, nodes)
    yield _("Ranking"), (8, 40, 8, 10, 12, 12, 12, 40), ranking(areas)
    yield _("Scores"), (8, 40, *([14] * len(nodes))), scores(areas, [node for node in nodes if not node.is_indicator])
    yield _("Parts"), (8, 40, 44, 14, 8, 12, 12), parts(areas, [node for node in nodes if not node.is_indicator])
    yield _("Figures"), (8, 40, 44, 14, 8, 8, 14, 14, 14, 14, 14, 30), figures(run, areas, indicators)
    yield _("Correlations"), (44, *([12] * len(indicators))), square(found.get("correlations"), nodes)
    yield _("Treatment"), (44, *([16] * 12)), treatment(found.get("treatment"), nodes)
    named = {node.code: name_of(node) for node in nodes}
    yield from findings.sheets({**found, **selectors.figures(run, "national")}, named, areas)
    yield _("Data"), (24, 10, 68, 68), data(run)


def about(run: Run) -> Iterator[Row]:
    yield [_("Benchmark"), str(run.benchmark.title)]
    yield [_("Policy question"), str(run.benchmark.question)]
    if run.benchmark.is_demonstration:
        yield [_("Caution"), _("The figures of this benchmark are invented demonstration data.")]
    if not run.published_at:
        yield [_("Caution"), _("This run was not published when the report was made.")]
    yield [_("How to read it"), str(run.benchmark.reading)]
    yield [_("Run"), str(run.number)]
    yield [_("Seed"), str(run.seed)]
    yield [_("Version of the statistics"), run.code_version]
    yield ["SHA-256", run.sha256]
    yield [
        _("Sheets"),
        _(
            "“Figures” holds every indicator of every region: as the source gives it, with year and flag, then after"
            " outliers were treated, on the common scale, and as points of the index. “Method” says with which formula."
        ),
    ]
    yield [_("Missing"), _("An empty cell is a missing figure, never a zero.")]


def steps(run: Run) -> Iterator[Row]:
    yield [_("Step"), _("What was chosen"), _("What it means"), _("Formula")]
    for step in method.steps(run):
        yield [step.step, step.chosen, step.means, step.formula]


def weights(run: Run, nodes: Sequence[RunNode]) -> Iterator[Row]:
    yield [
        _("Code"),
        _("Name"),
        _("Below"),
        _("Direction"),
        _("Unit"),
        _("Weight"),
        _("Share of the index"),
        _("Divided by"),
        _("Target"),
        _("Lower goalpost"),
        _("Upper goalpost"),
    ]
    frozen = {one["code"]: one for one in run.structure}
    for node in nodes:
        one = frozen.get(node.code, {})
        yield [
            node.code,
            name_of(node),
            node.parent,
            method.direction(node),
            node.unit,
            node.weight,
            node.effective_weight,
            one.get("denominator", ""),
            one.get("target"),
            *(one.get("goalposts") or (None, None)),
        ]


def ranking(areas: Sequence[RunArea]) -> Iterator[Row]:
    yield [
        _("Code"),
        _("Region"),
        _("Rank"),
        _("Score"),
        _("Best likely rank"),
        _("Median rank"),
        _("Worst likely rank"),
        _("Remarks"),
    ]
    for area in areas:
        why = "" if area.rank is not None else sentences.why_left_out(area)
        ranks = (area.rank_low, area.rank_median, area.rank_high)
        yield [area.code, area.called, area.rank, number(area.score), *map(number, ranks), why]


def scores(areas: Sequence[RunArea], nodes: Sequence[RunNode]) -> Iterator[Row]:
    yield [_("Code"), _("Region"), *(name_of(node) for node in nodes)]
    for area in areas:
        told = area.profile.get("nodes", {})
        yield [area.code, area.called, *(number(told.get(node.code, {}).get("score")) for node in nodes)]


def parts(areas: Sequence[RunArea], nodes: Sequence[RunNode]) -> Iterator[Row]:
    """Every aggregate in every region, with the ranks between which it may stand."""
    yield [_("Code"), _("Region"), _("Part"), _("Score"), _("Rank"), _("Best likely rank"), _("Worst likely rank")]
    for area in areas:
        held = area.profile.get("nodes", {})
        for node in nodes:
            own = held.get(node.code, {})
            told = (number(own.get(name)) for name in ("score", "rank", "low", "high"))
            yield [area.code, area.called, name_of(node), *told]


def figures(run: Run, areas: Sequence[RunArea], indicators: Sequence[RunNode]) -> Iterator[Row]:
    yield [
        _("Code"),
        _("Region"),
        _("Indicator"),
        _("Figure"),
        _("Year"),
        _("Flag"),
        _("Unit"),
        _("Estimated"),
        _("After outliers"),
        _("On the common scale"),
        _("Points of the index"),
        _("Origin"),
    ]
    for area in areas:
        counts = contributes(run, area) != NONE
        for node in indicators:
            one = figure_of(area, node.code)
            yield [
                area.code,
                area.called,
                name_of(node),
                one.value,
                one.year,
                one.flag,
                node.unit,
                _("estimated") if one.imputed else "",
                one.treated,
                one.normalised,
                one.contribution if counts else None,
                str(PROVENANCES.get(one.provenance, "")),
            ]


def square(told: dict | None, nodes: Sequence[RunNode]) -> Iterator[Row]:
    names = {node.code: name_of(node) for node in nodes}
    codes = (told or {}).get("codes", [])
    yield [_("Indicator"), *(names.get(code, code) for code in codes)]
    for code, row in zip(codes, (told or {}).get("rows", []), strict=False):
        yield [names.get(code, code), *row]


def treatment(told: dict | None, nodes: Sequence[RunNode]) -> Iterator[Row]:
    """In words; what was stored under a name nobody knows keeps it."""
    names, heads, done = {node.code: name_of(node) for node in nodes}, findings.treatment_heads(), methods()
    columns = list(next(iter((told or {}).values()), {}))
    yield [_("Indicator"), *(heads.get(column, column) for column in columns)]
    for code, row in (told or {}).items():
        yield [names.get(code, code), *(treated(column, row.get(column), done) for column in columns)]


def treated(column: str, value: Any, done: Mapping[str, str]) -> Any:
    if column == "method":
        return done.get(value, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value


def data(run: Run) -> Iterator[Row]:
    yield method.data_head()
    for one in run.inputs:
        yield [one.get("data_set", ""), one.get("number"), one.get("sha256", ""), one.get("digest", "")]
