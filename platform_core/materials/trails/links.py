"""Addresses outside the platform that texts point to: asked from time to time whether they still lead somewhere."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, F, Model, OuterRef, Q
from django.utils import timezone

from platform_core.ground.registry.catalogue import label_of
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.selectors import under_way

from .fetching import UnreachableError, status
from .models import LinkUse, WebAddress
from .selectors import visible_things

ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
GONE = {404, 410}
OFTEN, SELDOM = timedelta(days=1), timedelta(days=30)
AT_ONCE = 40
MISSES = 3


def addresses_in(text: str) -> list[str]:
    return [found.rstrip(".,;:!?") for found in ADDRESS.findall(text)]


def heed(thing: Model, addresses: Iterable[str]) -> None:
    """Have the addresses a thing points to asked from now on; those known already go on as they were."""
    wanted = {address for address in addresses if len(address) <= WebAddress.LONGEST}
    place = {"thing": label_of(thing), "object_id": thing.pk}
    WebAddress.objects.bulk_create([WebAddress(address=address) for address in wanted], ignore_conflicts=True)
    LinkUse.objects.filter(**place).exclude(address__address__in=wanted).delete()
    held = LinkUse.objects.filter(**place).values_list("address", flat=True)
    new = WebAddress.objects.filter(address__in=wanted).exclude(pk__in=held)
    LinkUse.objects.bulk_create([LinkUse(address=address, **place) for address in new])


def broken(thing: Model) -> list[WebAddress]:
    """Addresses a thing points to that lead nowhere: gone, or without an answer three times in a row."""
    uses = Q(uses__thing=label_of(thing), uses__object_id=thing.pk)
    return list(WebAddress.objects.filter(uses & LOST).order_by("pk"))


def silent(thing: Model) -> list[WebAddress]:
    """Addresses that gave no answer when they were last asked, which may yet be our fault or pass."""
    uses = Q(uses__thing=label_of(thing), uses__object_id=thing.pk)
    rows = WebAddress.objects.filter(uses, status=0).exclude(checked_at=None).exclude(LOST)
    return list(rows.order_by("pk"))


def waiting(addresses: Iterable[str]) -> set[str]:
    """Those of them that nobody has asked yet; none where the settings do not allow asking."""
    wanted = {address for address in addresses if len(address) <= WebAddress.LONGEST}
    if not (wanted and settings.CHECK_LINKS):
        return set()
    asked = WebAddress.objects.filter(address__in=wanted).exclude(checked_at=None)
    return wanted - set(asked.values_list("address", flat=True))


def broken_everywhere(user) -> list[tuple[WebAddress, list[tuple[str, str]]]]:
    """Every address that leads nowhere, with title and address of each thing the reader sees that points to it."""
    uses = list(LinkUse.objects.filter(address__in=WebAddress.objects.filter(LOST)).select_related("address"))
    seen = visible_things(user, [(use.thing, use.object_id) for use in uses])
    found: dict[WebAddress, list[tuple[str, str]]] = {}
    for use in uses:
        if place := seen.get((use.thing, use.object_id)):
            kind, thing = place
            found.setdefault(use.address, []).append((kind.title(thing), kind.address(thing)))
    return sorted(found.items(), key=lambda row: row[0].address)


LOST = Q(status__in=GONE) | Q(misses__gte=MISSES)


def due() -> list[int]:
    now = timezone.now()
    used = WebAddress.objects.filter(Exists(LinkUse.objects.filter(address=OuterRef("pk"))))
    rows = used.filter(
        Q(checked_at=None) | Q(checked_at__lt=now - SELDOM) | (LOST | Q(status=0)) & Q(checked_at__lt=now - OFTEN)
    )
    first = rows.order_by(F("checked_at").asc(nulls_first=True), "pk")
    return list(first.values_list("pk", flat=True)[:AT_ONCE])


def check_due() -> None:
    """The sweep: a job for the next few, where the settings allow asking."""
    if settings.CHECK_LINKS and not under_way("trails.check_links") and (rows := due()):
        jobs.start("trails.check_links", addresses=rows)


def check(run, addresses: list[int]) -> dict[str, int]:
    """The job. When nothing at all answers, it is we who are cut off, and nobody is blamed."""
    rows = list(WebAddress.objects.filter(pk__in=addresses))
    for place, row in enumerate(rows):
        try:
            row.status = status(row.address, anywhere=settings.CHECK_LINKS == "anywhere")
        except UnreachableError:
            row.status = 0
        run.progress(place + 1, len(rows))
    answered = [row for row in rows if row.status]
    with run.writing():
        for row in rows:
            row.checked_at = timezone.now()
            row.misses = 0 if row.status else row.misses + bool(answered)
            row.save(update_fields=["status", "checked_at", "misses"])
    return {"asked": len(rows), "answered": len(answered)}
