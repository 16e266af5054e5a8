import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from platform_core.materials.files import unused
from platform_core.materials.files.models import StoredFile
from platform_core.materials.files.services import keep
from repository import services as repository
from repository.models import Record
from tests.factories.repository import record

pytestmark = pytest.mark.django_db

LATER = timedelta(days=31)
HOLDERS = list(unused.holders())


def kept(text: str = "Nobody wants this.") -> StoredFile:
    """A file of last month."""
    made = keep(io.BytesIO(text.encode()), "notes.txt")
    StoredFile.objects.filter(pk=made.pk).update(kept_at=timezone.now() - LATER)
    return made


def purge() -> list[str]:
    """What stays when files of more than 30 days are looked at."""
    unused.purge(timezone.now() - timedelta(days=unused.DAYS))
    return list(StoredFile.objects.order_by("pk").values_list("sha256", flat=True))


def test_bytes_and_pictures_of_an_unused_file_go(django_capture_on_commit_callbacks):
    made = kept()
    default_storage.save(made.preview(0), io.BytesIO(b"small"))
    with django_capture_on_commit_callbacks(execute=True):
        left = purge()

    assert left == []
    assert [default_storage.exists(name) for name in (made.content.name, made.preview(0))] == [False, False]


def test_a_file_kept_lately_stays():
    made = kept()
    StoredFile.objects.filter(pk=made.pk).update(kept_at=timezone.now() - timedelta(days=29))

    assert purge() == [made.sha256]


def test_the_same_bytes_kept_again_are_kept_from_then_on():
    made = kept()
    keep(io.BytesIO(b"Nobody wants this."), "again.txt")

    assert purge() == [made.sha256]


def anything(field: models.Field):
    """A value a column takes; what it points to need not be there before the end of the transaction."""
    if field.has_default() or field.null or field.auto_created:
        return field.get_default()
    if isinstance(field, models.ForeignKey):
        return 0
    if isinstance(field, (models.DateTimeField, models.DateField)):
        return timezone.now()
    if isinstance(field, models.JSONField):
        return {}
    return field.choices[0][0] if field.choices else 0 if isinstance(field, models.IntegerField) else "x"


def row_of(model: type[models.Model], **given) -> models.Model:
    told = {field.attname: anything(field) for field in model._meta.concrete_fields if not field.primary_key}
    return model._base_manager.bulk_create([model(**told | given)])[0]


@pytest.mark.parametrize("field", HOLDERS, ids=[f"{field.model._meta.label}.{field.name}" for field in HOLDERS])
def test_a_file_in_use_stays_whoever_holds_it(field):
    made, _other = kept(), kept("Another one.")
    row = row_of(field.model, **{field.attname: made.pk})
    left = purge()
    field.model._base_manager.filter(pk=row.pk).delete()

    assert left == [made.sha256]
    assert purge() == []


def test_a_file_that_a_published_version_names_stays():
    made = record(publish=False)
    repository.attach(made, io.BytesIO(b"As published"), "notes.txt", "en")
    made = repository.publish(made)
    StoredFile.objects.update(kept_at=timezone.now() - LATER)
    held = made.files.get().file.sha256
    Record.objects.get(pk=made.pk).files.all().delete()

    assert purge() == [held]
    made.versions.all().delete()
    assert purge() == []


def test_the_command_deletes_only_when_told(capsys):
    made = kept()
    call_command("unused_files")
    looked = (capsys.readouterr().out.splitlines(), StoredFile.objects.count())
    call_command("unused_files", "--delete")

    listed = f"{made.sha256}  {made.size:>12}  text/plain"
    assert looked == ([listed, f"1 files, {made.size} bytes. Nothing was deleted."], 1)
    assert (capsys.readouterr().out.splitlines(), StoredFile.objects.count()) == ([listed, "Deleted 1 of 1 files."], 0)
