"""A file on its way into a data set: kept, looked at by a job, read as its importer says, stored by another job."""

import io
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job

from .. import loading
from ..imports.opening import opened
from ..imports.problems import UnreadableError
from ..imports.reading import NEW, THIS, Found, Known, code_of, look, table_in
from ..imports.summary import summary, table_told
from ..imports.words import said
from ..models import DataImport, DataSet, DataVersion, Indicator
from ..selectors import areas, comparison
from . import datasets, indicators

LOOK, STORE = "benchmarking.look", "benchmarking.store"
ENDINGS = {"xlsx": ".xlsx", "json": ".json", "text": ".csv"}


@transaction.atomic
def bring(upload: UploadedFile, data_set: DataSet, *, by) -> DataImport:
    """Keep a file and have it looked at. Raises ValidationError for what is no table at all."""
    require(by, "benchmarking.import_data", data_set)
    with in_words("file"):
        opened(upload.read())
    upload.seek(0)
    brought = DataImport.objects.create(
        data_set=data_set, person=by, name=str(upload.name)[-200:], file=upload, options={"this": data_set.code}
    )
    jobs.start(LOOK, by=by, brought=brought.pk)
    audit.record("benchmarking.data_brought", data_set, by=by, brought=brought.pk)
    return brought


@contextmanager
def in_words(field: str):
    try:
        yield
    except UnreadableError as problem:
        raise ValidationError({field: said(problem.code, problem.told)}) from problem


@transaction.atomic
def read_as(brought: DataImport, options: Mapping[str, Any], *, by) -> Job:
    """Look at it again, read in another way."""
    brought = DataImport.objects.select_for_update().get(pk=brought.pk)
    require(by, "benchmarking.import_data", brought.data_set)
    check_open(brought)
    brought.options, brought.found = dict(options), {}
    brought.save(update_fields=["options", "found"])
    return jobs.start(LOOK, by=by, brought=brought.pk)


@transaction.atomic
def take(brought: DataImport, *, by, note: str = "") -> Job:
    """Have it stored as the next version; a second click finds the job that is under way."""
    brought = DataImport.objects.select_for_update().get(pk=brought.pk)
    require(by, "benchmarking.import_data", brought.data_set)
    check_open(brought)
    if not brought.found.get("cells") or brought.found["problems"]["counts"]:
        raise ValidationError(_("What does not fit has to be mended first."))
    under_way = Job.objects.filter(
        kind=STORE, arguments__brought=brought.pk, state__in=(Job.State.WAITING, Job.State.RUNNING)
    )
    return under_way.first() or jobs.start(STORE, by=by, brought=brought.pk, note=note[:500])


def check_open(brought: DataImport) -> None:
    if brought.version_id:
        raise ValidationError(_("This file is stored already."))


def known() -> Known:
    codes = frozenset(Indicator.objects.values_list("code", flat=True))
    return Known(areas.known_codes(), areas.regions_by_country(), codes)


def look_at(run, brought: int) -> dict[str, int]:
    """The job behind `bring` and `read_as`."""
    row = DataImport.objects.get(pk=brought)
    with row.file.open("rb") as file:
        content = file.read()
    run.progress(1, 3, row.name)
    try:
        found = summary(look(content, known(), row.options))
    except UnreadableError as problem:
        found = {"unreadable": {"code": problem.code, "told": problem.told}} | columns_of(content, row.options)
    with run.writing():
        DataImport.objects.filter(pk=brought, version=None).update(found=found)
    return {"cells": found.get("cells", 0)}


def columns_of(content: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """What can be told of a table whose columns are not understood, so that its importer says what they are."""
    try:
        return table_told(table_in(content, options), options)
    except UnreadableError:
        return {}


def store(run, brought: int, note: str = "") -> dict[str, int]:
    """The job behind `take`: the version with all its figures, or nothing."""
    row = DataImport.objects.select_related("data_set", "person").get(pk=brought)
    if row.version_id:
        return {"version": row.version_id}
    with row.file.open("rb") as file:
        content = file.read()
    run.progress(1, 4, row.name)
    found = look(content, known(), row.options)
    if found.problems:
        raise ValueError("The file has problems that it did not have when it was looked at.")
    run.progress(2, 4, row.name)
    kind, plain = opened(content)
    with run.writing():
        kept = files.keep(io.BytesIO(plain), f"data{ENDINGS[kind]}", by=row.person, read=False)
        version = stored(
            row.data_set, found, by=row.person, file=kept, file_name=row.name, sha256=kept.sha256, note=note
        )
        row.version = version
        row.save(update_fields=["version"])
    drop_file(row)
    return {"version": version.pk}


def stored(data_set: DataSet, found: Found, *, by=None, **fields) -> DataVersion:
    """The next version of a data set, with entries in the catalogue for what it lacks."""
    DataSet.objects.select_for_update().get(pk=data_set.pk)
    named = {
        code_of(word, NEW, found.options): str(data_set.title) if word == THIS else word
        for word, chosen in found.asked.items()
        if chosen == NEW
    }
    indicators.add_unknown(data_set, named, by=by)
    last = data_set.versions.order_by("-number").values_list("number", flat=True).first()
    version = loading.store(
        found.cells,
        DataVersion(
            data_set=data_set,
            number=(last or 0) + 1,
            imported_by=by,
            options=found.options,
            report={"notes": found.notes, "format": found.table.format},
            vintage=found.recoding.vintage,
            **fields,
        ),
    )
    if before := data_set.versions.filter(number=last).first():
        version.report |= {"changes": comparison.since(before, version)}
        version.save(update_fields=["report"])
    access.set_audience(version, datasets.keys_inside(data_set))
    audit.record("benchmarking.data_imported", version, by=by, cells=version.cells)
    return version


@transaction.atomic
def give_up(brought: DataImport, *, by) -> None:
    require(by, "benchmarking.import_data", brought.data_set)
    drop(brought)


def drop(brought: DataImport) -> None:
    drop_file(brought)
    brought.delete()


def drop_file(brought: DataImport) -> None:
    """When all else is settled."""
    stored_in, name = brought.file.storage, str(brought.file.name)
    transaction.on_commit(lambda: stored_in.delete(name))


def purge(before: datetime) -> int:
    old = list(DataImport.objects.filter(made_at__lt=before))
    for brought in old:
        drop(brought)
    return len(old)


def files_of(person) -> list[tuple[str, FieldFile]]:
    rows = DataImport.objects.filter(person=person, version=None)
    return [(f"incoming/{row.pk}-{row.name}", row.file) for row in rows]
