from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.discussions.models import Comment
from platform_core.identity.access.selectors import may_see
from platform_core.identity.audit import services as audit
from platform_core.programme.governance.models import Decision

from ..models import AgendaItem, Document, Meeting, Task
from . import documents as documents_service
from .meetings import demand_open, leading, show_papers

MOST_ITEMS = 60


@transaction.atomic
def add_item(meeting: Meeting, *, by, documents: Iterable[Document] = (), **fields) -> AgendaItem:
    """A further item at the end of the agenda."""
    found = leading(meeting, by)
    if found.items.count() >= MOST_ITEMS:
        raise ValidationError(_("An agenda has at most %(most)s items.") % {"most": MOST_ITEMS})
    demand_open(found)
    item = found.items.create(position=found.items.count() + 1, **fields)
    attach(item, documents)
    audit.record("workinggroups.agenda_changed", found, by=by, item=item.pk)
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by, documents: Iterable[Document] = (), **fields) -> AgendaItem:
    """Papers that whoever changes it cannot see stay; what was noted of minutes holds for no others."""
    found = leading(item.meeting, by)
    demand_open(found)
    before = (item.kind, item.approves_id)
    for name, value in fields.items():
        setattr(item, name, value)
    if (item.kind, item.approves_id) != before:
        item.outcome = ""
    item.save()
    attach(item, [*documents, *(one for one in item.documents.all() if not may_see(by, one))])
    audit.record("workinggroups.agenda_changed", found, by=by, item=item.pk)
    return item


def attach(item: AgendaItem, documents: Iterable[Document]) -> None:
    documents = list(documents)
    if any(document.group_id != item.meeting.group_id for document in documents):
        raise PermissionDenied
    before = set(item.documents.all())
    item.documents.set(documents)
    show_papers(item.meeting)
    for document in before - set(documents):
        documents_service.show(document)


@transaction.atomic
def move_item(item: AgendaItem, step: int, *, by) -> None:
    """One place up (-1) or down (1)."""
    found = leading(item.meeting, by)
    demand_open(found)
    rows = list(found.items.all())
    place = rows.index(item)
    target = min(max(place + step, 0), len(rows) - 1)
    rows.insert(target, rows.pop(place))
    number(rows)
    audit.record("workinggroups.agenda_changed", found, by=by, item=item.pk)


@transaction.atomic
def remove_item(item: AgendaItem, *, by) -> None:
    """An item of which the minutes say something stays."""
    found = leading(item.meeting, by)
    demand_open(found)
    if item.outcome or item.revisions.exclude(text="").exists() or has_come_to_something(item):
        raise ValidationError(_("The minutes say something of this item; it stays."))
    audit.record("workinggroups.agenda_changed", found, by=by, item=item.pk)
    attach(item, [])
    item.delete()
    number(list(found.items.all()))


def has_come_to_something(item: AgendaItem) -> bool:
    """Whether a task, a decision or a comment points to it."""
    here = {"origin_thing": "workinggroups.agendaitem", "origin_id": item.pk}
    said = Comment.objects.filter(thing="workinggroups.meeting", object_id=item.meeting_id, anchor=item.pk)
    return said.exists() or Task.objects.filter(**here).exists() or Decision.objects.filter(**here).exists()


def number(rows: list[AgendaItem]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    AgendaItem.objects.bulk_update(rows, ["position"])
