import re
from xml.etree import ElementTree

import pytest
from django.utils import translation

from benchmarking.charts.bars import Bar, bars
from benchmarking.charts.chart import NARROW, WIDE
from benchmarking.charts.correlations import correlations, shade
from benchmarking.charts.lettering import cut, decimals, figure, fits, wrapped
from benchmarking.charts.marks import runs
from benchmarking.charts.parallel import Line, parallel
from benchmarking.charts.parts import Made, parts, reach
from benchmarking.charts.radar import Axis, Wheel, radar
from benchmarking.charts.ranking import Ranked, ranking
from benchmarking.charts.samples import every
from benchmarking.charts.scales import Powers, Scale, extent, powers, rank_ticks, ticks
from benchmarking.charts.scatter import Field, Point, around, candidates, overlap, scatter
from benchmarking.charts.sensitivity import Factor, sensitivity
from benchmarking.charts.standalone import LOOKS, alone
from benchmarking.charts.tiles import tiles
from benchmarking.charts.trends import Observed, Series, flags_told, trends
from benchmarking.charts.waterfall import Step, waterfall

HOSTILE = "</text><script>alert(1)</script>&\"'"
LONG = "Περιφέρεια Ανατολικής Μακεδονίας και Θράκης με πολύ μακρύ όνομα"
TOLD = {"title": HOSTILE, "description": HOSTILE}
CHARTS = [
    lambda name, code="AT12": ranking(**TOLD, rows=[Ranked("AT12", name, 1, 1, 2), Ranked(code, name, None)], last=1),
    lambda name, code="AT12": radar(**TOLD, name=name, axes=[Axis(name, 10 * place, 0, 50, 100) for place in range(4)]),
    lambda name, code="AT12": parallel(**TOLD, axes=[name, name], lines=[Line(code, name, [1, None], name, True)]),
    lambda name, code="AT12": scatter(**TOLD, across=name, up=name, points=[Point(code, name, 1, 2, name, True)]),
    lambda name, code="AT12": trends(
        **TOLD, series=[Series(code, name, [Observed(2020, 1, code[:2])], True)], unit=name
    ),
    lambda name, code="AT12": waterfall(
        **TOLD, start=(name, 1), steps=[Step(name, 2), Step(name, None)], end=(name, 3)
    ),
    lambda name, code="AT12": correlations(**TOLD, names=[name, name], matrix=[[1, None], [None, 1]]),
    lambda name, code="AT12": sensitivity(**TOLD, factors=[Factor(name, 0.1, None)]),
    lambda name, code="AT12": tiles(
        **TOLD, figures=name, regions=[{"code": code, "name": name, "column": 1, "row": 1, "value": 1, "address": name}]
    ),
    lambda name, code="AT12": bars(
        **TOLD,
        code="bars",
        head=[name, name],
        rows=[Bar(name, 2, [name, 2], address=name), Bar(name, None, [name, None])],
        marks=[(1, "middle")],
        key=[("first", name)],
    ),
    lambda name, code="AT12": parts(
        **TOLD,
        code="parts",
        of=name,
        unit="%",
        names=[name] * 3,
        rows=[Made(name, [1, -2, 3], code, address=name), Made(name, [None] * 3, code)],
    ),
]


@pytest.mark.parametrize("make", CHARTS)
@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_what_others_wrote_is_text(make, sheet):
    chart = make(HOSTILE, HOSTILE)
    for drawing in (str(chart.svg(sheet)), alone(chart, sheet).decode()):
        names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawing).iter()}  # noqa: S314
        assert names & {"script", "foreignObject"} == set()


@pytest.mark.parametrize("make", CHARTS)
def test_a_drawing_is_named_and_described(make):
    root = ElementTree.fromstring(str(make("x").wide))  # noqa: S314
    assert [child.tag for child in root[:2]] == ["title", "desc"]
    assert root.get("role") in {"img", "group"}


@pytest.mark.parametrize("make", CHARTS)
def test_letters_stay_inside_however_long_the_names(make):
    chart = make(LONG)
    for sheet in (WIDE, NARROW):
        root = ElementTree.fromstring(str(chart.svg(sheet)))  # noqa: S314
        for text in root.iter("text"):
            anchor, x = text.get("text-anchor", "start"), float(text.get("x"))
            room = {"start": sheet.width - x, "end": x, "middle": 2 * min(x, sheet.width - x)}[anchor]
            words = text.text or ""
            if text.get("font-size") and len(words) > 12:
                assert fits(words, room + 24, float(text.get("font-size"))), words


