from collections.abc import Collection, Iterable

from django.conf import settings
from django.db.models import Model

from platform_core.ground.registry.catalogue import declared, label_of
from platform_core.ground.registry.kinds import RoleKind
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.keys import PUBLIC, USER
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import audience_of, keys_of
from platform_core.identity.access.sight import people_with
from platform_core.identity.accounts.models import User
from platform_core.identity.accounts.selectors import person_behind

from ..models import Following


def following(person, label: str, pk: int) -> Following:
    """What a person wants of a thing; an unsaved row where she has said nothing."""
    asked = {"thing": label, "object_id": pk}
    return Following.objects.filter(person=person, **asked).first() or Following(person=person, **asked)


def is_following(person, thing: Model) -> bool:
    return following(person, label_of(thing), thing.pk).is_followed


def has_muted(person, thing: Model) -> bool:
    return following(person, label_of(thing), thing.pk).is_muted


def followers(thing: Model) -> list[int]:
    """Who is to be told of a thing: active, not muted, and able to see it today."""
    return seeing(thing, wishing(thing))


def wishing(thing: Model) -> list[int]:
    """Who wants to be told of a thing, whether or not she may still see it."""
    rows = Following.objects.filter(thing=label_of(thing), object_id=thing.pk, is_followed=True, is_muted=False)
    return sorted(rows.filter(person__is_active=True).values_list("person_id", flat=True))


def others(event, people: Iterable[int | None]) -> list[int]:
    """All but whoever did it."""
    doer = person_behind(event.actor)
    return sorted({pk for pk in people if pk} - ({doer.pk} if doer else set()))


def muted_by(label: str, pk: int, people: Collection[int]) -> set[int]:
    rows = Following.objects.filter(thing=label, object_id=pk, is_muted=True, person__in=people)
    return set(rows.values_list("person_id", flat=True))


def seeing(thing: Model, people: Collection[int]) -> list[int]:
    """Those of the people who may see a thing; costs a few queries, whatever their number."""
    return holding(audience_of(thing), people)


def holding(keys: Collection[str], people: Collection[int]) -> list[int]:
    """Those of the people who would see what has these audience keys.

    The answer is that of `may_see`; the keys are gathered one by one for those alone whose roles may sleep.
    """
    if {PUBLIC, USER} & set(keys):
        return sorted(people)
    found = set(people) & people_with(keys, platform_day())
    doubtful = with_demanding_roles(found)
    return sorted(pk for pk in found if pk not in doubtful or not keys_of(doubtful[pk]).isdisjoint(keys))


def with_demanding_roles(people: Collection[int]) -> dict[int, User]:
    """Those who hold a role that gives nothing before two-step sign-in is set up."""
    roles = [kind.code for kind in declared(RoleKind) if kind.needs_second_step] if settings.REQUIRE_SECOND_STEP else []
    held = RoleAssignment.objects.filter(role__in=roles, person__in=people)
    return User.objects.in_bulk(list(held.values_list("person_id", flat=True).distinct()))
