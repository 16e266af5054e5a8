import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit

from .models import Audience, Look, RoleAssignment, SecretLink
from .selectors import audience_of, hash_secret, require, role_kind


@transaction.atomic
def set_audience(thing: models.Model, keys: set[str], *, invited: bool = True) -> None:
    """Say who may see a thing; called by the service that changes its state, in the same transaction.

    Those invited to it stay, unless nobody is to see it any more or it is closed to them too (`invited`).
    """
    label, held = label_of(thing), set(audience_of(thing))
    keys = keys | {key for key in held if key.startswith("activity:")} if keys and invited else keys
    Audience.objects.filter(thing=label, object_id=thing.pk, key__in=held - keys).delete()
    Audience.objects.bulk_create(Audience(thing=label, object_id=thing.pk, key=key) for key in sorted(keys - held))


def add_key(label: str, pk: int, key: str) -> None:
    """One more key for a thing, whatever its service says of the others; used for those invited to it."""
    Audience.objects.get_or_create(thing=label, object_id=pk, key=key)


def drop_audience(thing: models.Model) -> None:
    set_audience(thing, set())


def rename_keys(named: Mapping[str, str]) -> None:
    """Whatever was seen under one key is seen under another from now on."""
    for old, new in named.items():
        rows = Audience.objects.filter(key=old)
        places = list(rows.values_list("thing", "object_id"))
        Audience.objects.bulk_create(
            [Audience(thing=thing, object_id=pk, key=new) for thing, pk in places], ignore_conflicts=True
        )
        rows.delete()


@transaction.atomic
def give_role(person, role: str, *, scope: str = "", by=None, why: str = "", begins=None, ends=None) -> RoleAssignment:
    """`by` None is the platform itself, at set-up; everybody else needs the right."""
    if by is not None:
        require(by, "access.give_role")
    held = RoleAssignment(
        person=person,
        role=role,
        scope=scope,
        begins=begins or platform_day(),
        ends=ends,
        given_by=by.pseudonym if by else "",
        why=why,
    )
    check_role(held)
    held.save()
    audit.record("access.role_given", held, by=by, role=role, scope=scope, person=person.pk)
    return held


def check_role(held: RoleAssignment) -> None:
    """Locks the person's row, so that two who give her roles at once see each other's."""
    kind = role_kind(held.role)
    if kind is None or held.scope not in (kind.scopes() if kind.scopes else [""]):
        raise ValidationError({"scope": _("This role is not given there.")})
    if held.ends and held.ends < held.begins:
        raise ValidationError({"ends": _("A role cannot end before it begins.")})
    User.objects.select_for_update().get(pk=held.person_id)
    same = RoleAssignment.objects.during(held.begins, held.ends).filter(person=held.person, role=held.role)
    if same.filter(scope=held.scope).exists():
        raise ValidationError(
            {"person": _("%(person)s already holds this role in that time.") % {"person": held.person}}
        )
    if kind.check:
        kind.check(held)


@transaction.atomic
def end_role(held: RoleAssignment, *, by, why: str = "", on: date | None = None) -> RoleAssignment:
    """The last day counts; a role that has not begun yet is ended before it begins, by its removal."""
    require(by, "access.give_role")
    last = on or platform_day() - timedelta(days=1)
    audit.record("access.role_ended", held, by=by, role=held.role, scope=held.scope, person=held.person_id)
    if last < held.begins:
        held.delete()
        return held
    held.ends, held.why_ended = last, why
    held.save(update_fields=["ends", "why_ended"])
    return held


@transaction.atomic
def note_seeing_as(person, *, by, why: str) -> Look:
    require(by, "access.see_as")
    look = Look.objects.create(person=person, watcher=by.pseudonym, why=why)
    audit.record("access.saw_as", person, by=by, look=look.pk)
    return look


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
    purpose: str,
    thing: models.Model,
    *,
    by=None,
    expires_at: datetime | None = None,
    uses: int | None = None,
    name: str = "",
    scopes: Sequence[str] = (),
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
        name=name,
        scopes=list(scopes),
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
