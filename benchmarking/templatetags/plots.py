from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.components.markup import esc, html
from platform_core.ground.ui.components.tables import data_table

from ..charts.chart import Chart
from ..charts.lettering import figure as lettered
from ..charts.standalone import swatch

register = template.Library()
FILES = (("svg", "SVG"), ("png", "PNG"), ("csv", "CSV"))
NAMES = dict(settings.LANGUAGES)


@register.simple_tag
def plotted(chart: Chart, address: str = "") -> SafeString:
    """A chart with its key, its note, its figures as a table and, under `address`, its files."""
    return html(
        f'<figure class="plotted" id="chart-{esc(chart.code)}"><h2>{esc(chart.title)}</h2>',
        f'<p class="said">{esc(chart.description)}</p>',
        key_of(chart),
        f'<div class="wide">{chart.wide}</div><div class="narrow">{chart.narrow}</div>',
        f'<figcaption class="base"><p>{esc(chart.note)}</p></figcaption>' if chart.note else "",
        twin(chart),
        chart_files(chart, address) if address else "",
        "</figure>",
    )


def key_of(chart: Chart) -> str:
    entries = "".join(
        f'<li><svg class="plot swatch" viewBox="0 0 18 16" aria-hidden="true">{swatch(look)}</svg>{esc(told)}</li>'
        for look, told in chart.key
    )
    return f'<ul class="scale">{entries}</ul>' if entries else ""


def twin(chart: Chart) -> str:
    table = data_table(caption=chart.title, head=chart.head, rows=chart.told_rows(), numeric=chart.numeric)
    words = esc(_("Show as a table"))
    return (
        f'<details class="twin"><summary>{words}</summary>'
        f'<div class="scroll" tabindex="0" role="group" aria-label="{esc(chart.title)}">{table}</div></details>'
    )


@register.simple_tag
def chart_files(chart: Chart, address: str) -> SafeString:
    """The chart as a picture and as a table, under the address of its page."""
    before, _question, asked = address.partition("?")
    links = "".join(
        f'<a href="{esc(f"{before}{chart.code}.{form}" + (f"?{asked}" if asked else ""))}" rel="nofollow">{name}'
        f'<span class="hidden"> {esc(chart.title)}</span></a>'
        for form, name in FILES
    )
    words = esc(_("Take the chart along:"))
    return html(f'<p class="takes"><span>{words}</span>{links}</p>')


@register.simple_tag
def records_table(title: str, table: dict) -> SafeString:
    """A table that scrolls by itself where it is too wide."""
    drawn = data_table(caption=title, head=table["head"], rows=table["rows"], numeric=table.get("numeric"))
    return html(f'<div class="table-box" tabindex="0" role="group" aria-label="{esc(title)}">{drawn}</div>')


@register.filter
def figure(value, places: int | None = None) -> str:
    """A number in the reader's language, with three digits that count unless told otherwise."""
    return lettered(value, places)


@register.filter
def signed(value: float) -> str:
    return f"+{lettered(value, 1)}" if value > 0 else lettered(value, 1)


@register.filter
def endonym(code: str) -> str:
    return str(NAMES.get(interface_code(code), code))
