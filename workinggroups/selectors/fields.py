from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format, number_format

from platform_core.ground.texts.comparison import Change, pieces
from platform_core.identity.access.selectors import keys_of, require

from ..models import Document, DocumentField, DocumentVersion, FieldChoice, FieldValue, WorkingGroup
from ..permissions.groups import commenting

Value = str | date | FieldChoice | Decimal


def fields(group: WorkingGroup, *, closed: bool = False) -> QuerySet[DocumentField]:
    rows = group.fields.prefetch_related("choices")
    return rows if closed else rows.filter(is_open=True)


def field_for(user, pk: int) -> DocumentField:
    found = get_object_or_404(DocumentField.objects.select_related("group__topic"), pk=pk)
    require(user, "workinggroups.keep_fields", found.group)
    return found


def stored(version: DocumentVersion) -> QuerySet[FieldValue]:
    return version.values.select_related("field", "choice")


def values_of(version: DocumentVersion) -> dict[int, Value]:
    return {one.field_id: one.value for one in stored(version)}


def plain(value: Value) -> str:
    """A value the same way in every language, as fingerprints and programs read it."""
    if isinstance(value, FieldChoice):
        return str(value.pk)
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def words(value: Value) -> str:
    """A value as people read it in the active language."""
    if isinstance(value, Decimal):
        return number_format(value.normalize(), use_l10n=True, force_grouping=True)
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)


def told(rows: Iterable[FieldValue]) -> list[tuple[str, str]]:
    """Names and values in words, in the order of the fields."""
    return [(str(one.field), words(one.value)) for one in rows]


def to_find(rows: Iterable[FieldValue]) -> str:
    """What a version is found by: choices under their names in every language."""
    return "\n".join(" ".join(one.choice.name.values()) if one.choice else plain(one.value) for one in rows)


def lacking(document: Document) -> list[DocumentField]:
    """What has to be filled in and is not, in its last version."""
    rows = fields(document.group).filter(is_required=True)
    return list(rows.exclude(pk__in=document.values.values("field")))


def differences(older: DocumentVersion, newer: DocumentVersion) -> list[Change]:
    """What two versions say differently, field by field."""
    before, after = ({one.field: one.value for one in stored(version)} for version in (older, newer))
    changed = [one for one in {**before, **after} if before.get(one) != after.get(one)]
    return [
        Change(str(one), pieces(*(words(side[one]) if one in side else "" for side in (before, after))))
        for one in sorted(changed, key=lambda one: (one.position, one.pk))
    ]


# The library


def works_in(user, group: WorkingGroup) -> bool:
    """Whoever only reads knows of a document what was approved of it."""
    if user.has_perm("workinggroups.add_document", group):
        return True
    return not commenting(group).isdisjoint(keys_of(user))


def known(user, group: WorkingGroup) -> QuerySet[FieldValue]:
    """The values of the last versions that a person may know of, to ask lists of documents with."""
    rows = FieldValue.objects.filter(document=OuterRef("pk"))
    return rows if works_in(user, group) else rows.filter(version__fingerprint=OuterRef("approved"))


def matching(rows: QuerySet[Document], user, group: WorkingGroup, wanted: Iterable[Q]) -> QuerySet[Document]:
    """The documents of which each condition holds for one of their values."""
    for condition in wanted:
        rows = rows.filter(Exists(known(user, group).filter(condition)))
    return rows


def with_words(rows: QuerySet[Document], user, group: WorkingGroup, typed: str) -> QuerySet[Document]:
    """The documents whose title or texts hold some words."""
    said = Exists(known(user, group).filter(text__icontains=typed))
    return rows.filter(Q(title__icontains=typed) | said)


def known_of(user, group: WorkingGroup) -> QuerySet[FieldValue]:
    """The values of last versions in a group, as far as a person may know of them."""
    rows = FieldValue.objects.filter(document__group=group)
    return rows if works_in(user, group) else rows.filter(version__fingerprint=F("document__approved"))


def with_values(rows: QuerySet[Document], user, group: WorkingGroup) -> QuerySet[Document]:
    """Documents with `known_values`, for lists; as many queries for many as for one."""
    said = known_of(user, group).select_related("field", "choice")
    return rows.prefetch_related(Prefetch("values", said, to_attr="known_values"))


def cells(rows: QuerySet[Document], user, group: WorkingGroup) -> dict[int, dict[int, str | float]]:
    """Values by document and field for a table: numbers as numbers, days as programs read them."""
    names = {one.pk: str(one) for one in FieldChoice.objects.filter(field__group=group)}
    found: dict[int, dict[int, str | float]] = defaultdict(dict)
    told = known_of(user, group).filter(document__in=rows.order_by().values("pk")).order_by()
    for document, field, text, day, choice, number in told.values_list(
        "document", "field", "text", "day", "choice", "number"
    ):
        cell = text or names.get(choice) or (day.isoformat() if day else "")
        found[document][field] = float(number) if number is not None else cell
    return found
