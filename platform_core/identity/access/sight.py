"""Who can see a thing, and why: the people behind each audience key, and the links that open it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from platform_core.ground.registry.catalogue import declared, label_of
from platform_core.ground.registry.kinds import Standing
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User

from . import keys as words
from .models import RoleAssignment, SecretLink
from .selectors import audience_of

OPEN = {words.PUBLIC, words.USER}


@dataclass(frozen=True)
class Viewer:
    person: User
    reasons: list[str]


@dataclass(frozen=True)
class Sight:
    """`open_to` says in words that no list of people can be given because everyone, or everyone with an account, sees it.

    `people` is by name; `why` gives for the key of each the reasons.
    """

    open_to: str
    reasons: list[tuple[str, int]]
    people: QuerySet[User]
    why: dict[int, list[str]]
    links: list[SecretLink]

    def viewers(self, people: Iterable[User] | None = None) -> list[Viewer]:
        return [Viewer(person, self.why[person.pk]) for person in (self.people if people is None else people)]


def who_sees(thing: Model) -> Sight:
    """Costs a handful of queries per key, whatever the number of people."""
    held, today = audience_of(thing), platform_day()
    opened = next((words.key_words(key) for key in held if key in OPEN), "")
    named = {key: set(people_of(key, today)) for key in held if key not in OPEN}
    why: dict[int, list[str]] = {}
    for key, people in named.items():
        for pk in people:
            why.setdefault(pk, []).append(words.key_words(key))
    counts = [(words.key_words(key), len(people)) for key, people in named.items()]
    rows = User.objects.filter(is_active=True, pk__in=why).order_by("name", "pk")
    return Sight(opened, counts, rows, why, good_links(thing))


def people_of(key: str, day: date) -> set[int]:
    """Primary keys of the people who hold an audience key on a day."""
    return people_with([key], day)


def people_with(keys: Iterable[str], day: date) -> set[int]:
    """Of those who hold any of these keys; one query for all that follow from roles."""
    found: set[int] = set()
    asked: list[Q] = []
    for key in keys:
        kind, _colon, rest = key.partition(":")
        if kind == "person":
            found.add(int(rest))
        elif kind == "inside":
            person, _at, scope = rest.partition("@")
            asked.append(Q(person=int(person), scope=scope))
        elif kind == "role":
            role, _at, scope = rest.partition("@")
            asked.append(Q(role=role, scope=scope))
        else:
            asked.append(Q(scope=key))
            found.update(pk for standing in declared(Standing) for pk in standing.people(key, day) or ())
    if asked:
        rows = RoleAssignment.objects.on(day).filter(reduce(or_, asked))
        found.update(rows.values_list("person_id", flat=True))
    return found


def good_links(thing: Model) -> list[SecretLink]:
    rows = SecretLink.objects.filter(thing=label_of(thing), object_id=str(thing.pk), revoked_at__isnull=True)
    live = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    return list(rows.filter(live).filter(Q(uses_left__isnull=True) | Q(uses_left__gt=0)).order_by("pk"))
