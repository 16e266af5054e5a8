from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

import reversion
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.discussions.selectors import has_open_round
from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.names import free_code
from platform_core.ground.vocabulary import thesaurus
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Region, Term
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import MEMBERS, PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.languages.services import note_translations

from . import selectors, twins, versions
from .models import Record, RecordFile, RecordVersion
from .permissions import group

EDITORS = {"role:editor", "role:lead_partner"}
RESERVED = {"adoptions", "collections", "deposit", "drafts", "gaps", "reading", "usage"}  # other addresses


LINKS = ("topics", "countries", "regions", "terms", "concepts", "clusters")
NOTE = RecordVersion._meta.get_field("note").max_length or 500


@dataclass(frozen=True)
class NewFile:
    """What is to be attached."""

    content: BinaryIO
    name: str
    language: str


@transaction.atomic
def deposit(*, by=None, **fields) -> Record:
    """A new draft. `regions` are NUTS codes, `terms` codes by scheme; `by` None is the platform itself."""
    if by is not None:
        require(by, "repository.deposit_record")
    links = {name: fields.pop(name) for name in LINKS if name in fields}
    record = Record(deposited_by=by, **fields)
    record.code = record.code or code_for(as_text(record.title).localise("en").text)
    write(record, links, by)
    show(record)
    audit.record("repository.deposited", record, by=by, kind=record.kind)
    return record


def write(record: Record, links: dict, by=None) -> None:
    record.full_clean()
    with reversion.create_revision():
        record.save()
        for name, keys in links.items():
            link(record, name, keys)
        if {"regions", "countries"} & links.keys():
            record.countries.add(*record.regions.values_list("country", flat=True))
    twins.note_title(record)
    note_translations(record, by=by)


def link(record: Record, name: str, keys) -> None:
    if name == "regions":
        keys = Region.objects.filter(code__in=keys, vintage=2021)
    elif name == "terms":
        keys = terms_named(keys)
    elif name == "concepts":
        named = thesaurus.mentioned(record.title) | thesaurus.mentioned(record.summary)
        keys = {*keys, *named}
    getattr(record, name).set(keys)


@transaction.atomic
def change(
    record: Record, *, by, note: str = "", added: NewFile | None = None, dropped: Iterable[int] = (), **fields
) -> Record:
    """Change a draft, or revise what is published: its new state becomes the next version. `by` None is the platform.

    `dropped` are keys of its files that go, `added` comes; versions before keep the files they had.
    """
    record = Record.objects.select_for_update().get(pk=record.pk)
    is_draft = record.state == Record.State.DRAFT
    if by is not None:
        require(by, "repository.change_draft" if is_draft else "repository.revise_record", record)
    if not is_draft:
        note_open_files(record)
    if len(note) > NOTE:
        raise ValidationError({"note": _("At most %(limit)s characters.") % {"limit": NOTE}})
    links = {name: fields.pop(name) for name in LINKS if name in fields}
    for name, value in fields.items():
        setattr(record, name, value)
    write(record, links, by)
    show(record)
    refiled = bool(record.files.filter(pk__in=dropped).delete()[0] if dropped else 0)
    if added:
        hold(record, added, by)
        refiled = True
    if not is_draft:
        keep_version(record, note)
    named = {*fields, *links} | ({"files"} if refiled else set())
    audit.record("repository.changed", record, by=by, fields=sorted(named))
    return record


def keep_version(record: Record, note: str = "") -> RecordVersion:
    """The published state as the next version, or the last one when nothing a reader can read has changed."""
    content = versions.content_of(Record.objects.get(pk=record.pk))
    last, digest = record.versions.first(), versions.digest(content)
    if last is None or last.sha256 != digest:
        number = last.number + 1 if last else 1
        Record.objects.filter(pk=record.pk).update(changed_on=platform_day(), version=number)
        fields = {"note": note, "content": content, "sha256": digest}
        last = record.versions.create(number=number, made_on=platform_day(), **fields)
    note_open_files(record)
    return last


def note_open_files(record: Record) -> None:
    """Files that everybody can have now stay open in the version that has them."""
    is_seen = record.state == Record.State.PUBLISHED and not record.for_members
    if is_seen and selectors.has_open_files(record) and (last := record.versions.first()):
        record.versions.filter(pk=last.pk, had_open_files=False).update(had_open_files=True)


