"""Lists of records people keep for themselves, share by a link and take along."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import label_of
from platform_core.identity.access import services as access
from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.selectors import open_link

from . import selectors
from .models import ReadingItem, ReadingList, Record

SHARE = "reading-list"
MOST_LISTS, MOST_ITEMS = 50, 1000


def reading_lists(person) -> QuerySet[ReadingList]:
    return ReadingList.objects.filter(person=person)


def counted(person) -> QuerySet[ReadingList]:
    """With the number of records on each as `number`."""
    return reading_lists(person).annotate(number=Count("items"))


def reading_list(person, pk: int) -> ReadingList:
    return get_object_or_404(reading_lists(person), pk=pk)


def shared_list(secret: str) -> ReadingList:
    link = open_link(SHARE, secret)
    if link is None:
        raise Http404
    return get_object_or_404(ReadingList, pk=link.object_id)


def items(held: ReadingList, reader) -> list[ReadingItem]:
    """Records the reader may see, in the order in which they were added."""
    rows = selectors.records(reader).prefetch_related("topics", "countries")
    found = held.items.filter(record__in=selectors.records(reader)).prefetch_related(Prefetch("record", rows))
    return list(found)


def links(held: ReadingList) -> QuerySet[SecretLink]:
    rows = SecretLink.objects.filter(purpose=SHARE, thing=label_of(held), object_id=str(held.pk))
    return rows.filter(revoked_at__isnull=True)


@transaction.atomic
def put(record: Record, *, by, name: str = "", pk: int | None = None) -> ReadingList:
    """Add a record to one of a person's lists, or to a new one of that name; adding it twice changes nothing."""
    if pk is not None:
        held = reading_list(by, pk)
    else:
        if reading_lists(by).count() >= MOST_LISTS:
            raise ValidationError(_("You have %(most)s reading lists, and more are not kept.") % {"most": MOST_LISTS})
        held, _new = ReadingList.objects.get_or_create(person=by, name=name or _("My reading list"))
    if held.items.count() >= MOST_ITEMS:
        raise ValidationError(_("This list holds %(most)s records, and more do not fit.") % {"most": MOST_ITEMS})
    held.items.get_or_create(record=record)
    return held


def take_off(held: ReadingList, pk: int) -> None:
    held.items.filter(pk=pk).delete()


def share(held: ReadingList) -> str:
    """The secret of a new link; links made before stay good until they are ended."""
    return access.issue_link(SHARE, held, by=held.person)[1]


def end_sharing(held: ReadingList) -> None:
    for link in links(held):
        access.revoke_link(link)


@transaction.atomic
def drop(held: ReadingList) -> None:
    end_sharing(held)
    held.delete()
