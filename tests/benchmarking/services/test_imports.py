import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from benchmarking.models import DataImport, DataVersion, Indicator, Observation
from benchmarking.selectors import datasets as selectors
from benchmarking.services import datasets, imports
from platform_core.identity.audit.models import Event
from platform_core.materials.files.models import StoredFile
from platform_core.materials.jobs import runner
from platform_core.materials.jobs.models import Job
from tests.factories import data as factory

pytestmark = pytest.mark.django_db

GOOD = b"geo,year,indicator,value\nAT11,2019,gdp,20.5\nAT12,2019,gdp,:\nEL11,2019,new one,3 p\n"


def upload(content=GOOD, name="figures.csv"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def told(people):
    factory.indicator("gdp")
    made = factory.data_set()
    from platform_core.identity.access import services as access  # noqa: PLC0415

    access.set_audience(made, datasets.keys_inside(made))
    return made


def brought(told, people, content=GOOD, name="figures.csv"):
    made = imports.bring(upload(content, name), told, by=people.wanda)
    runner.finish_waiting()
    made.refresh_from_db()
    return made


def test_a_file_is_looked_at_and_stored(told, people):
    found = brought(told, people)
    assert {name: found.found[name] for name in ("cells", "values", "areas", "indicators", "asked")} == {
        "cells": 3,
        "values": 2,
        "areas": 3,
        "indicators": ["gdp", "new-one"],
        "asked": {"gdp": "gdp", "new one": "+"},
    }
    assert (DataVersion.objects.count(), Indicator.objects.count()) == (0, 1)

    imports.take(found, by=people.wanda, note="First figures")
    runner.finish_waiting()

    version = DataVersion.objects.get()
    assert (version.number, version.cells, version.values, version.note) == (1, 3, 2, "First figures")
    assert (version.imported_by, version.file_name, version.vintage) == (people.wanda, "figures.csv", 2010)
    assert version.sha256 == StoredFile.objects.get().sha256
    told_rows = Observation.objects.values_list("area__code", "value", "flag", "provenance")
    assert set(told_rows) == {("AT11", 20.5, "", ""), ("AT12", None, ":", ""), ("EL51", 3.0, "p", "recoded")}
    assert Indicator.objects.get(code="new-one").group_id == 4
    assert version.report["countries"] == ["AT", "EL"]
    found.refresh_from_db()
    assert found.version == version


def test_what_changed_is_counted_when_the_next_version_is_stored(told, people):
    for content in (GOOD, GOOD.replace(b"20.5", b"21") + b"AT13,2019,gdp,7\n"):
        imports.take(brought(told, people, content), by=people.wanda)
        runner.finish_waiting()

    first, second = told.versions.order_by("number")
    assert "changes" not in first.report
    assert second.report["changes"] == {"of": 1, "counts": {"gdp": {"added": 1, "dropped": 0, "revised": 1}}}


def test_what_does_not_fit_is_not_stored(told, people):
    found = brought(told, people, b"geo,year,value\nAT11,2019,1\nQQ11,2019,2\n")

    with pytest.raises(ValidationError):
        imports.take(found, by=people.wanda)
    assert (DataVersion.objects.count(), Job.objects.filter(kind=imports.STORE).count()) == (0, 0)


def test_it_is_read_as_its_importer_says(told, people):
    found = brought(told, people, b"geo,sector,year,value\nAT11,A,2019,1\nAT11,B,2019,2\n")
    assert found.found["problems"]["counts"] == {"two_values": 1}

    imports.read_as(found, {"indicator": "sector", "this": "figures"}, by=people.wanda)
    runner.finish_waiting()
    found.refresh_from_db()

    assert (found.found["problems"]["counts"], found.found["indicators"]) == ({}, ["a", "b"])


def test_a_file_without_indicators_is_of_the_data_set(told, people):
    found = brought(told, people, b"geo,year,value\nAT11,2019,1\n")
    imports.take(found, by=people.wanda)
    runner.finish_waiting()

    made = Indicator.objects.get(code="figures")
    assert str(made.name) == "Figures"


def test_a_second_click_stores_nothing_twice(told, people):
    found = brought(told, people)
    first, second = imports.take(found, by=people.wanda), imports.take(found, by=people.wanda)
    runner.finish_waiting()

    assert first.pk == second.pk
    assert DataVersion.objects.count() == 1
    with pytest.raises(ValidationError):
        imports.take(DataImport.objects.get(pk=found.pk), by=people.wanda)


def test_an_attempt_that_repeats_the_job_stores_nothing_twice(told, people):
    found = brought(told, people)
    job = imports.take(found, by=people.wanda)
    runner.finish_waiting()
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
    runner.finish_waiting()

    assert DataVersion.objects.count() == 1


def test_what_cannot_be_read_is_said_at_once(told, people):
    with pytest.raises(ValidationError) as problem:
        imports.bring(upload(b""), told, by=people.wanda)

    assert problem.value.message_dict == {"file": ["The file is empty."]}
    assert DataImport.objects.count() == 0


def test_what_is_found_unreadable_later_names_the_columns(told, people):
    found = brought(told, people, b"place,year,value\nVienna,2019,1\n")

    assert found.found["unreadable"] == {"code": "no_areas", "told": {"columns": "place, year, value"}}
    assert found.found["columns"] == ["place", "year", "value"]


def test_giving_up_deletes_the_file(told, people, django_capture_on_commit_callbacks):
    found = brought(told, people)
    storage, name = found.file.storage, found.file.name
    with django_capture_on_commit_callbacks(execute=True):
        imports.give_up(found, by=people.wanda)

    assert (DataImport.objects.count(), storage.exists(name)) == (0, False)


def test_files_nobody_decides_on_are_purged(told, people):
    found = brought(told, people)

    assert imports.purge(found.made_at) == 0
    assert imports.purge(found.made_at.replace(year=found.made_at.year + 1)) == 1


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_who_may_not_bring_figures(told, people, name):
    with pytest.raises(PermissionDenied):
        imports.bring(upload(), told, by=people.named(name))


def test_drafts_are_seen_by_the_group_alone_until_they_are_published(told, people):
    found = brought(told, people)
    imports.take(found, by=people.wanda)
    runner.finish_waiting()
    version = DataVersion.objects.get()

    def seeing():
        return {name for name, person in people.each() if selectors.versions(person).exists()}

    assert seeing() == {"lena", "wanda"}
    datasets.publish(version, by=people.wanda)
    assert seeing() == {name for name, _person in people.each()}
    assert Event.objects.filter(verb="benchmarking.data_published").count() == 1
    datasets.publish(version, by=people.wanda)
    assert Event.objects.filter(verb="benchmarking.data_published").count() == 1
