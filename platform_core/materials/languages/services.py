from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import declared, label_of
from platform_core.ground.registry.kinds import SourceText, Translatable
from platform_core.ground.texts.fields import printable
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from . import checks
from .models import Assignment, BroughtFile, Progress, TranslationState
from .selectors import cells, readiness, rows_of
from .states import Cell, Readiness, hash_of
from .texts import normal, texts_of, translatable

NOTED = [
    "source_language",
    "source_hash",
    "source",
    "text",
    "is_reviewed",
    "is_same",
    "is_private",
    "draft",
    "draft_source",
    "told_hash",
    "translator",
    "reviewer",
    "changed_at",
]
COUNTED = ("texts", "reviewed", "drafts", "stale", "missing", "waiting", "is_ready")


@dataclass(frozen=True)
class Entry:
    """What somebody wrote for one text; `is_same` says that it reads like its source on purpose.

    `seen` is the mark of what she saw before; nothing is kept over what was changed since. Without it nothing is compared.
    """

    text: str
    is_reviewed: bool = False
    is_same: bool = False
    seen: str = ""


def note_translations(thing: models.Model, languages: Iterable[str] = (), *, is_reviewed: bool = True, by=None) -> None:
    """Note from which source the translations of a thing were made; called by the service that writes the thing.

    Those in `languages` were written or checked just now, as were those that read otherwise than before; others keep the
    source they were made from. Whoever translated what is out of date now is told once.
    """
    label, fresh, rows = label_of(thing), set(languages), rows_of(thing)
    texts = {text.key: text for text in texts_of(thing)}
    made, changed, outdated = [], [], set()
    for text in texts.values():
        for code, words in text.texts.items():
            row = rows.get((text.key, code))
            if code == text.source:
                continue
            if row is None:
                row = TranslationState(thing=label, object_id=thing.pk, key=text.key, language=code)
                made.append(noted(row, text, words, is_reviewed=is_reviewed, by=by))
            elif code in fresh or (row.text and row.text != words) or not row.source_hash:
                changed.append(noted(row, text, words, is_reviewed=is_reviewed, by=by))
            elif row.source_hash == hash_of(text.words):
                if not row.text:  # noted before the words were kept
                    row.source, row.text, row.source_language = text.words, words, text.source
                    changed.append(row)
            elif row.told_hash != hash_of(text.words):
                row.told_hash = hash_of(text.words)
                changed.append(row)
                outdated.add(code)
    changed += outdated_drafts(rows, texts, outdated)
    write(rows, texts, made, changed)
    if outdated:
        audit.record("languages.source_changed", thing, by=by, languages=sorted(outdated))
    if translatable(label):
        count(thing)


def noted(row: TranslationState, text: SourceText, words: str, *, is_reviewed: bool, by) -> TranslationState:
    row.source_language, row.source, row.source_hash = text.source, text.words, hash_of(text.words)
    row.text, row.is_reviewed, row.is_private = words, is_reviewed, bool(text.only_for)
    row.translator, row.reviewer = by, by if is_reviewed else None
    row.changed_at = timezone.now()
    if normal(row.draft) == normal(words):
        row.draft = row.draft_source = ""
    return row


def outdated_drafts(rows, texts: Mapping[str, SourceText], outdated: set[str]) -> list[TranslationState]:
    """Drafts of texts that are not in the thing yet, whose source reads otherwise now."""
    found = []
    for (key, code), row in rows.items():
        text = texts.get(key)
        if text is None or not row.draft or code in text.texts or row.draft_source == text.words:
            continue
        if row.told_hash != hash_of(text.words):
            row.told_hash = hash_of(text.words)
            outdated.add(code)
            found.append(row)
    return found


def write(rows, texts: Mapping[str, SourceText], made: list, changed: list) -> None:
    """New and changed states, and away with those of texts that are gone."""
    TranslationState.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["thing", "object_id", "key", "language"],
        update_fields=NOTED,
    )
    if changed:
        TranslationState.objects.bulk_update(changed, NOTED)
    gone = [row.pk for (key, code), row in rows.items() if not is_held(texts.get(key), code, row)]
    if gone:
        TranslationState.objects.filter(pk__in=gone).delete()


def is_held(text: SourceText | None, code: str, row: TranslationState) -> bool:
    """A draft stays even while its source is gone: it is back as soon as the source is."""
    return bool(row.draft) or (text is not None and code in text.texts)


def count(thing: models.Model) -> dict[str, Readiness]:
    """Count a thing's texts anew for the lists."""
    found = readiness(thing)
    rows = [
        Progress(
            thing=label_of(thing),
            object_id=thing.pk,
            language=code,
            **{name: getattr(counts, name) for name in COUNTED},
        )
        for code, counts in found.items()
    ]
    Progress.objects.filter(thing=label_of(thing), object_id=thing.pk).exclude(language__in=list(found)).delete()
    Progress.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["thing", "object_id", "language"],
        update_fields=list(COUNTED),
    )
    return found


