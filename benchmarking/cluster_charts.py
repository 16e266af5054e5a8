"""Charts of a cluster map: from its cells to what the chart functions take."""

from collections.abc import Callable, Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from .charts.bars import Bar, bars
from .charts.chart import Chart
from .charts.lettering import cut, figure
from .charts.parts import Made, parts
from .charts.scatter import Field, Point, scatter
from .charts.tiles import tiles
from .cluster_pages import PARTS, people, region_address, tiles as tiles_of
from .measures import quotient
from .models import ClusterMap, ClusterRegion, ClusterRow
from .statistics.editions import LEAST, SMALL, from_json

LABEL = 130  # how wide a name beside a mark may be
EXPECTED = "middle"
Naming = Callable[[ClusterRow], tuple[str, str, str, str]]  # name, code, address, and what stands beside a mark


def begins(found: ClusterMap, measure: str) -> float | None:
    """The figure from which a measure is a strength, where the edition has one of its own."""
    threshold = from_json(found.edition_used).of(measure) if found.edition_used else None
    return threshold.value if threshold and threshold.rule == LEAST else None


def look(row: ClusterRow) -> str:
    return "whole" if row.is_small else "first" if row.stars else "total"


def looks(rows: Sequence[ClusterRow]) -> list[tuple[str, str]]:
    words = {
        "first": _("A strength by at least one measure"),
        "total": _("No strength"),
        "whole": _("Small: too few people to be a strength"),
    }
    there = {look(row) for row in rows if row.lq is not None}
    return [(code, told) for code, told in words.items() if code in there]


def quotients(found: ClusterMap, rows: Sequence[ClusterRow], *, title: str, of: str, named: Naming, note="") -> Chart:
    """Bars of quotients, the highest first, with the people behind each; small ones have none where a `note` says so."""
    least = begins(found, "specialisation")
    ordered = sorted(rows, key=lambda row: (row.lq is None, -(row.lq or 0), row.pk))
    return bars(
        code="quotients",
        title=title,
        description=_("1 is as in all regions together. Behind the quotient stands the number of people employed."),
        head=[of, _("Code"), _("Location quotient"), _("People employed"), _("Strengths"), _("Small")],
        rows=[quotient_bar(row, named(row), is_drawn=not (note and row.is_small)) for row in ordered],
        marks=[(1.0, "axis"), *([(least, EXPECTED)] if least else [])],
        key=[
            *looks([row for row in rows if not (note and row.is_small)]),
            *([(EXPECTED, from_words(least))] if least else []),
        ],
        note=note,
    )


def from_words(least: float) -> str:
    return _("Specialised from %(value)s") % {"value": figure(least)}


def quotient_bar(row: ClusterRow, named: tuple[str, ...], *, is_drawn: bool) -> Bar:
    name, code, address, _label = named
    return Bar(
        name,
        row.lq if is_drawn else None,
        [name, code, row.lq, row.employment, row.stars, _("yes") if row.is_small else ""],
        f"{quotient(row.lq)} · {people(row.employment)}",
        address,
        look(row),
    )


def sector_named(found: ClusterMap) -> Naming:
    def told(row: ClusterRow) -> tuple[str, str, str, str]:
        name, code = str(row.sector.employment.name), row.sector.employment.code
        return name, code, reverse("benchmarking:cluster_sector", args=[found.code, code]), cut(name, LABEL, 13)

    return told


def region_named(found: ClusterMap) -> Naming:
    return lambda row: (row.area.name, row.area.code, region_address(found, row.area.code), row.area.code)


def sizes(found: ClusterMap, rows: Iterable[ClusterRow], *, of: str, named: Naming) -> Chart:
    """Specialisation beside size: what is high on both is more than a quotient of few people."""
    return scatter(
        title=_("Size beside specialisation"),
        description=_(
            "Further to the right: more specialised. Further up: more people, in steps that multiply. The broken lines"
            " show from when on a quotient counts, and below which size a cell counts as small."
        ),
        across=_("Location quotient"),
        up=_("People employed"),
        points=[size_point(row, *named(row)) for row in rows],
        field=Field(
            of,
            _("A strength by at least one measure"),
            (begins(found, "specialisation") or 1.0, begins(found, SMALL)),
            is_logarithmic=True,
        ),
    )


