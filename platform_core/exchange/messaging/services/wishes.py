from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.selectors import hash_secret, open_link
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit

from .. import selectors
from ..models import Notice, Pace, Rhythm, Wish

PURPOSE = "unsubscribe"
DIGESTS = "digests"


@transaction.atomic
def choose(person, wishes: Mapping[str, tuple[str, bool]], **rhythm) -> None:
    """`wishes` give pace and place for some scopes; an empty pace leaves it to the kind. Other wishes stay as they are."""
    User.objects.select_for_update().get(pk=person.pk)
    Wish.objects.filter(person=person, scope__in=wishes).delete()
    Wish.objects.bulk_create(
        Wish(person=person, scope=scope, pace=pace, on_site=on_site)
        for scope, (pace, on_site) in wishes.items()
        if pace or not on_site
    )
    if rhythm:
        Rhythm.objects.update_or_create(person=person, defaults=rhythm)
    retime(person)
    audit.record("messaging.wishes_changed", person, by=person, scopes=sorted(wishes))


def retime(person) -> None:
    """What waits for a digest goes by the new wishes: at once, at the new hour, or not at all."""
    now, waiting = timezone.now(), list(Notice.objects.filter(recipient=person, due_at__isnull=False))
    found = {code: selectors.kind_of(code) for code in {notice.kind for notice in waiting}}
    ways = {code: selectors.ways(kind, [person.pk])[person.pk] for code, kind in found.items() if kind}
    for notice in waiting:
        if way := ways.get(notice.kind):
            notice.pace = way.pace
            notice.due_at = now if way.pace == Pace.ONCE else way.due_at(now, person.zone)
    Notice.objects.bulk_update(waiting, ["pace", "due_at"], batch_size=200)


# Without signing in


def secret_of(person) -> str:
    """What the mails to a person carry. It is derived, so that a thousand mails need one link; the link can be revoked."""
    return salted_hmac("messaging.unsubscribe", str(person.pk), algorithm="sha256").hexdigest()


def open_links(people: Collection[User]) -> dict[int, str]:
    """Secrets of links with which people stop mails, by their keys; links that are lacking are made."""
    secrets = {person.pk: secret_of(person) for person in people}
    hashes = {pk: hash_secret(secret) for pk, secret in secrets.items()}
    there = set(SecretLink.objects.filter(secret_hash__in=hashes.values()).values_list("secret_hash", flat=True))
    SecretLink.objects.bulk_create(
        (
            SecretLink(
                purpose=PURPOSE,
                secret_hash=hashes[person.pk],
                thing="accounts.user",
                object_id=str(person.pk),
                created_by=person,
            )
            for person in people
            if hashes[person.pk] not in there
        ),
        ignore_conflicts=True,
    )
    return secrets


def unsubscribe_address(secret: str, scope: str) -> str:
    return settings.SITE_URL + reverse("messaging:unsubscribe", args=[secret, scope])


def person_behind(secret: str) -> User | None:
    link = open_link(PURPOSE, secret)
    return link.created_by if link and link.created_by and link.created_by.is_active else None


@transaction.atomic
def choose_pace(person, scope: str, pace: str) -> None:
    """One kind, one room, or all digests."""
    if scope == DIGESTS:
        choose(person, {}, is_stopped=pace == Pace.NEVER)
        return
    held = selectors.wishes_of(person).get(scope)
    choose(person, {scope: (pace, held.on_site if held else True)})
