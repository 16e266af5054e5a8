from collections.abc import Sequence
from datetime import datetime

from platform_core.ground.registry.catalogue import thing_kind
from platform_core.identity.accounts.models import User

from ..models import Notice
from .notices import stored_things
from .wishes import kind_of


def people_due(now: datetime) -> list[int]:
    rows = Notice.objects.filter(due_at__lte=now).order_by("recipient")
    return list(rows.values_list("recipient_id", flat=True).distinct())


def is_private(code: str) -> bool:
    kind = kind_of(code)
    return kind is not None and kind.is_private


def still_news(person: User, notices: Sequence[Notice]) -> list[Notice]:
    """Without what was read on the platform meanwhile, and what is about things the person may see no longer."""
    events = [notice.event_id for notice in notices]
    read = Notice.objects.filter(recipient=person, event__in=events, read_at__isnull=False)
    gone = set(read.values_list("event_id", flat=True)) | unseen(person, notices)
    return [notice for notice in notices if notice.event_id not in gone]


def unseen(person: User, notices: Sequence[Notice]) -> set[int]:
    """Events about declared things that the person may not see; one query per kind of thing."""
    found: set[int] = set()
    for label, events in stored_things(notices).items():
        kind = thing_kind(label)
        if kind:
            seen = set(kind.visible(person).filter(pk__in=events).values_list("pk", flat=True))
            found |= {event for pk, about in events.items() if pk not in seen for event in about}
    return found
