from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model, Q
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path, override

from platform_core.ground.registry.catalogue import declared, label_of, thing_kind
from platform_core.ground.registry.kinds import Thing, TrailKind

from .models import Trail

Place = tuple[str, int]
BOTH_WAYS = """SELECT * FROM trails_trail WHERE thing = %s AND object_id = %s AND standing <> %s
    UNION ALL SELECT * FROM trails_trail WHERE other_thing = %s AND other_id = %s AND standing <> %s"""
LONGEST = 200  # things looked at when a chain is followed


@dataclass(frozen=True)
class Related:
    """One relation as it reads from a thing: `words` from there, `thing` at its other end; `code` is that of its kind."""

    pk: int
    code: str
    words: str
    kind_name: str
    title: Any
    address: str
    note: str
    is_own: bool


def trail_kind(code: str) -> TrailKind | None:
    return next((kind for kind in declared(TrailKind) if kind.code == code), None)


def kinds_from(label: str) -> list[TrailKind]:
    """What can be drawn by hand."""
    return [kind for kind in declared(TrailKind) if label in kind.sources and not kind.has_own_form]


def around(user: Any, thing: Model) -> list[Related]:
    """Every relation of a thing whose other end the reader may see: its own first, then those that lead to it."""
    return seen_of(user, thing, trails_of(thing))


def trails_of(thing: Model) -> list[Trail]:
    """Every relation of a thing, also to what is gone or not open to a reader: its trail has something to tell of that."""
    here = (label_of(thing), thing.pk)
    return list(Trail.objects.raw(BOTH_WAYS, [*here, Trail.Standing.COMING, *here, Trail.Standing.COMING]))


def seen_of(user: Any, thing: Model, trails: list[Trail]) -> list[Related]:
    here = (label_of(thing), thing.pk)
    seen = visible_things(user, [other_end(trail, here) for trail in trails])
    return sorted(
        (row for trail in trails if (row := told(trail, here, seen))), key=lambda row: (not row.is_own, row.pk)
    )


def around_each(user: Any, label: str, pks: Collection[int]) -> dict[int, list[Related]]:
    """As `around`, for many things of one kind; costs the same whatever their number."""
    own, leading = Q(thing=label, object_id__in=pks), Q(other_thing=label, other_id__in=pks)
    trails = list(Trail.shown.filter(own | leading))
    ends = [
        (here, trail)
        for trail in trails
        for here in ((trail.thing, trail.object_id), (trail.other_thing, trail.other_id))
        if here[0] == label and here[1] in pks
    ]
    seen = visible_things(user, [other_end(trail, here) for here, trail in ends])
    found: dict[int, list[Related]] = {pk: [] for pk in pks}
    for here, trail in ends:
        if row := told(trail, here, seen):
            found[here[1]].append(row)
    return found


def other_end(trail: Trail, here: Place) -> Place:
    ends = ((trail.thing, trail.object_id), (trail.other_thing, trail.other_id))
    return ends[1] if ends[0] == here else ends[0]


def visible_things(user: Any, places: Iterable[Place]) -> dict[Place, tuple[Thing, Model]]:
    """One query for each kind of thing."""
    wanted: dict[str, set[int]] = {}
    for label, pk in places:
        wanted.setdefault(label, set()).add(pk)
    found = {}
    for label, pks in wanted.items():
        if kind := thing_kind(label):
            found |= {(label, thing.pk): (kind, thing) for thing in kind.visible(user).filter(pk__in=pks)}
    return found


def told(trail: Trail, here: Place, seen: dict[Place, tuple[Thing, Model]]) -> Related | None:
    kind, end = trail_kind(trail.kind), other_end(trail, here)
    if kind is None or end not in seen:
        return None
    thing_kind, thing = seen[end]
    is_own = here == (trail.thing, trail.object_id)
    words = kind.name if is_own else kind.inverse
    title, address = thing_kind.title(thing), thing_kind.address(thing)
    return Related(trail.pk, trail.kind, str(words), str(thing_kind.name), title, address, trail.note, is_own)


def leads_to(start: Place, end: Place, kind: str) -> bool:
    """Whether a chain of relations of one kind goes from a place to another."""
    open_places, passed = [start], {start}
    while open_places and len(passed) < LONGEST:
        label, pk = open_places.pop()
        for place in following(label, pk, kind):
            if place == end:
                return True
            if place not in passed:
                passed.add(place)
                open_places.append(place)
    return False


def following(label: str, pk: int, kind: str) -> Iterator[Place]:
    rows = Trail.objects.filter(thing=label, object_id=pk, kind=kind)
    yield from rows.values_list("other_thing", "other_id")


def thing_at(user: Any, address: str) -> Model | None:
    """The thing whose page is at an address of this platform, if the reader may see it; one that is stored only once
    something is related to it may be without a key."""
    try:
        parts = urlsplit(address.strip())
        with override(
            get_language_from_path(parts.path) or get_language()
        ):  # paths are known in the language they begin with
            match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    for kind in declared(Thing):
        if kind.route and kind.route == match.view_name:
            if kind.at:
                return kind.at(user, match.kwargs, QueryDict(parts.query))
            (key,) = match.kwargs.values()
            return kind.visible(user).filter(**{kind.lookup: key}).first()
    return None
