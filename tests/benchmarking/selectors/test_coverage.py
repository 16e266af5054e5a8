"""The coverage of real tables, stored: it says what the README of the data says of them. They lie beside the project."""

from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from benchmarking.models import DataVersion, Observation
from benchmarking.selectors import coverage
from benchmarking.services import datasets, imports
from platform_core.identity.access import services as access
from platform_core.materials.jobs import runner
from tests.factories import data as factory
from tests.house.floors import ROOT
from tests.people import browser_of

REGIONS = ROOT.parent / "shared" / "data" / "regions"
SOUTH_EAST = ("AT", "BG", "EL", "HR", "HU", "IT", "RO", "SI", "SK")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not REGIONS.is_dir(), reason="REAL DATA NOT TESTED: ../shared/data/regions is missing"),
]


def stored(people, name: str, **options) -> DataVersion:
    held = factory.data_set("real")
    access.set_audience(held, datasets.keys_inside(held))
    brought = imports.bring(SimpleUploadedFile(name, (REGIONS / name).read_bytes()), held, by=people.wanda)
    runner.finish_waiting()
    if options:
        imports.read_as(brought, options, by=people.wanda)
        runner.finish_waiting()
    brought.refresh_from_db()
    assert brought.found["problems"]["counts"] == {}
    imports.take(brought, by=people.wanda)
    runner.finish_waiting()
    return held.versions.get()


def test_eight_indicators_are_complete_in_the_south_east(people):
    """73 regions of nine countries in the file; HR04 was split since, so today's parts of it have nothing."""
    version = stored(people, "nuts2_index_233x11.csv", fixed_year=2015)
    every = list(coverage.indicators(version))
    known = Counter()
    lacking = set()
    for country in SOUTH_EAST:
        areas = list(coverage.areas(version, coverage.Asked(country=country)))
        for line in coverage.by_indicator(version, areas, every):
            counts = {(cell.cells, cell.values) for cell in line.cells}
            known[country] += counts == {(1, 1)}
            lacking |= set() if counts == {(1, 1)} else {line.area.code}

    assert (len(every), version.cells, version.values) == (8, 232 * 8, 232 * 8)
    assert (sum(known.values()), set(known)) == (72, set(SOUTH_EAST))
    assert {code for code in lacking if code.startswith("HR")} == {"HR02", "HR05", "HR06"}


def test_gaps_and_breaks_of_eight_tables_are_seen(people):
    version = stored(people, "opengeo_eurostat_nuts2_2010_2018.csv.gz")
    every = list(coverage.indicators(version))
    told = list(coverage.gaps(version, coverage.Asked()))
    cells = Observation.objects.filter(version=version, area__level=2)

    assert len(every) == 8
    assert sum(values for _code, _name, _indicator, values, *_rest in told) == cells.exclude(value=None).count()
    assert sum(missing for *_rest, missing, _flagged, _national in told) == cells.filter(value=None).count()
    assert any(values < span for _code, _name, _indicator, values, span, *_rest in told)
    by_area = {code for code, _name, _indicator, values, *_rest in told if values}
    assert by_area & {"HU10", "HU11", "HU12", "EL11", "EL51"} == {"EL51", "HU11", "HU12"}  # codes of today alone
    page = browser_of(people.wanda).get("/en/benchmarking/data/real/1/")
    assert page.status_code == 200
