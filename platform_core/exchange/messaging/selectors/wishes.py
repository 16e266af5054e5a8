from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from django.apps import apps

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import NoticeKind, Words

from ..models import Pace, Rhythm, Wish


@dataclass(frozen=True)
class Way:
    """How one person is told of one kind of notice."""

    on_site: bool
    pace: str
    rhythm: Rhythm

    def due_at(self, after: datetime, zone: tzinfo) -> datetime | None:
        """When the digest goes out; None for what goes at once or never."""
        if self.pace not in (Pace.DAILY, Pace.WEEKLY):
            return None
        return next_moment(after, zone, self.rhythm.hour, self.rhythm.weekday if self.pace == Pace.WEEKLY else None)


def next_moment(after: datetime, zone: tzinfo, hour: int, weekday: int | None = None) -> datetime:
    """The next time the clocks of a zone show an hour; on a day of their change once, and never twice."""
    today = after.astimezone(zone).date()
    days = [today + timedelta(days=ahead) for ahead in range(9)]
    moments = [
        datetime.combine(day, time(hour), zone).astimezone(UTC) for day in days if weekday in (None, day.weekday())
    ]
    return next(moment for moment in moments if moment > after)


def group_of(code: str) -> str:
    return code.partition(".")[0]


def ways(kind: NoticeKind, people: Collection[int]) -> dict[int, Way]:
    """In two queries for any number of people; the wish for the kind goes before that for its room."""
    rows = Wish.objects.filter(person__in=people, scope__in=[kind.code, group_of(kind.code)])
    wishes: dict[int, list[Wish]] = {}
    for row in rows.order_by("-scope"):  # "room.kind" sorts behind "room"
        wishes.setdefault(row.person_id, []).append(row)
    rhythms = {row.person_id: row for row in Rhythm.objects.filter(person__in=people)}
    return {pk: way(kind, wishes.get(pk, []), rhythms.get(pk) or Rhythm()) for pk in people}


def way(kind: NoticeKind, wishes: Iterable[Wish], rhythm: Rhythm) -> Way:
    """`wishes` from the narrowest."""
    wishes = list(wishes)
    wished = next((wish.pace for wish in wishes if wish.pace), kind.pace)
    return Way(all(wish.on_site for wish in wishes), pace_for(kind, wished, rhythm), rhythm)


def pace_for(kind: NoticeKind, wished: str, rhythm: Rhythm) -> str:
    """What is urgent waits for no digest; only who wants no mail of it gets none."""
    if not kind.mail or wished == Pace.NEVER:
        return Pace.NEVER
    if kind.urgent or wished == Pace.ONCE:
        return Pace.ONCE
    return Pace.NEVER if rhythm.is_stopped else wished


def wishes_of(person) -> dict[str, Wish]:
    return {wish.scope: wish for wish in Wish.objects.filter(person=person)}


def rhythm_of(person) -> Rhythm:
    return Rhythm.objects.filter(person=person).first() or Rhythm(person=person)


def kind_of(code: str) -> NoticeKind | None:
    return next((kind for kind in declared(NoticeKind) if kind.code == code), None)


def kinds_by_group() -> dict[str, list[NoticeKind]]:
    """Kinds of notices by the room that declares them."""
    found: dict[str, list[NoticeKind]] = {}
    for kind in declared(NoticeKind):
        found.setdefault(group_of(kind.code), []).append(kind)
    return found


def scope_name(scope: str) -> Words:
    """The words for a kind, or for the room of a group of kinds."""
    kind = kind_of(scope)
    if kind:
        return kind.name
    config = apps.app_configs.get(scope)
    return config.verbose_name if config else scope
