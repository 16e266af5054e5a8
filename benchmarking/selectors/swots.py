"""Strengths, weaknesses, opportunities and threats of areas, by topic and period."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Step, Thing
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import visible
from platform_core.materials.trails.selectors import visible_things

from ..models import Area, Indicator, Observation, Swot, SwotEntry, SwotEvidence, VersionIndicator
from .datasets import versions

LABEL, ENTRY = "benchmarking.swot", "benchmarking.swotentry"
RECORD, FINDING = "repository.record", "consultations.finding"  # found through what is declared, whoever declares it
COMPARED, MOST = 4, 400


@dataclass(frozen=True)
class Cited:
    title: str
    address: str
    kind: str


@dataclass(frozen=True)
class Quadrant:
    code: str
    name: str
    entries: Sequence[SwotEntry]


@dataclass(frozen=True)
class Side:
    """One area of a comparison, with the newest approved SWOT of each group."""

    area: Area
    swots: Sequence[Swot]
    quadrants: Sequence[Quadrant]


def swots(user) -> QuerySet[Swot]:
    return visible(Swot.objects.select_related("area", "group__topic", "approved_for"), user)


def swot_for(user, pk: int) -> Swot:
    return get_object_or_404(swots(user), pk=pk)


def approved(user, *, country: str = "", topic: str = "") -> QuerySet[Swot]:
    rows = swots(user).filter(state=Swot.State.APPROVED)
    if country:
        rows = rows.filter(area__country=country)
    if topic in vocabulary.topic_labels():
        rows = rows.filter(Exists(SwotEntry.objects.filter(swot=OuterRef("pk"), topic=int(topic))))
    return rows.annotate(points=Count("entries")).order_by("area__code", "-ends", "-begins", "pk")


def under_way(user) -> QuerySet[Swot]:
    return swots(user).filter(state=Swot.State.DRAFT).annotate(points=Count("entries")).order_by("-pk")


def others(user, swot: Swot) -> QuerySet[Swot]:
    """Other periods of the same area: old ones are kept."""
    return swots(user).filter(area=swot.area_id, state=Swot.State.APPROVED).exclude(pk=swot.pk)


def evidenced(rows: QuerySet[SwotEntry]) -> QuerySet[SwotEntry]:
    evidence = SwotEvidence.objects.select_related("record", "indicator")
    rows = rows.select_related("topic", "author", "written_for", "swot__area")
    return rows.prefetch_related(Prefetch("evidence", evidence))


def entries(user) -> QuerySet[SwotEntry]:
    return evidenced(visible(SwotEntry.objects.all(), user))


def entry_for(user, pk: int) -> SwotEntry:
    return get_object_or_404(entries(user), pk=pk)


def entries_of(user, swot: Swot, topic: str = "") -> QuerySet[SwotEntry]:
    rows = entries(user).filter(swot=swot)
    return rows.filter(topic=int(topic)) if topic in vocabulary.topic_labels() else rows


def with_cited(user, rows: Iterable[SwotEntry]) -> list[SwotEntry]:
    """Every piece of evidence that is another thing gets `cited`, None where the reader may not see it; one query a kind."""
    rows = list(rows)
    pieces = [piece for row in rows for piece in row.evidence.all() if piece.thing]
    seen = visible_things(user, [(piece.thing, piece.object_id) for piece in pieces])
    for piece in pieces:
        found = seen.get((piece.thing, piece.object_id))
        piece.cited = found and cited(*found)
    return rows


def cited(kind: Thing, thing: Model) -> Cited:
    return Cited(str(kind.title(thing)), kind.address(thing), str(kind.name))


def is_open(label: str, pk: int) -> bool:
    """Whether it is a finding everybody can read."""
    return label == FINDING and bool(visible_things(AnonymousUser(), [(label, pk)]))


def steps(places: Mapping[str, Sequence[int]]) -> Iterator[Step]:
    """A point came of the records and findings it stands on."""
    asked = Q(entry__in=places.get(ENTRY, ())) | Q(record__in=places.get(RECORD, ()))
    asked |= Q(thing=FINDING, object_id__in=places.get(FINDING, ()))
    rows = SwotEvidence.objects.filter(asked).values_list("entry_id", "record_id", "thing", "object_id")
    for entry, record, thing, pk in rows[:MOST]:
        if record or thing:
            yield Step(
                (RECORD, record) if record else (thing, pk), (ENTRY, entry), _("stands on"), _("is evidence for")
            )


def quadrants(rows: Iterable[SwotEntry]) -> list[Quadrant]:
    """All four, in their order, whether anything stands in them or not."""
    rows = list(rows)
    return [
        Quadrant(code, str(name), [row for row in rows if row.quadrant == code])
        for code, name in SwotEntry.Quadrant.choices
    ]


def beside(user, codes: Sequence[str], topic: str = "") -> list[Side]:
    """At most four areas side by side; the same number of queries for two as for four."""
    newest: dict[tuple[str, int], Swot] = {}
    for swot in approved(user).filter(area__code__in=codes[:COMPARED]):
        newest.setdefault((swot.area.code, swot.group_id), swot)
    wanted = entries(user).filter(swot__in=[swot.pk for swot in newest.values()])
    rows = with_cited(user, wanted.filter(topic=int(topic)) if topic in vocabulary.topic_labels() else wanted)
    sides = []
    for code in codes[:COMPARED]:
        own = [swot for (area, _group), swot in newest.items() if area == code]
        if own:
            mine = [row for row in rows if row.swot_id in {swot.pk for swot in own}]
            sides.append(Side(own[0].area, own, quadrants(mine)))
    return sides


def areas_with(user) -> list[Area]:
    """Areas that have an approved SWOT."""
    told = swots(user).filter(state=Swot.State.APPROVED).order_by().values("area")
    return list(Area.objects.filter(pk__in=told))


def last_approved(swot: Swot) -> Swot | None:
    rows = Swot.objects.filter(group=swot.group_id, area=swot.area_id, state=Swot.State.APPROVED)
    return rows.exclude(pk=swot.pk).order_by("-ends", "-begins").first()


def indicators() -> QuerySet[Indicator]:
    """Those of which everybody can read figures."""
    told = VersionIndicator.objects.filter(version__in=versions(AnonymousUser()).values("pk"))
    return Indicator.objects.filter(pk__in=told.values("indicator"))


def figure(area: Area, indicator: Indicator, year: int) -> Observation | None:
    """What everybody can read of an area in a year, from the newest version."""
    rows = Observation.objects.filter(area=area, indicator=indicator, year=year, value__isnull=False)
    open_ones = versions(AnonymousUser()).order_by().values("pk")
    return rows.filter(version__in=open_ones).order_by("-version__imported_at", "-version").first()
