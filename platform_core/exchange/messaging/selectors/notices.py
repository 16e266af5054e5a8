from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.utils import timezone

from platform_core.ground.registry.catalogue import declared, label_of
from platform_core.ground.registry.kinds import NoticeKind
from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event

from ..models import Notice
from .following import muted_by

CROWD = 2


def notices_for(user) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user, channel=Notice.Channel.SITE)


def unread_count(user) -> int:
    return notices_for(user).filter(read_at__isnull=True).count()


def told_of(event: Event) -> set[int]:
    return set(Notice.objects.filter(event=event).values_list("recipient_id", flat=True))


def readers(kind: NoticeKind, event: Event, people: Collection[int]) -> list[User]:
    """Those of the people who have an account and have muted neither the thing of the event nor what it is bundled by."""
    muted: set[int] = set()
    for label, pk in things_of(kind, event):
        muted |= muted_by(label, pk, people)
    return list(User.objects.filter(is_active=True, pk__in=set(people) - muted).order_by("pk"))


def things_of(kind: NoticeKind, event: Event) -> set[tuple[str, int]]:
    """What can be muted: things with a whole number for a key."""
    label, _colon, pk = thread_of(kind, event)[0].partition(":")
    found = {(event.thing, event.thing_id), (label, pk)}
    return {(label, int(pk)) for label, pk in found if pk.isdecimal() and len(pk) < 19}


def thread_of(kind: NoticeKind, event: Event) -> tuple[str, str]:
    """The key that notices are bundled by, and its title where the kind gives one."""
    return kind.thread(event) if kind.thread else (f"{event.thing}:{event.thing_id}", "")


def stored_things(notices: Sequence[Notice]) -> dict[str, dict[int, list[int]]]:
    """The events of notices by label and key of their thing."""
    found: dict[str, dict[int, list[int]]] = {}
    events = Event.objects.filter(pk__in=[notice.event_id for notice in notices])
    for pk, label, thing_id in events.values_list("pk", "thing", "thing_id"):
        if thing_id.isdecimal():
            found.setdefault(label, {}).setdefault(int(thing_id), []).append(pk)
    return found


def crowded(kind: NoticeKind, thread: str, people: Collection[int], since: datetime) -> set[int]:
    """Who got mails of this kind and thread since then, so many that the next ones wait and come together."""
    rows = Notice.objects.filter(recipient__in=people, channel=Notice.Channel.MAIL, thread=thread, kind=kind.code)
    counted = rows.filter(created_at__gt=since).values("recipient").annotate(number=Count("pk"))
    return set(counted.filter(number__gte=CROWD).values_list("recipient", flat=True))


def would_be_told(verb: str, thing: Model, *, by=None, **payload: Any) -> list[tuple[NoticeKind, list[User]]]:
    """Who would be told if this happened now, kind by kind, found as it is when it happens; nothing is written.

    It is for the person who is about to do it; `payload` is that of the event.
    """
    event = Event(
        at=timezone.now(),
        verb=verb,
        actor=by.pseudonym if by else "",
        thing=label_of(thing),
        thing_id=str(thing.pk),
        payload=payload,
    )
    told: set[int] = set()
    found = []
    for kind in (kind for kind in declared(NoticeKind) if kind.verb == verb):
        people = [pk for pk in dict.fromkeys(kind.recipients(event)) if pk not in told]
        told.update(people)
        found.append((kind, readers(kind, event, people)))
    return [(kind, people) for kind, people in found if people]
