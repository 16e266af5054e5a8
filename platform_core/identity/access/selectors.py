import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from guardian.core import ObjectPermissionChecker

from platform_core.ground.registry.catalogue import declared, label_of
from platform_core.ground.registry.kinds import Right, Standing
from platform_core.identity.audit import selectors as audit

from . import keys as words
from .models import Audience, RoleAssignment, SecretLink


def keys_of(user: Any) -> frozenset[str]:
    """The audience keys of a person today, computed once per user object; a guest holds `public` alone."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset({words.PUBLIC})
    if not hasattr(user, "_audience_keys"):
        user._audience_keys = frozenset(gather_keys(user))
    return user._audience_keys


def gather_keys(user: Any) -> Iterable[str]:
    today = timezone.localdate()
    yield from (words.PUBLIC, words.USER, f"person:{user.pk}")
    for held in RoleAssignment.objects.on(today).filter(person=user):
        yield f"role:{held}"
        if held.scope:
            yield held.scope
    for standing in declared(Standing):
        yield from standing.keys(user.pk, today)


def visible(queryset: QuerySet, user: Any) -> QuerySet:
    """The rows of a queryset that a person may see."""
    seen = Audience.objects.filter(thing=label_of(queryset.model), object_id=OuterRef("pk"), key__in=keys_of(user))
    return queryset.filter(Exists(seen))


def may_see(user: Any, thing: Model) -> bool:
    return Audience.objects.filter(thing=label_of(thing), object_id=thing.pk, key__in=keys_of(user)).exists()


def audience_of(thing: Model) -> list[str]:
    """The keys of a thing, the most public first."""
    rows = Audience.objects.filter(thing=label_of(thing), object_id=thing.pk).values_list("key", flat=True)
    return sorted(rows, key=lambda key: (words.openness(key), key))


def audience_words(thing: Model) -> str:
    """Who can see a thing, in words."""
    return ", ".join(words.key_words(key) for key in audience_of(thing)) or words.key_words("role:lead_partner")


def right(code: str) -> Right | None:
    return next((right for right in declared(Right) if right.code == code), None)


def allowed(user: Any, right: Right, thing: Model | None = None) -> bool:
    keys = keys_of(user)
    if right.decides and words.FULL not in keys:
        return False
    if thing is not None and right.states and thing.state not in right.states:  # type: ignore[attr-defined]
        return False
    return any(holds(user, keys, who, right, thing) for who in right.who)


def holds(user: Any, keys: frozenset[str], who: str, right: Right, thing: Model | None) -> bool:
    if who == "owner":
        return thing is not None and right.owner is not None and user.pk is not None and right.owner(thing) == user.pk
    if who == "audience":
        return thing is not None and may_see(user, thing)
    if who == "grant":
        return thing is not None and user.is_authenticated and granted(user, right, thing)
    if who.endswith("@"):
        scope = right.scope(thing) if thing is not None and right.scope else ""
        return f"{who}{scope}" in keys if scope else thing is None and any(key.startswith(who) for key in keys)
    return who in keys


def granted(user: Any, right: Right, thing: Model) -> bool:
    """Given to this person by name; asked so that guardian does not say yes to every superuser."""
    return right.code.split(".")[1] in ObjectPermissionChecker(user).get_user_perms(thing)


def require(user: Any, code: str, thing: Model | None = None) -> None:
    """Raises PermissionDenied unless the person has the right; for services, which assert what they do."""
    if not user.has_perm(code, thing):
        raise PermissionDenied(code)


def rights_table() -> list[tuple[str, list[Right]]]:
    """All declared rights, by the app that declares them."""
    tables: dict[str, list[Right]] = {}
    for declared_right in declared(Right):
        tables.setdefault(declared_right.code.split(".")[0], []).append(declared_right)
    return sorted(tables.items())


def holders(role: str, scope: str = "") -> list[int]:
    """Primary keys of the people who hold a role today."""
    rows = RoleAssignment.objects.on(timezone.localdate()).filter(role=role, scope=scope)
    return list(rows.values_list("person_id", flat=True))


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def open_link(purpose: str, secret: str) -> SecretLink | None:
    """The link behind a secret if it is still good; None tells nothing about why not."""
    good = Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))
    good &= Q(uses_left__isnull=True) | Q(uses_left__gt=0)
    return SecretLink.objects.filter(good, purpose=purpose, secret_hash=hash_secret(secret)).first()


event_log = audit.log_for
