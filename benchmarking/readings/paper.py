"""The report of a run as a paper in the active language: question, result, firmness, method, data."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from platform_core.ground.reports.pictures import png_of
from platform_core.ground.texts.wikitext import Part

from ..charts.chart import Chart
from ..charts.lettering import figure
from ..charts.standalone import alone
from ..models import Run, RunArea, RunNode
from ..selectors import readings as selectors
from . import drawings, method, robustness, sentences
from .markdown import plain, table
from .pages import correlation_chart
from .region import interval

MOST_DRAWN = 25  # what fits a page


def title_of(run: Run) -> str:
    return str(run.benchmark.title)


def parts(run: Run) -> list[Part]:
    areas, nodes = list(selectors.areas(run)), selectors.nodes(run)
    ranked = [area for area in areas if area.rank is not None]
    found = selectors.figures(run, *robustness.CODES)
    return [
        Part(question(run), ""),
        result(ranked, areas, sum(node.is_indicator for node in nodes), borrowed(run, nodes)),
        firmness(found, nodes, {area.code: area.called for area in areas}),
        Part(steps(run), _("Method, step by step")),
        Part(table(method.weight_head(), trimmed(method.weight_rows(run))), _("Hierarchy and weights")),
        Part(data(run), _("Data and reproduction")),
    ]


def question(run: Run) -> str:
    benchmark, told = run.benchmark, []
    if benchmark.is_demonstration:
        told.append(strong(_("The figures of this benchmark are invented demonstration data.")))
    if not run.published_at:
        told.append(strong(_("This run was not published when the report was made.")))
    told.append(plain(benchmark.question))
    if benchmark.reading:
        told += ["## " + plain(_("How to read it, and what it does not say")), str(benchmark.reading)]
    return "\n\n".join(told)


def strong(text: str) -> str:
    return f"**{plain(text)}**"


def borrowed(run: Run, nodes: Sequence[RunNode]) -> list[str]:
    told = selectors.figures(run, "national").get("national")
    return sentences.nationals(told, {node.code: drawings.name_of(node) for node in nodes})


def result(ranked: Sequence[RunArea], areas: Sequence[RunArea], indicators: int, cautions: Sequence[str] = ()) -> Part:
    told = [*cautions, *sentences.size(len(ranked), len(areas) - len(ranked), indicators), *sentences.leaders(ranked)]
    lines = ["\n\n".join(plain(sentence) for sentence in told)]
    images: dict[str, bytes] = {}
    if ranked:
        chart = drawings.whole_ranking(ranked[:MOST_DRAWN], len(ranked), lambda code: "")
        lines.append(pictured(chart, images))
    lines.append(table(ranking_head(), [ranking_row(area) for area in areas]))
    return Part("\n\n".join(lines), _("Ranking"), images)


def ranking_head() -> list[str]:
    return [_("Rank"), _("Region"), _("Code"), _("Interval"), _("Score")]


def ranking_row(area: RunArea) -> list[str]:
    told = interval(area.rank_low, area.rank_high) if area.rank is not None else sentences.why_left_out(area)
    return [figure(area.rank), area.called, area.code, told, figure(area.score)]


def firmness(found: dict[str, dict], nodes: Sequence[RunNode], areas: dict[str, str]) -> Part:
    images: dict[str, bytes] = {}
    names = {node.code: drawings.name_of(node) for node in nodes}
    indicators = {node.code: names[node.code] for node in nodes if node.is_indicator}
    charts = (
        robustness.sensitivity_chart(found.get("sensitivity")),
        correlation_chart(found.get("correlations"), indicators),
    )
    lines = [f"{pictured(chart, images)}\n\n{plain(chart.description)}" for chart in charts if chart is not None]
    for one in robustness.tables(found, names, areas):
        lines += [f"### {plain(one.title)}", plain(one.text), table(one.head, one.rows)]
    if not lines:
        lines = [plain(_("How far the ranks depend on the choices of method was not analysed."))]
    return Part("\n\n".join(lines), _("How firm it is"), images)


def pictured(chart: Chart, images: dict[str, bytes]) -> str:
    name = f"{chart.code}.png"
    images[name] = png_of(alone(chart))
    return f"![{plain(chart.title)}]({name})"


def steps(run: Run) -> str:
    found = []
    for step in method.steps(run):
        lines = [f"- **{plain(step.step)}:** {plain(step.chosen)}"]
        if step.means:
            lines.append(f"  {plain(step.means)}")
        if step.formula:
            lines.append(f"  `{step.formula}`")
        found.append("\n\n".join(lines))
    return "\n\n".join(found)


def data(run: Run) -> str:
    computed = date_format(localtime(run.finished_at), "DATETIME_FORMAT") if run.finished_at else "–"
    facts = [
        _("Run %(n)s, computed %(day)s") % {"n": run.number, "day": computed},
        _("Seed of the random draws: %(seed)s") % {"seed": run.seed},
        _("Version of the statistics: %(version)s") % {"version": run.code_version},
        _("SHA-256 of everything that went in and came out: %(hash)s") % {"hash": run.sha256},
    ]
    told = "\n".join(f"- {plain(fact)}" for fact in facts)
    return f"{told}\n\n{table(method.data_head(), method.data_rows(run))}"


def trimmed(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Deeper places are set in by dashes, since spaces are lost in Markdown."""
    return [[str(row[0]).replace("\u2003", "– "), *row[1:]] for row in rows]
