from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from .. import presets
from ..models import Document, DocumentField, DocumentVersion, FieldValue, WorkingGroup
from ..selectors import fields as selectors

MOST = 20
MOST_CHOICES = 50
Row = Mapping[str, Any]


@transaction.atomic
def add(group: WorkingGroup, *, by, choices: list[Row] = (), **said) -> DocumentField:
    """A field after those there are; it is asked of each document from now on."""
    require(by, "workinggroups.keep_fields", group)
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    if group.fields.filter(is_open=True).count() >= MOST:
        raise ValidationError(_("At most %(most)s fields are filled in at a document.") % {"most": MOST})
    demand_new_name(group, said["name"])
    last = group.fields.aggregate(last=Max("position"))["last"] or 0
    made = group.fields.create(position=last + 1, **said)
    keep_choices(made, choices)
    audit.record("workinggroups.field_added", made, by=by)
    return made


def demand_new_name(group: WorkingGroup, name: Any) -> None:
    """Also so that a second click adds no second one."""
    wanted = str(DocumentField(name=name).name).casefold()
    if any(str(one.name).casefold() == wanted for one in group.fields.all()):
        raise ValidationError({"name": _("There is a field of this name already.")})


@transaction.atomic
def change(field: DocumentField, *, by, choices: list[Row] = (), **said) -> DocumentField:
    """Its names and choices. Of another kind it can only become as long as nothing is filled in."""
    require(by, "workinggroups.keep_fields", field.group)
    field = DocumentField.objects.select_for_update().get(pk=field.pk)
    if said.get("kind", field.kind) != field.kind and field.values.exists():
        raise ValidationError({"kind": _("Documents have it filled in already; close it and add another one.")})
    for name, value in said.items():
        setattr(field, name, value)
    field.save()
    keep_choices(field, choices)
    audit.record("workinggroups.field_changed", field, by=by)
    return field


def keep_choices(field: DocumentField, rows: list[Row]) -> None:
    """In the order given; a choice that is missing is offered no more, and stays where it was chosen."""
    rows = rows if field.kind == DocumentField.Kind.CHOICE else []
    if field.kind == DocumentField.Kind.CHOICE and not 2 <= len(rows) <= MOST_CHOICES:
        raise ValidationError(_("Please give between 2 and %(most)s choices.") % {"most": MOST_CHOICES})
    held = {one.pk: one for one in field.choices.all()}
    for place, row in enumerate(rows, 1):
        known = held.pop(row.get("pk"), None)
        if known is None:
            field.choices.create(name=row["name"], position=place)
        else:
            known.name, known.position, known.is_open = row["name"], place, True
            known.save()
    for gone in held.values():
        gone.is_open = False
        gone.save(update_fields=["is_open"])


@transaction.atomic
def open_or_close(field: DocumentField, *, by) -> DocumentField:
    """Closed, it is asked no more; what was filled in stays in the versions, and it can be opened again."""
    require(by, "workinggroups.keep_fields", field.group)
    field.is_open = not field.is_open
    field.save(update_fields=["is_open"])
    audit.record("workinggroups.field_changed", field, by=by)
    return field


@transaction.atomic
def move_up(field: DocumentField, *, by) -> DocumentField:
    """Before the one that stands before it now."""
    require(by, "workinggroups.keep_fields", field.group)
    rows = list(field.group.fields.select_for_update())
    place = rows.index(field)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, one in enumerate(rows, 1):
        DocumentField.objects.filter(pk=one.pk).update(position=position)
    return field


@transaction.atomic
def begin(group: WorkingGroup, *, by) -> list[DocumentField]:
    """The usual fields, for a group that has none."""
    require(by, "workinggroups.keep_fields", group)
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    if group.fields.exists():
        return []
    return [add(group, by=by, **said) for said in presets.usual_fields()]


# What documents say


def checked(group: WorkingGroup, said: Mapping[int, Any]) -> dict[int, Any]:
    """Only what is filled in, and only in fields of this group with choices of their own."""
    kinds = {one.pk: one for one in selectors.fields(group, closed=True)} if said else {}
    found = {pk: value for pk, value in said.items() if value not in (None, "")}
    for pk, value in found.items():
        if pk not in kinds or (kinds[pk].kind == DocumentField.Kind.CHOICE and value.field_id != pk):
            raise ValidationError(_("This field belongs to another group."))
    return found


def keep(document: Document, version: DocumentVersion, said: Mapping[int, Any]) -> None:
    """What the version says in fields; from now on that is what the document says."""
    document.values.update(document=None)
    kinds = dict(DocumentField.objects.filter(pk__in=said).values_list("pk", "kind")) if said else {}
    FieldValue.objects.bulk_create(
        FieldValue(version=version, document=document, field_id=pk, **{FieldValue.COLUMNS[kinds[pk]]: value})
        for pk, value in said.items()
    )


def joined(document: Document, seen: DocumentVersion | None, last: DocumentVersion, said: Mapping[int, Any] | None):
    """What the next version says: what was filled in; what was left as it was does not undo what others changed."""
    held = selectors.values_of(last)
    if said is None:
        return held
    before = selectors.values_of(seen) if seen else {}
    typed = {pk: None if value == "" else value for pk, value in said.items()}
    changed = {pk: value for pk, value in typed.items() if seen is None or value != before.get(pk)}
    return checked(document.group, {**held, **changed})


def demand(document: Document) -> None:
    """A review is about a document that says what it has to say."""
    if missing := selectors.lacking(document):
        names = ", ".join(str(one) for one in missing)
        raise ValidationError(_("Please fill in first: %(names)s.") % {"names": names})
