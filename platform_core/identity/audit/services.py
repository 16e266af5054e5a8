import json
import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from platform_core.ground.registry.catalogue import declared, label_of
from platform_core.ground.registry.kinds import Reaction
from platform_core.ground.ui.guest_cache import forget_guest_pages

from .models import Event
from .sealing import START, digest
from .waking import wake

logger = logging.getLogger(__name__)
SEAL_LOCK = 7_203_001
BATCH = 500


def record(verb: str, thing: models.Model, *, by=None, **payload) -> Event:
    """Write an event in the caller's transaction. `by` is the acting user; None means the platform itself."""
    event = Event.objects.create(
        at=timezone.now(),
        verb=verb,
        actor=by.pseudonym if by is not None else "",
        thing=label_of(thing),
        thing_id=str(thing.pk),
        payload=json.loads(json.dumps(payload, cls=DjangoJSONEncoder)),
    )
    transaction.on_commit(wake_dispatcher)
    return event


def record_many(verb: str, things: Sequence[models.Model], *, by=None) -> None:
    """One event for each of many things of one kind, in one statement."""
    fields = {"at": timezone.now(), "verb": verb, "actor": by.pseudonym if by is not None else "", "payload": {}}
    Event.objects.bulk_create(Event(thing=label_of(thing), thing_id=str(thing.pk), **fields) for thing in things)
    transaction.on_commit(wake_dispatcher)


def wake_dispatcher() -> None:
    forget_guest_pages()
    wake("audit.dispatch")


def dispatch_events() -> int:
    """Hand every committed event to the declared reactions, once each; gives how many were handed out.

    One whose reaction fails is logged and waits for the next tick; it holds up no other.
    """
    done, failed = 0, set()
    while event := dispatch_next(failed):
        if event.dispatched_at:
            done += 1
        else:
            failed.add(event.pk)
    if done:
        forget_guest_pages()
    return done


@transaction.atomic
def dispatch_next(failed: Collection[int] = ()) -> Event | None:
    waiting = Event.objects.filter(dispatched_at__isnull=True).exclude(pk__in=failed).order_by("id")
    event = waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
    if event is None:
        return None
    try:
        hand_out(event)
    except Exception:
        logger.exception("The event %s could not be handed out.", event.pk)
    return event


@transaction.atomic
def hand_out(event: Event) -> None:
    for reaction in declared(Reaction):
        if reaction.verbs is None or event.verb in reaction.verbs:
            reaction.handle(event)
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(dispatched_at=now)
    event.dispatched_at = now


def seal_events() -> int:
    """Give waiting events their place and digest, then note the head outside the database every hour."""
    sealed = 0
    while batch := seal_batch():
        sealed += batch
    note_anchor()
    return sealed


@transaction.atomic
def seal_batch() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    sequence, previous = head()
    batch = list(Event.objects.filter(sequence__isnull=True).order_by("id")[:BATCH])
    for event in batch:
        sequence += 1
        previous = digest(event, sequence, previous, settings.AUDIT_KEY)
        event.sequence, event.digest = sequence, previous
    rows = [(event.sequence, event.digest, event.pk) for event in batch]
    with connection.cursor() as cursor:  # bulk_update writes one long statement, which takes ten times as long to make
        cursor.executemany(f"UPDATE {Event._meta.db_table} SET sequence = %s, digest = %s WHERE id = %s", rows)  # noqa: S608 - our own table
    return len(batch)


def head() -> tuple[int, str]:
    last = Event.objects.filter(sequence__isnull=False).order_by("-sequence").first()
    return (last.sequence, last.digest) if last else (0, START)


def note_anchor(every: timedelta = timedelta(hours=1)) -> None:
    path, now = settings.AUDIT_ANCHOR, timezone.now()
    lines = path.read_text().splitlines() if path.exists() else []
    if lines and now - datetime.fromisoformat(json.loads(lines[-1])["at"]) < every:
        return
    count, digest_now = head()
    if count:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as anchor:
            anchor.write(json.dumps({"at": now.isoformat(), "count": count, "head": digest_now}) + "\n")


def settle() -> str:
    """Hand out and seal what waits, when the demonstration is loaded without a worker."""
    handed, sealed = dispatch_events(), seal_events()
    return f"{handed} events handed out, {sealed} sealed" if handed or sealed else ""