def test_every_look_is_written_out_for_files(settings):
    sheet = (settings.BASE_DIR / "static/css/components/plot.css").read_text()
    used = {
        name
        for chart in every()
        for drawing in (str(chart.wide), str(chart.narrow))
        for looks in re.findall(r'class="([^"]+)"', drawing)
        for name in looks.split()
    } - {"plot"}
    unsaid = {name for name in used if not any(f".{name}" in look for look in LOOKS)}
    unstyled = {name for name in used if f".{name}" not in sheet}

    assert unsaid - {"on-heat-none", "on-heat-pos-1", "on-heat-neg-1", "on-heat-absent", "peer"} == set()
    assert unstyled - {"on-heat-none", "on-heat-pos-1", "on-heat-neg-1", "on-heat-absent"} == set()


def test_the_smallest_letters_can_be_read_on_a_telephone():
    for chart in every():
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', str(chart.narrow))]
        assert min(sizes) >= (9 if chart.code == "correlations" else 11), chart.code


def test_three_hundred_regions_are_drawn():
    rows = [Ranked(f"X{number}", LONG, number, number, number + 5) for number in range(1, 301)]
    chart = ranking(**TOLD, rows=rows, last=305)

    assert str(chart.wide).count("<circle") == 300
    assert len(chart.rows) == 300


def test_missing_is_said_and_never_drawn():
    chart = ranking(**TOLD, rows=[Ranked("AT12", "Lower Austria", None, reason="too few data")], last=0)

    assert "<circle" not in str(chart.wide)
    assert "too few data" in str(chart.wide)
    assert chart.told_rows()[0][2:] == ["–"] * 4


def test_a_line_stops_where_a_figure_is_missing():
    assert runs([(0, 0), (1, 1), None, (3, 3)]) == [[(0, 0), (1, 1)], [(3, 3)]]


def test_a_break_in_the_series_opens_the_line():
    with_break = [Observed(2019, 1), Observed(2020, 2, "b"), Observed(2021, 3)]
    chart = trends(**TOLD, series=[Series("AT12", "Lower Austria", with_break, True)])

    drawing = str(chart.wide)
    assert drawing.count('class="own-line"') == 1
    assert drawing.count('class="break"') == 1
    assert flags_told([Series("AT12", "", with_break)]) == "Flags of the source: b: break in the series."


def test_half_a_band_is_not_drawn():
    axes = [Axis("a", 10, 0, 50, 100), Axis("b", 10), Axis("c", 10, 0, 50, 100)]

    assert 'class="band"' not in str(radar(**TOLD, name="x", axes=axes).wide)


def test_the_first_axis_points_upwards():
    x, y = Wheel(100, 100, 80, 4).at(0, 100)
    assert (round(x), round(y)) == (100, 20)


def test_names_in_a_scatter_do_not_lie_on_one_another():
    points = [Point(f"AT{number:02}", "", number % 7, number % 11) for number in range(60)]
    chart = scatter(**TOLD, across="a", up="b", points=points)
    labels = re.findall(
        r'<text x="([\d.]+)" y="([\d.]+)" font-size="13" text-anchor="(\w+)" class="over">', str(chart.wide)
    )
    areas = [next(one.area for one in candidates(0, 0, 30, 13) if one.anchor == anchor) for *_xy, anchor in labels]
    moved = [
        (area[0] + float(x) - near(anchor), float(y) - 13, area[2] + float(x) - near(anchor), float(y) + 3)
        for area, (x, y, anchor) in zip(areas, labels, strict=True)
    ]

    assert len(moved) > 5
    assert not any(overlap(one, other) for place, one in enumerate(moved) for other in moved[:place])


def near(anchor):
    return {"start": 8, "end": -8, "middle": 0}[anchor]


def test_points_are_kept_free():
    assert overlap(around(10, 10), around(14, 10))
    assert not overlap(around(10, 10), around(30, 10))


def test_regions_without_one_of_two_figures_are_counted():
    chart = scatter(**TOLD, across="a", up="b", points=[Point("x", "x", 1, None), Point("y", "y", 1, 2)])

    assert chart.note == "1 region lacks one of the two figures and is not drawn."


def test_a_waterfall_adds_up():
    chart = waterfall(
        **TOLD, start=("a", 40.0), steps=[Step("x", 5.0), Step("y", None), Step("z", -2.0)], end=("b", 43.0)
    )

    assert [row[2] for row in chart.rows] == [40.0, 45.0, 45.0, 43.0, 43.0]


