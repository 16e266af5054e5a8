"""Charts of studies of peers and of cluster maps: on their pages, as files, and for whom."""

import pytest

from tests.benchmarking.views.test_studies import NAMES, names_of, rows_of
from tests.consultations.views.pages import parsed, texts
from tests.factories import studies as factory
from tests.people import browser_of

pytestmark = pytest.mark.django_db
PEERS, MAP = "/en/benchmarking/peers/alike/AT11/", "/en/benchmarking/clusters/sectors/"
DRAWN = (
    f"{PEERS}distances",
    f"{PEERS}blocks",
    f"{PEERS}parallel",
    f"{PEERS}map",
    f"{MAP}regions/RO11/quotients",
    f"{MAP}regions/RO11/scatter",
    f"{MAP}regions/RO11/change",
    f"{MAP}sectors/wood/quotients",
    f"{MAP}sectors/wood/scatter",
    f"{MAP}sectors/wood/map",
    f"{MAP}change/change",
)


@pytest.mark.parametrize("form", ["svg", "csv"])
def test_charts_are_taken_along(people, study, map_of, form):
    browser = browser_of(people.guest)

    assert {chart: browser.get(f"{chart}.{form}").status_code for chart in DRAWN} == dict.fromkeys(DRAWN, 200)


def test_a_chart_is_a_picture(people, map_of):
    answer = browser_of(people.guest).get(f"{MAP}regions/RO11/quotients.png")

    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")


@pytest.mark.parametrize("chart", [f"{PEERS}nothing.svg", f"{PEERS}distances.exe", f"{MAP}regions/XX/quotients.svg"])
def test_other_charts_are_not_found(people, study, map_of, chart):
    assert browser_of(people.guest).get(chart).status_code == 404


def test_charts_of_a_study_in_preparation_are_for_its_group_alone(people, told):
    factory.finished(factory.peer_study(people.wanda, told), people.wanda, publish=False)
    factory.finished(factory.cluster_map(people.wanda, told, title={"en": "Sectors"}), people.wanda, publish=False)
    browsers = {name: browser_of(people.named(name)) for name in NAMES}

    seen = {name: {browser.get(f"{chart}.csv").status_code for chart in DRAWN} for name, browser in browsers.items()}

    assert seen == {name: {200 if name in ("lena", "wanda") else 404} for name in NAMES}


def test_the_distances_drawn_are_those_of_the_list(people, study):
    browser = browser_of(people.guest)
    asked = "?distance=manhattan&own=0&number=5"

    answer = browser.get(PEERS + asked)
    rows = rows_of(browser.get(f"{PEERS}distances.csv{asked}"))

    assert [row[1] for row in rows[1:]] == ["BG32", "RO11", "BG31", "RO12"]
    assert rows[0][2] == "Manhattan"
    assert texts(answer, "//figure[@id='chart-distances']//tbody/tr/*[1]") == names_of("BG32", "RO11", "BG31", "RO12")
    assert f"{PEERS}distances.csv{asked}" in parsed(answer).xpath("//p[@class='takes']/a/@href")


def test_blocks_tell_by_what_the_nearest_differ(people, study):
    """Both variables are of one block and weigh the same."""
    rows = rows_of(browser_of(people.guest).get(f"{PEERS}blocks.csv"))
    own, other = (study.rows.get(area__code=code) for code in ("AT11", "AT12"))

    apart = [abs(own.values[code]["scaled"] - other.values[code]["scaled"]) for code in ("size", "age")]
    assert [row[0] for row in rows] == ["Block", "People and education"]
    assert float(rows[1][rows[0].index(*names_of("AT12"))]) == pytest.approx(50 * sum(apart))
    assert float(rows[1][1]) == pytest.approx(sum(map(float, rows[1][2:])) / 5)


def test_parts_of_a_region_add_up(people, map_of):
    rows = rows_of(browser_of(people.guest).get(f"{MAP}change/change.csv?country=AT"))

    own = [float(row[4]) for row in rows[1:]]
    assert (len(own), own) == (2, sorted(own, reverse=True))
    for row in rows[1:]:
        assert sum(map(float, row[2:5])) == pytest.approx(float(row[5]))


def test_small_cells_of_a_sector_are_in_the_table_alone(people, map_of):
    """AT11 has 100 people employed in it, and 500 is the limit."""
    page = browser_of(people.guest).get(f"{MAP}sectors/wood/")

    chart = page.context["charts"][0]
    assert [row["row"].area.code for row in page.context["rows"] if row["row"].is_small] == ["AT11"]
    assert chart.note == "Small cells are in the table alone."
    assert "AT11" in [row[1] for row in chart.rows]
    assert [name for name in names_of("AT11", "AT12") if name in chart.wide] == names_of("AT12")