def terms_named(terms: dict[str, list[str]]) -> list[Term]:
    found = [term for scheme, codes in terms.items() for term in Term.objects.filter(scheme=scheme, code__in=codes)]
    if len(found) != sum(len(set(codes)) for codes in terms.values()):
        raise ValidationError(_("Some of the terms are not in the vocabulary: %(terms)s.") % {"terms": terms})
    return found


def code_for(title: str, besides: Iterable[str] = RESERVED) -> str:
    rows = Record.objects.values_list("code", flat=True)
    return free_code(title, lambda stem: {*besides, *rows.filter(code__startswith=stem)})


def show(record: Record) -> None:
    """Published records are for everyone or for members; drafts for editors, for the leader of the group that may publish
    them, for whoever deposited them, and for the group while it is asked for comments."""
    own = {f"person:{record.deposited_by_id}"} if record.deposited_by_id else set()
    keys = EDITORS | own | {f"role:wg_leader@{scope}" for scope in [group(record)] if scope}
    if (scope := group(record)) and has_open_round(record):
        keys.add(scope)
    if record.state == Record.State.PUBLISHED:
        keys = {MEMBERS, *keys} if record.for_members else {PUBLIC}
        if not record.for_members and not record.was_public:
            Record.objects.filter(pk=record.pk).update(was_public=True)
            record.was_public = True
    access.set_audience(record, keys)


@transaction.atomic
def attach(record: Record, file: BinaryIO, name: str, language: str, *, by=None) -> RecordFile:
    """Keep a file with a draft; the same bytes are attached once."""
    if by is not None:
        require(by, "repository.change_draft", record)
    attached = hold(record, NewFile(file, name, language), by)
    audit.record("repository.file_attached", record, by=by, file=attached.file_id)
    return attached


@transaction.atomic
def attach_kept(record: Record, file: int, name: str, language: str, *, by=None) -> RecordFile:
    """The same for a file that is kept already, by its key."""
    if by is not None:
        require(by, "repository.change_draft", record)
    attached, new = record.files.get_or_create(file_id=file, defaults={"name": name, "language": language})
    if new:
        audit.record("repository.file_attached", record, by=by, file=file)
    return attached


def hold(record: Record, added: NewFile, by) -> RecordFile:
    stored = files.keep(added.content, added.name, by=by)
    own = {"name": added.name, "language": added.language}
    return RecordFile.objects.get_or_create(record=record, file=stored, defaults=own)[0]


@transaction.atomic
def detach(record: Record, pk: int, *, by) -> None:
    require(by, "repository.change_draft", record)
    record.files.filter(pk=pk).delete()
    audit.record("repository.file_detached", record, by=by)


@transaction.atomic
def publish(record: Record, *, by=None, note: str = "") -> Record:
    record = Record.objects.select_for_update().get(pk=record.pk)
    if by is not None:
        require(by, "repository.publish_record", record)
    record.state, record.published_on = Record.State.PUBLISHED, record.published_on or platform_day()
    record.withdrawn_on, record.why_withdrawn, record.changed_on = None, "", platform_day()
    with reversion.create_revision():
        record.save(update_fields=["state", "published_on", "withdrawn_on", "why_withdrawn", "changed_on"])
    show(record)
    keep_version(record, note)
    audit.record("repository.published", record, by=by)
    return record


@transaction.atomic
def withdraw(record: Record, *, by, why: str) -> Record:
    """Take a record out of every list; its address tells the reason from now on. `by` None is the platform itself."""
    record = Record.objects.select_for_update().get(pk=record.pk)
    if by is not None:
        require(by, "repository.withdraw_record", record)
    record.state = Record.State.WITHDRAWN
    record.withdrawn_on = record.changed_on = platform_day()
    record.why_withdrawn = why
    with reversion.create_revision():
        reversion.set_comment(why)
        record.save(update_fields=["state", "withdrawn_on", "why_withdrawn", "changed_on"])
    show(record)
    audit.record("repository.withdrawn", record, by=by)
    return record


@transaction.atomic
def open_files(pk: int) -> int:
    """The day has come from which a record's files are open."""
    opened = Record.objects.filter(pk=pk, files_from__lte=platform_day()).update(files_from=None)
    if opened:
        note_open_files(Record.objects.get(pk=pk))
        audit.record("repository.files_opened", Record(pk=pk))
    return opened


def open_due_files() -> int:
    return sum(open_files(pk) for pk in selectors.with_files_to_open())