@pytest.mark.parametrize(
    ("value", "look"),
    [(None, "heat-absent"), (0.1, "heat-none"), (-0.3, "heat-neg-1"), (0.7, "heat-pos-2"), (-1, "heat-neg-2")],
)
def test_colours_of_correlations(value, look):
    assert shade(value) == look


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, "–"), (float("nan"), "–"), (1234.5, "1,234"), (12.34, "12.3"), (0.0345, "0.035"), (-2, "−2")],
)
def test_figures_have_three_digits_that_count(value, told):
    assert figure(value) == told


def test_figures_are_written_as_the_reader_writes_them():
    with translation.override("de"):
        assert (figure(1234567.0), figure(0.25)) == ("1.234.567", "0,25")


def test_decimals_follow_the_size():
    assert [decimals(value) for value in (1000.5, 10.5, 1.5, 0.05, 0.0001)] == [0, 1, 2, 3, 5]


def test_lines_break_between_words():
    assert wrapped("one two three", 55, 12, 2) == ("one two", "three")
    assert cut("abcdefghijkl", 40, 12).endswith("…")


def test_scales_and_ticks():
    assert Scale(0, 10, 100, 200)(5) == 150
    assert Scale(3, 3, 0, 10)(3) == 5
    assert extent([None, 4]) == (3.6, 4.4)
    assert ticks(0, 1, 5) == [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert rank_ticks(3) == [1, 2, 3]
    assert (rank_ticks(300)[0], rank_ticks(300)[-1]) == (1, 300)


def test_bars_are_as_long_as_their_figures():
    rows = [Bar("a", 2.0, ["a"]), Bar("b", 1.0, ["b"]), Bar("c", None, ["c"])]
    drawing = str(bars(**TOLD, code="bars", head=["Name"], rows=rows).wide)

    widths = [float(width) for width in re.findall(r'<rect class="first"[^>]* width="([\d.]+)"', drawing)]
    assert (len(widths), round(widths[0] / widths[1], 2)) == (2, 2.0)


def test_very_many_bars_are_in_the_table_alone():
    rows = [Bar(f"n{number}", number, [f"n{number}", number]) for number in range(40, 0, -1)]
    chart = bars(**TOLD, code="bars", head=["Name", "Figure"], rows=rows)

    assert (str(chart.wide).count('class="first"'), len(chart.rows)) == (30, 40)
    assert chart.note == "10 more are in the table."


def test_parts_stand_on_their_side_of_nought():
    made = Made("a", [4.0, -3.0, 2.0])
    drawing = str(parts(**TOLD, code="parts", of="a", unit="%", names=["a", "b", "c"], rows=[made]).wide)

    boxes = {
        look: (float(x), float(x) + float(width))
        for look, x, width in re.findall(r'<rect class="(\w+)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawing)
    }
    assert (reach(made), made.sum) == ((-3.0, 6.0), 3.0)
    assert boxes["whole"][1] == pytest.approx(boxes["first"][0], abs=0.2)
    assert boxes["total"][1] == pytest.approx(boxes["whole"][0], abs=0.2)


def test_of_many_the_first_and_the_last_are_drawn():
    rows = [Made(f"n{number}", [number, 0, 0], f"n{number}") for number in range(50, 0, -1)]
    chart = parts(**TOLD, code="parts", of="a", unit="%", names=["a", "b", "c"], rows=rows)

    assert [name in str(chart.wide) for name in ("n50<", "n31<", "n30<", "n21<", "n20<", "n1<")] == [
        True, True, False, False, True, True,
    ]  # fmt: skip
    assert (len(chart.rows), chart.note) == (
        50, "The first and the last of the order are drawn. 10 more are in the table.",
    )  # fmt: skip


def test_equal_steps_multiply():
    scale = Powers(10, 1000, 0, 100)

    assert [round(scale(value)) for value in (10, 100, 1000)] == [0, 50, 100]
    assert (powers(8, 1200), powers(150, 600)) == ([10, 100, 1000], [200, 500])


def test_lines_of_a_scatter_stand_where_something_begins_to_count():
    points = [Point("a", "a", 0.5, 10.0), Point("b", "b", 2.5, 1000.0), Point("c", "c", 1.0, 0.0)]
    field = Field("Sector", "A strength", (1.5, None), is_logarithmic=True)
    chart = scatter(**TOLD, across="a", up="b", points=points, field=field)

    assert str(chart.wide).count('class="middle"') == 1
    assert (str(chart.wide).count("<circle"), chart.head[0], chart.note) == (2, "Sector", "1 more is in the table.")