@transaction.atomic
def keep_translations(
    kind: Translatable, thing: models.Model, language: str, entries: Mapping[str, Entry], *, by
) -> tuple[int, int]:
    """Keep what a translator wrote: drafts at the desk, reviewed texts in the thing. Gives how many of each.

    All or nothing: a text that is too long or has lost a placeholder raises ValidationError under its key.
    """
    thing = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    require(by, kind.review if any(entry.is_reviewed for entry in entries.values()) else kind.right, thing)
    known = {cell.text.key: cell for cell in cells(thing, language, by)}
    wanted = {key: cleaned(known[key], entry) for key, entry in entries.items() if key in known}
    check(known, wanted)
    drafts, reviewed = [], {}
    for key, entry in wanted.items():
        cell = known[key]
        row = cell.row or TranslationState(thing=label_of(thing), object_id=thing.pk, key=key, language=language)
        if entry.is_reviewed and entry.text:
            reviewed[key] = (row, entry)
        else:
            drafts.append(as_draft(row, cell, entry, by))
    save_states(drafts)
    if reviewed:
        keep_reviewed(kind, thing, language, reviewed, by)
    else:
        count(thing)
    audit.record("languages.kept", thing, by=by, language=language, drafts=len(drafts), reviewed=len(reviewed))
    return len(drafts), len(reviewed)


def cleaned(cell: Cell, entry: Entry) -> Entry:
    text = normal(printable(entry.text))
    if entry.is_same and not text.strip():
        text = cell.text.words
    return Entry(text if text.strip() else "", entry.is_reviewed, entry.is_same, entry.seen)


def check(known: Mapping[str, Cell], wanted: Mapping[str, Entry]) -> None:
    found = {key: checks.faults(known[key].text, entry.text) if entry.text else [] for key, entry in wanted.items()}
    for key, entry in wanted.items():
        if entry.seen not in ("", known[key].mark) and entry.text != normal(known[key].current):
            found[key].append(_("Somebody has changed this meanwhile."))
    if faulty := {key: words for key, words in found.items() if words}:
        raise ValidationError(faulty)


def as_draft(row: TranslationState, cell: Cell, entry: Entry, by) -> TranslationState:
    """An emptied draft falls away; what stands in the thing stays until something reviewed takes its place."""
    row.draft, row.is_same, row.translator, row.changed_at = entry.text, entry.is_same, by, timezone.now()
    row.draft_source = cell.text.words if entry.text else ""
    row.source_language, row.is_private = cell.text.source, bool(cell.text.only_for)
    return row


def save_states(rows: list[TranslationState]) -> None:
    for row in rows:
        if row.draft or row.source_hash:
            row.save()
        elif row.pk:
            row.delete()


def keep_reviewed(kind: Translatable, thing, language: str, reviewed: Mapping[str, tuple], by) -> None:
    """Written into the thing first, whose service notes them; then it is noted who wrote and who reviewed them."""
    writers = {key: writer_of(row, entry, by) for key, (row, entry) in reviewed.items()}
    kind.keep(thing, language, {key: entry.text for key, (_row, entry) in reviewed.items()}, by=by)
    thing = type(thing)._base_manager.get(pk=thing.pk)
    rows, texts = rows_of(thing), {text.key: text for text in texts_of(thing)}
    done = []
    for key, (_row, entry) in reviewed.items():
        if (row := rows.get((key, language))) is None or key not in texts:
            raise ValidationError({key: _("This text could not be kept.")})
        noted(row, texts[key], texts[key].texts.get(language, ""), is_reviewed=True, by=by)
        row.is_same, row.draft, row.draft_source = entry.is_same, "", ""
        row.translator_id = writers[key]
        done.append(row)
    TranslationState.objects.bulk_update(done, NOTED)
    count(thing)


def writer_of(row: TranslationState, entry: Entry, by) -> int:
    """Whoever wrote the draft that is found good; else the reviewer herself."""
    is_theirs = row.translator_id and entry.text in (row.draft, row.text)
    return row.translator_id if is_theirs else by.pk


@transaction.atomic
def take_on(kind: Translatable, thing: models.Model, language: str, *, by) -> Assignment:
    """Say that one translates a thing into a language; one is told when its source changes."""
    require(by, kind.right, thing)
    found, is_new = Assignment.objects.get_or_create(
        thing=label_of(thing), object_id=thing.pk, language=language, person=by
    )
    if is_new:
        audit.record("languages.taken_on", thing, by=by, language=language)
    return found


@transaction.atomic
def give_back(thing: models.Model, language: str, *, by) -> None:
    own = Assignment.objects.filter(thing=label_of(thing), object_id=thing.pk, language=language, person=by)
    if own.delete()[0]:
        audit.record("languages.given_back", thing, by=by, language=language)


def count_uncounted(most: int = 500) -> int:
    """Count things that came in without being counted, such as many filed at once; and forget those that are gone.

    Translations they came with are taken to fit their source, and wait for review.
    """
    done = 0
    for kind in declared(Translatable):
        rows, counted = apps.get_model(kind.label)._base_manager, Progress.objects.filter(thing=kind.label)
        lacking = rows.exclude(Exists(counted.filter(object_id=OuterRef("pk")))).order_by("-pk")
        for thing in lacking[: most - done]:
            note_translations(thing, is_reviewed=False)
            done += 1
        gone = counted.exclude(object_id__in=rows.values("pk"))
        for model in (TranslationState, Assignment, Progress) if gone.exists() else ():
            model.objects.filter(thing=kind.label).exclude(object_id__in=rows.values("pk")).delete()
    return done


def drop_brought(before) -> int:
    return BroughtFile.objects.filter(brought_at__lt=before).delete()[0]
