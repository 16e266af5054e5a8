"""Files that nothing points to any more. Who holds one is found by itself: every foreign key to a file, in whatever room,
and what rooms declare that name files without pointing to them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import FileNames
from platform_core.identity.audit import services as audit

from .models import FilePage, StoredFile

DAYS = 30
OWN = (FilePage,)  # what is told of the file itself goes with it


def holders() -> Iterator[models.ForeignKey]:
    """Every foreign key to a file, those of many-to-many fields included."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is StoredFile and model not in OWN:
                yield field


def unheld() -> QuerySet[StoredFile]:
    rows = StoredFile.objects.all()
    for field in holders():
        rows = rows.exclude(Exists(field.model._base_manager.filter(**{field.name: OuterRef("pk")})))
    return rows


def unused(before: datetime) -> list[StoredFile]:
    """Files kept last before a moment that nothing points to and nothing names."""
    found = list(unheld().filter(kept_at__lt=before).order_by("pk"))
    hashes = {file.sha256 for file in found}
    named = set().union(*(names.held(hashes) for names in declared(FileNames))) if hashes else set()
    return [file for file in found if file.sha256 not in named]


def long_unused(days: int = DAYS) -> list[StoredFile]:
    return unused(timezone.now() - timedelta(days=days))


def purge(before: datetime) -> int:
    return sum(drop(file, before) for file in unused(before))


@transaction.atomic
def drop(file: StoredFile, before: datetime) -> bool:
    """Its row, and its bytes and pictures once that is sure; False when somebody has taken it up meanwhile."""
    held = unheld().filter(pk=file.pk, kept_at__lt=before).select_for_update(of=("self",)).first()
    if held is None:
        return False
    names = [held.content.name, *(held.preview(number) for number in range(held.drawn + 1))]
    audit.record("files.dropped", held, size=held.size)
    held.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])
    return True
