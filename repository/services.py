from collections.abc import Iterable
from typing import BinaryIO

import reversion
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from platform_core.ground.texts.analysis import fold
from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary.models import Region, Term
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.languages.services import note_translations

from .models import Record, RecordFile
from .permissions import group

EDITORS = {"role:editor", "role:lead_partner"}
RESERVED = {"deposit", "drafts"}  # addresses beside those of the records


@transaction.atomic
def deposit(
    *,
    by=None,
    topics: Iterable[int] = (),
    countries: Iterable[str] = (),
    regions: Iterable[str] = (),
    terms: dict[str, list[str]] | None = None,
    **fields,
) -> Record:
    """A new draft. `regions` are NUTS codes, `terms` codes by scheme; `by` None is the platform itself."""
    if by is not None:
        require(by, "repository.deposit_record")
    record = Record(deposited_by=by, **fields)
    record.code = record.code or free_code(as_text(record.title).localise("en").text)
    record.full_clean()
    with reversion.create_revision():
        record.save()
        record.topics.set(topics)
        record.countries.set(countries)
        record.regions.set(Region.objects.filter(code__in=regions, vintage=2021))
        record.terms.set(terms_named(terms or {}))
    note_translations(record)
    show_draft(record)
    audit.record("repository.deposited", record, by=by, kind=record.kind)
    return record


def terms_named(terms: dict[str, list[str]]) -> list[Term]:
    found = [term for scheme, codes in terms.items() for term in Term.objects.filter(scheme=scheme, code__in=codes)]
    if len(found) != sum(len(set(codes)) for codes in terms.values()):
        raise ValidationError(_("Some of the terms are not in the vocabulary: %(terms)s.") % {"terms": terms})
    return found


def free_code(title: str) -> str:
    """A readable code not yet taken, in Latin letters whatever the title's script."""
    stem = slugify(" ".join(fold(word) for word in title.split()))[:60].strip("-") or "record"
    taken = RESERVED | set(Record.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(
        code for code in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))) if code not in taken
    )


def show_draft(record: Record) -> None:
    """Drafts are seen by editors, by the leader of the group that may publish them, and by whoever deposited them."""
    own = {f"person:{record.deposited_by_id}"} if record.deposited_by_id else set()
    access.set_audience(record, EDITORS | own | {f"role:wg_leader@{scope}" for scope in [group(record)] if scope})


@transaction.atomic
def attach(record: Record, file: BinaryIO, name: str, language: str, *, by=None) -> RecordFile:
    """Keep a file with a draft; the same bytes are attached once."""
    if by is not None:
        require(by, "repository.change_draft", record)
    stored = files.keep(file, name, by=by)
    attached, _new = RecordFile.objects.get_or_create(
        record=record, file=stored, defaults={"name": name, "language": language}
    )
    audit.record("repository.file_attached", record, by=by, file=stored.pk)
    return attached


@transaction.atomic
def publish(record: Record, *, by=None) -> Record:
    record = Record.objects.select_for_update().get(pk=record.pk)
    if by is not None:
        require(by, "repository.publish_record", record)
    record.state, record.published_on = Record.State.PUBLISHED, record.published_on or timezone.localdate()
    with reversion.create_revision():
        record.save(update_fields=["state", "published_on"])
    access.set_audience(record, {"public"})
    audit.record("repository.published", record, by=by)
    return record


@transaction.atomic
def withdraw(record: Record, *, by, why: str) -> Record:
    record = Record.objects.select_for_update().get(pk=record.pk)
    require(by, "repository.withdraw_record", record)
    record.state = Record.State.WITHDRAWN
    with reversion.create_revision():
        reversion.set_comment(why)
        record.save(update_fields=["state"])
    show_draft(record)
    audit.record("repository.withdrawn", record, by=by)
    return record
