"""Invented figures with which the gallery draws every chart: long names, gaps and flags included."""

from collections.abc import Iterator

from .bars import Bar, bars
from .chart import Chart
from .correlations import correlations
from .parallel import Line, parallel
from .parts import Made, parts
from .radar import Axis, radar
from .ranking import Ranked, ranking
from .scatter import Point, scatter
from .sensitivity import Factor, sensitivity
from .trends import Observed, Series, trends
from .waterfall import Step, waterfall

TELLS = "Invented figures, drawn by the code that draws the real ones."
NAMES = (
    ("EL51", "Περιφέρεια Ανατολικής Μακεδονίας και Θράκης"),
    ("BG34", "Югоизточен район за планиране"),
    ("AT12", "Lower Austria"),
    ("HU21", "Közép-Dunántúl"),
    ("RO42", "Vest"),
    ("ITH5", "Emilia-Romagna"),
    ("SK01", "Bratislavský kraj"),
    ("SI03", "Vzhodna Slovenija"),
)
PARTS = (
    "Firms that take part in clusters",
    "Δαπάνες έρευνας και ανάπτυξης των επιχειρήσεων ανά κάτοικο",
    "Заетост във високотехнологични отрасли",
    "Skills",
    "Finance for clusters",
    "Cooperation across borders",
)


def every() -> Iterator[Chart]:
    yield rank_sample()
    yield radar(
        title="Strong in skills, weak in finance",
        description=TELLS,
        name=NAMES[0][1],
        axes=[
            Axis(part, None if place == 3 else 30.0 + 11 * place, 12.0 + place, 41.5, 70.0 + 5 * place)
            for place, part in enumerate(PARTS)
        ],
    )
    yield parallel(
        title="One region among its peers",
        description=TELLS,
        axes=PARTS,
        lines=[
            Line(
                code,
                name,
                [None if (row + 2 * place) % 9 == 3 else (37 * row + 23 * place) % 101 for place in range(6)],
                is_own=not row,
            )
            for row, (code, name) in enumerate(NAMES)
        ],
    )
    yield scatter(
        title="More research, more clusters",
        description=TELLS,
        across=PARTS[1],
        up=PARTS[0],
        points=[
            Point(
                code,
                name,
                2.5 + 31 * row % 17,
                None if row == 5 else 10.0 + 13 * row % 29,
                is_own=not row,
                is_peer=row < 5,
            )
            for row, (code, name) in enumerate(NAMES)
        ],
    )
    yield trends(
        title="Firms in clusters over the years", description=TELLS, series=list(trend_samples()), unit="% of firms"
    )
    yield waterfall(
        title="Where the distance to the peers comes from",
        description=TELLS,
        start=("Median of the peers", 48.2),
        steps=[Step(part, change) for part, change in zip(PARTS, (4.1, -7.35, 2.0, None, -3.2, 0.4), strict=True)],
        end=(NAMES[0][1], 44.15),
    )
    yield correlations(
        title="Which indicators tell the same",
        description=TELLS,
        names=PARTS,
        matrix=[
            [
                1.0
                if row == column
                else None
                if row + column == 8
                else ((row * column * 37 + 11 * (row + column)) % 19 - 9) / 9.5
                for column in range(6)
            ]
            for row in range(6)
        ],
    )
    yield sensitivity(
        title="Weights matter most",
        description=TELLS,
        factors=[
            Factor("Weights", 0.52, 0.71, (0.41, 0.63), (0.6, 0.83)),
            Factor("Κανονικοποίηση των δεικτών", 0.14, 0.3, (0.02, 0.25), (0.2, 0.41)),
            Factor("Treatment of outliers", -0.01, 0.03, (-0.06, 0.04), (0.0, 0.07)),
        ],
    )
    yield bars(
        code="bars",
        title="Most specialised in two regions",
        description=TELLS,
        head=["Region", "Code", "Location quotient"],
        rows=[
            Bar(
                name,
                value := None if row == 5 else 2.4 - 0.3 * row,
                [name, code, value],
                look="first" if row < 3 else "total",
            )
            for row, (code, name) in enumerate(NAMES)
        ],
        marks=[(1.5, "middle")],
        key=[("first", "A strength"), ("total", "No strength"), ("middle", "A strength from 1.5")],
    )
    yield parts(
        code="parts",
        title="Growth of all, mix of sectors, own part",
        description=TELLS,
        of="Region",
        unit="%",
        names=["Growth of all", "Mix of sectors", "Own part"],
        rows=[
            Made(name, [None] * 3 if row == 5 else [4.0, 2.5 - row, 6.0 - 2 * row], code)
            for row, (code, name) in enumerate(NAMES)
        ],
    )


def rank_sample() -> Chart:
    rows = [
        Ranked(code, name, place, max(1, place - 1.5), min(7, place + 2), 80.0 - 6 * place, is_own=place == 3)
        for place, (code, name) in enumerate(NAMES[:7], 1)
    ]
    return ranking(
        title="Three regions cannot be told apart",
        description=TELLS,
        rows=[*rows, Ranked(*NAMES[7], None, reason="too few data")],
        last=7,
    )


def trend_samples() -> Iterator[Series]:
    for row, (code, name) in enumerate(NAMES[:4]):
        flags = {2019: "b", 2023: "p", 2021: "e"} if row in (0, 2) else {}
        yield Series(
            code,
            name,
            [
                Observed(
                    year, None if year == 2017 + row else 12.0 + row * 3 + (year * (row + 3)) % 7, flags.get(year, "")
                )
                for year in range(2014, 2024)
            ],
            is_own=not row,
        )
