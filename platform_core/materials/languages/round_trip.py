"""Files for translators and back: what is taken along, what one that comes back would change, and keeping it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.registry.kinds import Translatable
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from . import checks
from .exchange import tables, xliff
from .exchange.units import REVIEWED, Unit, clean, name_of, units
from .models import BroughtFile
from .selectors import cells, may_review
from .services import Entry, keep_translations
from .states import Cell, hash_of
from .texts import languages_of

FORMATS = {
    "xlf": (xliff.written, "application/xliff+xml"),
    "csv": (tables.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (tables.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
ENDINGS = (".xlf", ".xliff", ".csv", ".xlsx")
LARGEST = 5_000_000
NEW, CHANGED, UNCHANGED, CONFLICT, UNKNOWN, FAULTY = "new", "changed", "unchanged", "conflict", "unknown", "faulty"


@dataclass
class Row:
    """What one text of a file would do: `kind` is new, changed, unchanged, conflict, unknown or faulty."""

    kind: str
    unit: dict[str, Any]
    cell: Cell | None = None
    words: Sequence[str] = ()
    reviews: bool = False

    @property
    def name(self) -> str:
        """The row in a form: no key is used in two languages at once."""
        return f"{self.unit['language']}:{self.unit['key']}"


@dataclass
class Preview:
    rows: list[Row] = field(default_factory=list)

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def stamp(self) -> str:
        """Changes with everything the preview shows."""
        return hash_of("\n".join(f"{row.kind} {row.name} {row.cell.mark if row.cell else ''}" for row in self.rows))


def taken(thing: models.Model, languages: Sequence[str], ending: str, *, user) -> bytes:
    write, _media_type = FORMATS[ending]
    return write(name_of(thing), units(thing, languages, user))


@transaction.atomic
def bring(kind: Translatable, thing: models.Model, file, *, by) -> BroughtFile:
    """Read a file and keep what it says apart; nothing of the thing is changed."""
    require(by, kind.right, thing)
    name, found = read(file)
    if name and name != name_of(thing):
        raise ValidationError(_("This file was taken from something else (%(name)s).") % {"name": name[:100]})
    if not found:
        raise ValidationError(_("There are no translations in this file."))
    brought = BroughtFile.objects.create(
        thing=label_of(thing),
        object_id=thing.pk,
        person=by,
        name=file.name[-200:],
        entries=[unit.stored() for unit in found],
    )
    audit.record("languages.brought", thing, by=by, file=brought.pk)
    return brought


def read(file) -> tuple[str, list[Unit]]:
    ending = file.name.lower().rpartition(".")[2]
    if not file.name.lower().endswith(ENDINGS):
        raise ValidationError(_("Please choose an XLIFF, XLSX or CSV file."))
    if file.size > LARGEST:
        raise ValidationError(_("The file is larger than can be read: at most 5 MB."))
    content = file.read()
    return tables.read(content, ending) if ending in ("csv", "xlsx") else xliff.read(content)


def preview(kind: Translatable, thing: models.Model, brought: BroughtFile, user) -> Preview:
    """What the file would do today; texts without a translation are passed over."""
    known = {
        (cell.text.key, code): cell
        for code in {unit["language"] for unit in brought.entries} & set(languages_of(thing))
        for cell in cells(thing, code, user)
    }
    reviewer, found, seen = may_review(user, kind, thing), [], set()
    for unit in brought.entries:
        place = (unit["key"], unit["language"])
        if unit["text"].strip() and place not in seen:
            seen.add(place)
            found.append(row_of(unit, known.get(place), reviewer))
    return Preview(found)


def row_of(unit: dict[str, Any], cell: Cell | None, reviewer: bool) -> Row:
    if cell is None:
        return Row(UNKNOWN, unit)
    reviews = reviewer and unit["state"] == REVIEWED
    if unit["text"] == clean(cell.current):
        found = reviews and (cell.state != "reviewed" or bool(cell.draft)) and fits(unit, cell)
        return Row(CHANGED if found else UNCHANGED, unit, cell, reviews=reviews)
    if faults := checks.faults(cell.text, unit["text"]):
        return Row(FAULTY, unit, cell, faults)
    if not fits(unit, cell):
        return Row(CONFLICT, unit, cell, [why(unit, cell)], reviews)
    hints = checks.hints(cell.text, unit["text"])
    return Row(CHANGED if cell.current else NEW, unit, cell, hints, reviews)


def fits(unit: dict[str, Any], cell: Cell) -> bool:
    """Whether neither source nor translation has changed since the file was taken; unknown where it bears no mark."""
    return unit["mark"] == cell.mark if unit["mark"] else not cell.current


def why(unit: dict[str, Any], cell: Cell) -> str:
    if not unit["mark"]:
        return _("The file does not say with what the translator began.")
    if unit["mark"].partition("-")[0] != cell.mark.partition("-")[0]:
        return _("The source has changed since the file was taken.")
    return _("It was translated here since the file was taken.")


@transaction.atomic
def keep(kind: Translatable, thing, brought: BroughtFile, *, by, stamp: str, conflicts=frozenset()) -> tuple[int, int]:
    """Keep what is new or changed, and of the conflicts those that were chosen by name.

    Raises ValidationError when anything has changed since the preview, and keeps nothing then.
    """
    brought = BroughtFile.objects.select_for_update().get(pk=brought.pk, person=by)
    if brought.kept_at:
        raise ValidationError(_("This file was kept already."))
    thing = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    shown = preview(kind, thing, brought, by)
    if shown.stamp != stamp:
        raise ValidationError(_("Something has changed meanwhile. Look at it once more before you keep it."))
    chosen = [*shown.of(NEW), *shown.of(CHANGED), *(row for row in shown.of(CONFLICT) if row.name in conflicts)]
    drafts = reviewed = 0
    for code in dict.fromkeys(row.unit["language"] for row in chosen):
        entries = {
            row.unit["key"]: Entry(row.unit["text"], row.reviews) for row in chosen if row.unit["language"] == code
        }
        kept = keep_translations(kind, thing, code, entries, by=by)
        drafts, reviewed = drafts + kept[0], reviewed + kept[1]
    brought.kept_at, brought.entries = timezone.now(), []
    brought.save(update_fields=["kept_at", "entries"])
    return drafts, reviewed
