import secrets
from datetime import date, datetime

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from guardian.shortcuts import assign_perm, remove_perm

from platform_core.ground.registry.catalogue import label_of
from platform_core.identity.audit import services as audit

from .models import Audience, RoleAssignment, SecretLink
from .selectors import audience_of, hash_secret, require


@transaction.atomic
def set_audience(thing: models.Model, keys: set[str]) -> None:
    """Say who may see a thing; called by the service that changes its state, in the same transaction."""
    label, held = label_of(thing), set(audience_of(thing))
    Audience.objects.filter(thing=label, object_id=thing.pk, key__in=held - keys).delete()
    Audience.objects.bulk_create(Audience(thing=label, object_id=thing.pk, key=key) for key in sorted(keys - held))


def drop_audience(thing: models.Model) -> None:
    set_audience(thing, set())


@transaction.atomic
def give_role(person, role: str, *, scope: str = "", by=None, why: str = "", begins=None, ends=None) -> RoleAssignment:
    """`by` None is the platform itself, at set-up; everybody else needs the right."""
    if by is not None:
        require(by, "access.give_role")
    held = RoleAssignment.objects.create(
        person=person,
        role=role,
        scope=scope,
        begins=begins or timezone.localdate(),
        ends=ends,
        given_by=by.pseudonym if by else "",
        why=why,
    )
    audit.record("access.role_given", held, by=by, role=role, scope=scope)
    return held


@transaction.atomic
def end_role(held: RoleAssignment, *, by, on: date | None = None) -> RoleAssignment:
    require(by, "access.give_role")
    held.ends = on or timezone.localdate()
    held.save(update_fields=["ends"])
    audit.record("access.role_ended", held, by=by, role=held.role, scope=held.scope)
    return held


@transaction.atomic
def grant(person, right: str, thing: models.Model, *, by) -> None:
    """Give one person one right for one thing; meant for the rare case that no role or audience describes."""
    require(by, "access.give_role")
    app, codename = right.split(".")
    kind = ContentType.objects.get_for_model(thing)
    Permission.objects.get_or_create(codename=codename, content_type=kind, defaults={"name": right})
    assign_perm(f"{app}.{codename}", person, thing)
    audit.record("access.granted", thing, by=by, right=right, person=person.pk)


@transaction.atomic
def revoke(person, right: str, thing: models.Model, *, by) -> None:
    require(by, "access.give_role")
    remove_perm(right, person, thing)
    audit.record("access.revoked", thing, by=by, right=right, person=person.pk)


def issue_link(
    purpose: str, thing: models.Model, *, by=None, expires_at: datetime | None = None, uses: int | None = None
) -> tuple[SecretLink, str]:
    """A new link and its secret (43 characters); the secret is told once and never stored."""
    secret = secrets.token_urlsafe(32)
    link = SecretLink.objects.create(
        purpose=purpose,
        secret_hash=hash_secret(secret),
        thing=label_of(thing),
        object_id=str(thing.pk),
        created_by=by,
        expires_at=expires_at,
        uses_left=uses,
    )
    return link, secret


def use_link(link: SecretLink) -> bool:
    """Count one use; False when another request took the last one first."""
    rows = SecretLink.objects.filter(pk=link.pk, revoked_at__isnull=True)
    if link.uses_left is not None:
        return bool(rows.filter(uses_left__gt=0).update(uses_left=F("uses_left") - 1, uses=F("uses") + 1))
    return bool(rows.update(uses=F("uses") + 1))


def revoke_link(link: SecretLink) -> None:
    SecretLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
