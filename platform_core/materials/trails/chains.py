"""Where a thing came from and what became of it, as far as the reader may see: the trail behind it and the one before it.

Things are followed level by level; a level costs one query for the relations, one for each way in which things keep
relations themselves, and one or two for each kind of thing, whatever their number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from platform_core.ground.registry.catalogue import declared, find_things, label_of, thing_kind
from platform_core.ground.registry.kinds import KeptSteps, Step, Thing, Tombstone
from platform_core.ground.registry.kinds.things import Place

from . import selectors
from .models import Trail

LEVELS, THINGS, RELATIONS = 8, 320, 1200
BEFORE, HERE, AFTER = -1, 0, 1


@dataclass(frozen=True)
class Stop:
    """A thing on a trail. `side` tells whether the trail's thing came of it (-1) or it of that (1); `level` how far away it
    is; `parent` is the stop over which it was found, by the step `by`. One that is gone has a tombstone."""

    place: Place
    kind: str
    title: Any
    address: str
    side: int = HERE
    level: int = 0
    parent: Place | None = None
    by: Step | None = None
    tombstone: Tombstone | None = None

    @property
    def rank(self) -> int:
        return self.side * self.level


@dataclass
class Chain:
    """`steps` never lead in a circle. `hidden` counts things next to the trail that are not shown to this reader; `goes_on`
    tells that it was not followed to its ends."""

    start: Stop
    stops: dict[Place, Stop] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    hidden: int = 0
    goes_on: bool = False

    def below(self, parent: Place, side: int) -> list[Stop]:
        return [stop for stop in self.stops.values() if stop.parent == parent and stop.side == side]


def chain(user: Any, kind: Thing, thing: Model) -> Chain:
    """The trail of a thing the reader may see."""
    here = (label_of(thing), thing.pk)
    start = Stop(here, str(kind.name), kind.title(thing), kind.address(thing))
    found = Chain(start, {here: start})
    steps: dict[tuple, Step] = {}
    hidden: set[Place] = set()
    front = {here: start}
    for level in range(1, LEVELS + 1):
        around = steps_around(front)
        found.goes_on = found.goes_on or len(around) >= RELATIONS
        steps |= {(step.earlier, step.later, str(step.name)): step for step in around}
        fresh = found_over(around, front, found.stops, hidden)
        room = THINGS - len(found.stops)
        found.goes_on = found.goes_on or len(fresh) > room
        fresh = dict(list(fresh.items())[: max(0, room)])
        front, unseen = arrived(user, fresh, level)
        hidden |= unseen
        found.stops |= front
        front = {place: stop for place, stop in front.items() if not ends_trails(place)}
        if not front:
            break
    else:
        found.goes_on = found.goes_on or bool(found_over(steps_around(front), front, found.stops, hidden))
    found.hidden = len(hidden)
    inside = [step for step in steps.values() if step.earlier in found.stops and step.later in found.stops]
    found.steps = without_circles(inside, {place: stop.rank for place, stop in found.stops.items()})
    return found


def ends_trails(place: Place) -> bool:
    kind = thing_kind(place[0])
    return kind is not None and kind.ends_trails


def found_over(
    steps: Iterable[Step], front: Mapping[Place, Stop], known: Mapping[Place, Stop], hidden: set[Place]
) -> dict[Place, tuple[int, Place, Step]]:
    """Places not met before, with the side they are on and the place and step that led to them."""
    fresh: dict[Place, tuple[int, Place, Step]] = {}
    for step in steps:
        for begin, end, side in ((step.later, step.earlier, BEFORE), (step.earlier, step.later, AFTER)):
            goes_there = begin in front and front[begin].side in (HERE, side)
            if goes_there and end not in known and end not in hidden:
                fresh.setdefault(end, (side, begin, step))
    return fresh


def steps_around(front: Mapping[Place, Stop]) -> list[Step]:
    """The steps that begin or end at any of the places, at most so many."""
    wanted: dict[str, list[int]] = {}
    for label, pk in front:
        wanted.setdefault(label, []).append(pk)
    found = [step for trail in trails_around(wanted) if (step := as_step(trail))]
    for kept in declared(KeptSteps):
        if mine := {label: pks for label, pks in wanted.items() if label in kept.labels}:
            found.extend(kept.steps(mine))
    return found[:RELATIONS]


def trails_around(wanted: Mapping[str, list[int]]) -> Iterator[Trail]:
    asked = Q()
    for label, pks in wanted.items():
        asked |= Q(thing=label, object_id__in=pks) | Q(other_thing=label, other_id__in=pks)
    yield from Trail.shown.filter(asked)[:RELATIONS]


def as_step(trail: Trail) -> Step | None:
    """A relation as a step from the earlier thing to the later; its words are said from the later one."""
    kind = selectors.trail_kind(trail.kind)
    if kind is None:
        return None
    one, other = (trail.thing, trail.object_id), (trail.other_thing, trail.other_id)
    if kind.leads_on:
        return Step(one, other, kind.inverse, kind.name, trail.note)
    return Step(other, one, kind.name, kind.inverse, trail.note)


def arrived(
    user: Any, fresh: Mapping[Place, tuple[int, Place, Step]], level: int
) -> tuple[dict[Place, Stop], set[Place]]:
    """The stops at places the reader may see or is told that they are gone, and the places she may not know."""
    seen = selectors.visible_things(user, fresh)
    titles = titles_of(seen)
    told = tombstones(user, [place for place in fresh if place not in seen])
    stops = {}
    for place, (side, parent, step) in fresh.items():
        way = {"side": side, "level": level, "parent": parent, "by": step}
        if place in seen:
            kind, thing = seen[place]
            stops[place] = Stop(place, str(kind.name), titles[place], kind.address(thing), **way)
        elif place in told:
            kind, stone = told[place]
            stops[place] = Stop(place, str(kind.name), stone.title, stone.address, tombstone=stone, **way)
    return stops, set(fresh) - set(stops)


def titles_of(seen: Mapping[Place, tuple[Thing, Model]]) -> dict[Place, Any]:
    by_label: dict[str, tuple[Thing, list[Model]]] = {}
    for (label, _pk), (kind, thing) in seen.items():
        by_label.setdefault(label, (kind, []))[1].append(thing)
    found = {}
    for label, (kind, things) in by_label.items():
        many = kind.titles(things) if kind.titles else {}
        found |= {(label, one.pk): many[one.pk] if one.pk in many else kind.title(one) for one in things}
    return found


def tombstones(user: Any, places: Iterable[Place]) -> dict[Place, tuple[Thing, Tombstone]]:
    """What was erased, and of what was withdrawn as much as the reader may know. What is only hidden is left out."""
    wanted: dict[str, list[int]] = {}
    for label, pk in places:
        wanted.setdefault(label, []).append(pk)
    found = {}
    for label, pks in wanted.items():
        kind = thing_kind(label)
        if kind is None:
            continue
        stored = find_things(label, pks)
        for pk in pks:
            thing = stored.get(pk)
            stone = Tombstone() if thing is None else kind.gone(user, thing) if kind.gone else None
            if stone is not None:
                found[(label, pk)] = (kind, stone)
    return found


def without_circles(steps: list[Step], rank: Mapping[Place, int]) -> list[Step]:
    """Where steps go round, only those stay that lead on in the order in which things were found."""
    left = {id(step) for step in unpeeled(steps)}
    return [step for step in steps if id(step) not in left or rank[step.earlier] < rank[step.later]]


def unpeeled(steps: list[Step]) -> list[Step]:
    """What is left of steps when things to which nothing leads are taken away again and again: circles, and what follows."""
    leading, leaving = counted(steps)
    free = [place for place, count in leading.items() if not count]
    while free:
        for step in leaving.pop(free.pop(), []):
            leading[step.later] -= 1
            if not leading[step.later]:
                free.append(step.later)
    return [step for some in leaving.values() for step in some]


def counted(steps: Iterable[Step]) -> tuple[dict[Place, int], dict[Place, list[Step]]]:
    """How many steps lead to each place, and which leave it."""
    leading: dict[Place, int] = {}
    leaving: dict[Place, list[Step]] = {}
    for step in steps:
        leading.setdefault(step.earlier, 0)
        leading[step.later] = leading.get(step.later, 0) + 1
        leaving.setdefault(step.earlier, []).append(step)
    return leading, leaving


def layers(found: Chain) -> dict[Place, int]:
    """The column of each stop, counted from its own thing at 0: every step leads from a lower one to a higher."""
    leading, leaving = counted(found.steps)
    depth = dict.fromkeys(found.stops, 0)
    order, free = [], [place for place in found.stops if not leading.get(place)]
    while free:
        place = free.pop()
        order.append(place)
        for step in leaving.get(place, []):
            depth[step.later] = max(depth[step.later], depth[place] + 1)
            leading[step.later] -= 1
            if not leading[step.later]:
                free.append(step.later)
    for place in reversed(order):  # what comes before is drawn close to what came of it
        if after := [depth[step.later] for step in leaving.get(place, [])]:
            depth[place] = min(after) - 1
    begin = depth[found.start.place]
    return {place: number - begin for place, number in depth.items()}
