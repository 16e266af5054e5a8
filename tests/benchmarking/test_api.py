import pytest

from benchmarking.models import Benchmark, Indicator, Run
from benchmarking.services import datasets
from platform_core.identity.access import services as access
from tests.consultations.views.pages import queries
from tests.factories import data as factory
from tests.factories.benchmarks import begun

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CELLS = [("gdp", "AT11", 2019, 20.0), ("gdp", "AT11", 2020, 21.5, "p"), ("rd", "AT12", 2019, None, ":c")]


@pytest.fixture
def version(people):
    told = factory.data_set(source="Eurostat")
    made = factory.version(told, *CELLS)
    hidden = factory.version(told, ("gdp", "AT13", 2019, 1.0), number=2)
    for thing in (told, made, *Indicator.objects.all()):
        access.set_audience(thing, {"public"})
    access.set_audience(hidden, datasets.keys_inside(told))
    return made


def asked(client, address):
    return client.get(f"/api/v1/{address}").json()


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["gdp", "rd"]),
        ("q=gd", ["gdp"]),
        ("role=structural", []),
        ("q=%00", ["gdp", "rd"]),
        ("page=-3", ["gdp", "rd"]),
    ],
)
def test_catalogue(client, version, query, codes):
    assert [row["code"] for row in asked(client, f"benchmarking/indicators?{query}")["indicators"]] == codes


def test_an_indicator_says_where_it_has_figures(client, version):
    found = asked(client, "benchmarking/indicators/gdp")

    assert found["name"] == {"en": "GDP"}
    assert found["figures"] == [
        {
            "data_set": "figures",
            "version": 1,
            "first_year": 2019,
            "last_year": 2020,
            "areas": 1,
            "values": 2,
            "missing": 0,
        }
    ]


def test_data_sets_tell_published_versions_alone(client, version):
    assert [row["code"] for row in asked(client, "datasets")["data_sets"]] == ["figures"]
    (told,) = asked(client, "datasets/figures")["versions"]
    assert (told["number"], told["digest"], told["values"], told["missing"]) == (1, version.digest, 2, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("gdp", 2019, 20.0, ""), ("gdp", 2020, 21.5, "p"), ("rd", 2019, None, ":c")]),
        ("indicator=rd", [("rd", 2019, None, ":c")]),
        ("area=AT11&year=2020", [("gdp", 2020, 21.5, "p")]),
        ("year=99999", []),
        ("per_page=1&page=2", [("gdp", 2020, 21.5, "p")]),
        ("per_page=-1&page=9", [("rd", 2019, None, ":c")]),
    ],
)
def test_observations(client, version, query, expected):
    found = asked(client, f"datasets/figures/versions/1/observations?{query}")["observations"]

    assert [(row["indicator"], row["year"], row["value"], row["flag"]) for row in found] == expected


@pytest.mark.parametrize(
    "address",
    ["benchmarking/indicators/none", "datasets/none", "areas/XX99", "datasets/figures/versions/2/observations"],
)
def test_what_is_not_there_or_not_public(client, version, address):
    assert client.get(f"/api/v1/{address}").status_code == 404


def test_codes_of_areas(client, db):
    assert asked(client, "areas/gr11") == {
        "code": "GR11",
        "meanings": [
            {
                "first": 2006,
                "last": 2006,
                "name": "Anatoliki Makedonia, Thraki",
                "fate": "renamed",
                "area": "EL51",
                "successors": ["EL51"],
            }
        ],
    }


def test_benchmarks_name_the_run_they_are_read_by_whatever_their_number(people, client):
    counts = []
    for number in (1, 3):
        while Benchmark.objects.count() < number:
            found = begun(people.wanda, title={"en": f"Benchmark {Benchmark.objects.count()}"})
            Benchmark.objects.filter(pk=found.pk).update(state="published", published_at=found.made_at)
            runs = [found.runs.create(number=one, state=Run.State.DONE, recipe={}, seed=1) for one in (1, 2, 3)]
            Run.objects.filter(pk=runs[1].pk).update(published_at=found.made_at)
            for thing in (found, *runs):
                access.set_audience(thing, {"public"})
        assert [one["run"] for one in asked(client, "benchmarks")["benchmarks"]] == [2] * number
        counts.append(queries(client, "/api/v1/benchmarks"))

    assert counts[0] == counts[1]
