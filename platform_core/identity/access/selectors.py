import hashlib
from collections.abc import Collection, Iterable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Func, Model, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from guardian.core import ObjectPermissionChecker

from platform_core.ground.registry.catalogue import declared, label_of, thing_kind
from platform_core.ground.registry.kinds import Right, RoleKind, Standing, Thing
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
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


HELD = """
    SELECT id, role, scope FROM access_roleassignment
    WHERE person_id = %(person)s AND begins <= %(day)s AND (ends IS NULL OR ends >= %(day)s)
"""  # SQL, for every page of somebody signed in asks it, and Django takes six times as long to build it


def gather_keys(user: Any) -> Iterable[str]:
    today = platform_day()
    yield from (words.PUBLIC, words.USER, f"person:{user.pk}")
    roles = list(RoleAssignment.objects.raw(HELD, {"person": user.pk, "day": today}))
    user._sleeping_roles = sleeping(user, roles)
    for held in roles:
        if held in user._sleeping_roles:
            continue
        yield f"role:{held}"
        if held.scope:
            yield from (held.scope, words.within(user.pk, held.scope))
    for standing in declared(Standing):
        yield from standing.keys(user.pk, today)


def sleeping(user: Any, held: list[RoleAssignment]) -> list[RoleAssignment]:
    """Roles that give nothing until their holder has set up two-step sign-in."""
    demanding = {kind.code for kind in declared(RoleKind) if kind.needs_second_step}
    found = [one for one in held if one.role in demanding] if settings.REQUIRE_SECOND_STEP else []
    return [] if not found or is_mfa_enabled(user) else found


def lacks_second_step(user: Any) -> bool:
    """Whether some role of a person sleeps; costs nothing beside her keys."""
    keys_of(user)
    return bool(getattr(user, "_sleeping_roles", None))


class Seen(Func):
    """Whether what a field numbers is seen under one of some keys; as SQL, for most questions of a page hold it."""

    output_field = BooleanField()
    template = (
        "EXISTS (SELECT 1 FROM access_audience seen"
        " WHERE seen.thing = %%s AND seen.object_id = %(expressions)s AND seen.key IN (%(marks)s))"
    )

    def __init__(self, thing: str, keys: Collection[str], field: str = "pk") -> None:
        super().__init__(field)
        self.thing, self.keys = thing, keys

    def as_sql(self, compiler, connection, **context):
        marks = ", ".join(["%s"] * len(self.keys))
        sql, params = super().as_sql(compiler, connection, marks=marks, **context)
        return sql, [self.thing, *params, *self.keys]


def visible(queryset: QuerySet, user: Any) -> QuerySet:
    """The rows of a queryset that a person may see."""
    return queryset.filter(Seen(label_of(queryset.model), keys_of(user)))


def visible_by(queryset: QuerySet, user: Any, thing: type[Model], field: str) -> QuerySet:
    """The rows whose field holds the number of a thing that a person may see."""
    return queryset.filter(Seen(label_of(thing), keys_of(user), field))


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
    if who in ("owner", "owner@"):
        owns = thing is not None and right.owner is not None and user.pk is not None and right.owner(thing) == user.pk
        return owns and (who == "owner" or (right.scope is not None and right.scope(thing) in keys))
    if who == "audience":
        return thing is not None and may_see(user, thing)
    if who == "named":
        return thing is not None and right.named is not None and not keys.isdisjoint(right.named(thing))
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


def role_kind(code: str) -> RoleKind | None:
    return next((kind for kind in declared(RoleKind) if kind.code == code), None)


def role_choices() -> list[tuple[str, str]]:
    return [(kind.code, vocabulary.term_name("role", kind.code)) for kind in declared(RoleKind)]


def place_choices() -> list[tuple[str, str]]:
    """Every role with each scope it can be given within, as `role@scope`."""
    rows = []
    for kind in declared(RoleKind):
        name, scopes = vocabulary.term_name("role", kind.code), kind.scopes() if kind.scopes else {}
        rows += [(f"{kind.code}@{scope}", f"{name}: {words}") for scope, words in scopes.items()] or [(kind.code, name)]
    return rows


def scope_labels(kind: str) -> dict[str, str]:
    """The scopes of a kind, such as `group`, that roles are given within, in words."""
    found = {scope: words for one in declared(RoleKind) if one.scopes for scope, words in one.scopes().items()}
    return {scope: words for scope, words in found.items() if scope.partition(":")[0] == kind}


def scope_words(held: RoleAssignment) -> str:
    kind = role_kind(held.role)
    return kind.scopes().get(held.scope, held.scope) if kind and kind.scopes else held.scope


def roles(user: Any, *, role: str = "", words: str = "", past: bool = False) -> QuerySet[RoleAssignment]:
    """Who holds which role, for those who give them."""
    require(user, "access.view_roles")
    rows = RoleAssignment.objects.select_related("person")
    if not past:
        rows = rows.filter(Q(ends__isnull=True) | Q(ends__gte=platform_day()))
    if role:
        rows = rows.filter(role=role)
    if words:
        rows = rows.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    return rows.order_by("role", "scope", "begins", "pk")


def role_for(user: Any, pk: int) -> RoleAssignment:
    return get_object_or_404(roles(user), pk=pk)


def may_see_as(user: Any, person: Any) -> bool:
    """Nobody looks through the eyes of another who looks after the platform, or through her own."""
    return user.pk != person.pk and user.has_perm("access.see_as") and not person.has_perm("access.see_as")


def thing_for(user: Any, label: str, pk: int) -> tuple[Thing, Model]:
    """A thing of any declared kind that a person may see."""
    kind = thing_kind(label)
    found = kind.visible(user).filter(pk=pk).first() if kind else None
    if kind is None or found is None:
        raise Http404
    return kind, found


def holders(role: str, scope: str = "") -> list[int]:
    """Primary keys of the people who hold a role today."""
    rows = RoleAssignment.objects.on(platform_day()).filter(role=role, scope=scope)
    return list(rows.values_list("person_id", flat=True))


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def open_link(purpose: str, secret: str) -> SecretLink | None:
    """The link behind a secret if it is still good; None tells nothing about why not."""
    good = Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))
    good &= Q(uses_left__isnull=True) | Q(uses_left__gt=0)
    return SecretLink.objects.filter(good, purpose=purpose, secret_hash=hash_secret(secret)).first()


event_log = audit.log_for