def size_point(row: ClusterRow, name: str, code: str, address: str, label: str) -> Point:
    return Point(code, name, row.lq, row.employment, address, is_peer=bool(row.stars), label=label)


def region_charts(found: ClusterMap, rows: Sequence[ClusterRow]) -> list[Chart]:
    named, of = sector_named(found), _("Sector")
    title = _("Location quotients, with the people behind them")
    charts = [
        quotients(found, rows, title=title, of=of, named=named),
        sizes(found, rows, of=of, named=named),
    ]
    if any(row.national is not None for row in rows):
        charts.append(sector_parts(found, rows))
    return [chart for chart in charts if has_figures(chart)]


def has_figures(chart: Chart) -> bool:
    return bool(chart.numeric)


def sector_charts(found: ClusterMap, rows: Sequence[ClusterRow]) -> list[Chart]:
    named, of = region_named(found), _("Region")
    title = _("Most specialised regions, with the people behind the quotient")
    note = _("Small cells are in the table alone.") if any(row.is_small for row in rows) else ""
    charts = [
        quotients(found, rows, title=title, of=of, named=named, note=note),
        sizes(found, rows, of=of, named=named),
    ]
    return [chart for chart in charts if has_figures(chart)]


def sector_map(found: ClusterMap, rows: Iterable[ClusterRow]) -> Chart:
    return tiles(
        title=_("Location quotients on the map"),
        description=_(
            "Every tile is a region, placed roughly where it lies; the stronger the tile, the higher the figure."
        ),
        regions=tiles_of(found, rows),
        figures=_("Location quotient"),
    )


def part_names() -> list[str]:
    return [_("as all regions together"), _("by its mix of sectors"), _("of its own")]


def period(found: ClusterMap) -> dict[str, int | None]:
    return {"before": found.year_before, "year": found.year}


def sector_parts(found: ClusterMap, rows: Iterable[ClusterRow]) -> Chart:
    """What each sector of a region changed by, in persons, the best of its own first."""
    named = sector_named(found)
    made = []
    for row in sorted(rows, key=lambda row: (-(row.regional or 0), row.pk)):
        name, code, address, _label = named(row)
        made.append(Made(name, [getattr(row, part) for part in PARTS], code, address=address))
    return parts(
        code="change",
        title=_("What the change from %(before)s to %(year)s is made of, by sector") % period(found),
        description=_(
            "In people employed. The bars add up to the dot, the whole change; the last of them is the region’s own part."
        ),
        of=_("Sector"),
        unit=_("people employed"),
        names=part_names(),
        rows=made,
    )


def region_parts(found: ClusterMap, regions: Iterable[ClusterRegion]) -> Chart:
    """What regions changed by, as a share of their people in the earlier year, the best of their own first."""
    made = [region_made(found, region) for region in regions]
    return parts(
        code="change",
        title=_("What the change from %(before)s to %(year)s is made of, by region") % period(found),
        description=_(
            "In per cent of the people employed in %(before)s, so that large and small regions can be compared. The bars add"
            " up to the dot, the whole change; the last of them is the region’s own part."
        )
        % period(found),
        of=_("Region"),
        unit=_("%% of the people employed in %(before)s") % period(found),
        names=part_names(),
        rows=sorted(made, key=lambda one: (-(one.parts[-1] or 0), one.code)),
    )


def region_made(found: ClusterMap, region: ClusterRegion) -> Made:
    before = region.change.get("before")
    held = [region.change.get(part) for part in PARTS]
    shares = [None if part is None or not before else 100 * part / before for part in held]
    return Made(region.area.name, shares, region.area.code, address=region_address(found, region.area.code))
