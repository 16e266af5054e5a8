import json

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import EventKind

from .models import Event
from .sealing import Finding, findings


def log_for(user, *, verb: str = "", thing: str = "", thing_id: str = "", actor: str = "") -> QuerySet[Event]:
    """The log, newest first, for those who may read it."""
    if not user.has_perm("audit.read_log"):
        raise PermissionDenied
    wanted = {"verb": verb, "thing": thing, "thing_id": thing_id, "actor": actor}
    return Event.objects.filter(**{name: value for name, value in wanted.items() if value}).order_by("-id")


def log_of(person) -> QuerySet[Event]:
    """What a person did, and what was done to her account."""
    about_her = Q(thing="accounts.user", thing_id=str(person.pk))
    return Event.objects.filter(Q(actor=person.pseudonym) | about_her).order_by("-id")


def history_of(thing: str, pk) -> QuerySet[Event]:
    """What happened to one thing; the caller has checked that the reader may see it."""
    return Event.objects.filter(thing=thing, thing_id=str(pk)).order_by("-id")


def verb_names() -> dict[str, str]:
    return {kind.verb: str(kind.name) for kind in declared(EventKind)}


def anchors() -> dict[int, str]:
    path = settings.AUDIT_ANCHOR
    rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return {row["count"]: row["head"] for row in rows}


def verify() -> tuple[list[Finding], int, int]:
    """Findings, how many events are sealed, how many still wait for their seal."""
    sealed = Event.objects.filter(sequence__isnull=False).order_by("sequence")
    found = findings(sealed.iterator(chunk_size=2000), settings.AUDIT_KEY, anchors())
    return found, sealed.count(), Event.objects.filter(sequence__isnull=True).count()
