"""Learning mechanisms: what is published, what a group is making, and what each stands on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path, override

from benchmarking.selectors.benchmarks import benchmarks
from benchmarking.selectors.runs import runs
from consultations.selectors.consultations import consultations
from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.discussions.selectors import comments_on
from platform_core.ground.registry.kinds.things import Tombstone
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.access.selectors import keys_of, require, visible
from platform_core.materials.trails import selectors as trails

from .. import contents
from ..models import Mechanism, MechanismVersion

LABEL = contents.LABEL
WANTED = 7


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence as its reader sees it; without an address it is not open to her, or was withdrawn.

    `trail` is 0 in a version: what is frozen is taken away from no more.
    """

    trail: int
    kind: str
    title: Any
    address: str
    note: str


@dataclass(frozen=True)
class Place:
    """One of the seven that are due: of a topic, or the one across departments and levels (`topic` None)."""

    topic: Topic | None
    published: Sequence[Mechanism]
    under_way: int


def mechanisms(user) -> QuerySet[Mechanism]:
    return visible(Mechanism.objects.select_related("group__topic", "published"), user)


def mechanism_for(user, pk: int) -> Mechanism:
    return get_object_or_404(mechanisms(user), pk=pk)


def withdrawn(pk: int) -> Mechanism:
    """For everybody: what was published once and is not any more, with the reasons."""
    rows = Mechanism.objects.select_related("group__topic")
    return get_object_or_404(rows, pk=pk, state=Mechanism.State.WITHDRAWN)


def gone(user, mechanism: Mechanism) -> Tombstone | None:
    """What trails tell of one that was withdrawn: its page says it to everybody."""
    if mechanism.state != Mechanism.State.WITHDRAWN:
        return None
    return Tombstone(
        title=mechanism.headline,
        address=mechanism.get_absolute_url(),
        day=mechanism.withdrawn_on,
        reason=mechanism.why_withdrawn,
    )


def made_for(user, pk: int) -> Mechanism:
    """A mechanism for those who may read how it is being made."""
    found = mechanism_for(user, pk)
    require(user, "pilots.read_mechanism_desk", found)
    return found


def published(user, *, topic: str = "", level: str = "", cycle_stage: str = "") -> QuerySet[Mechanism]:
    rows = mechanisms(user).filter(published__isnull=False)
    if topic.isdecimal():
        rows = rows.filter(group=int(topic))
    for scheme, code in (("level", level), ("cycle_stage", cycle_stage)):
        if code:
            through = MechanismVersion.terms.through.objects.filter(mechanismversion=OuterRef("published"))
            rows = rows.filter(Exists(through.filter(term__scheme=scheme, term__code=code)))
    return rows.order_by("group", "number")


def under_way(user) -> QuerySet[Mechanism]:
    """What the reader's groups are making, what was touched last first."""
    keys = keys_of(user)
    rows = mechanisms(user).exclude(state__in=(Mechanism.State.PUBLISHED, Mechanism.State.WITHDRAWN))
    if not {"role:lead_partner", "role:reviewer", "role:translator"} & keys:
        rows = rows.filter(group__in=[key.partition(":")[2] for key in keys if key.startswith("group:")])
    return rows.annotate(submitted=Count("versions")).order_by("-pk")


def versions(user, mechanism: Mechanism) -> QuerySet[MechanismVersion]:
    """Those a person may read: what was published is everybody's, what partners were asked about is the members'."""
    rows = mechanism.versions.select_related("answered_for", "submitted_by", "answered_by")
    if user.has_perm("pilots.read_mechanism_desk", mechanism):
        return rows
    return rows.filter(published_on__isnull=False)


def version_for(user, pk: int, number: int) -> MechanismVersion:
    found = mechanism_for(user, pk)
    version = get_object_or_404(versions(user, found), number=number)
    version.mechanism = found
    return version


def current(mechanism: Mechanism) -> MechanismVersion | None:
    """The version that is being looked at, or approved and not published yet."""
    return mechanism.versions.filter(state__in=("review", "approved")).first()


def evidence(user, rows: Iterable[Mapping[str, Any]]) -> list[Evidence]:
    """In their order; one query for each kind of thing."""
    rows = list(rows)
    seen = trails.visible_things(user, [(row["thing"], row["pk"]) for row in rows])
    return [told(row, seen) for row in rows]


def told(row: Mapping[str, Any], seen: Mapping) -> Evidence:
    trail, note = row.get("trail", 0), row["note"]
    if (row["thing"], row["pk"]) not in seen:
        return Evidence(trail, "", "", "", note)
    kind, thing = seen[row["thing"], row["pk"]]
    return Evidence(trail, str(kind.name), kind.title(thing), kind.address(thing), note)


def evidence_now(user, mechanism: Mechanism) -> list[Evidence]:
    rows = contents.drawn(mechanism)
    return evidence(
        user, [{"thing": row.other_thing, "pk": row.other_id, "note": row.note, "trail": row.pk} for row in rows]
    )


def titles(user, *versions: MechanismVersion) -> dict[tuple[str, int], str]:
    """What the reader may see of the evidence of some versions, by where it is."""
    rows = [row for version in versions for row in version.content["evidence"]]
    seen = trails.visible_things(user, [(row["thing"], row["pk"]) for row in rows])
    return {place: f"{kind.name}: {kind.title(thing)}" for place, (kind, thing) in seen.items()}


def compared(user, older: MechanismVersion, newer: MechanismVersion) -> list:
    known = titles(user, older, newer)
    return contents.compared(contents.lines(older.content, known), contents.lines(newer.content, known))


def relations(user, mechanism: Mechanism) -> list:
    """What it is related to beside its evidence: pilots that test it, changes that learned from it."""
    held = set(contents.evidence_of(mechanism).values_list("pk", flat=True))
    return [row for row in trails.around(user, mechanism) if row.pk not in held]


def comments(mechanism: Mechanism) -> QuerySet[Comment]:
    return comments_on(mechanism)


def seven(user) -> list[Place]:
    """Which of the seven exist: one of each topic, and one across departments and levels."""
    rows = list(mechanisms(user).exclude(state=Mechanism.State.WITHDRAWN))
    cross = [row for row in rows if row.is_cross_department]
    own = [row for row in rows if not row.is_cross_department]
    found = [place(topic, [row for row in own if row.group_id == topic.pk]) for topic in vocabulary.topics()]
    return [*found, place(None, cross)]


def place(topic: Topic | None, rows: Sequence[Mechanism]) -> Place:
    told = [row for row in rows if row.published_id]
    return Place(topic, told, len(rows) - len(told))


def exist(places: Sequence[Place]) -> int:
    return sum(bool(one.published) for one in places)


def thing_of(user, address: str):
    """What is at an address of this platform, if it is of a kind a mechanism can be based on."""
    found = trails.thing_at(user, address) or read_at(user, address)
    kind = trails.trail_kind(contents.BASED_ON)
    if found is None or kind is None or found._meta.label_lower not in kind.targets:
        return None
    return found


def read_at(user, address: str):
    """The benchmark or consultation that one of many pages belongs to, such as that of a region in a benchmark."""
    try:
        path = urlsplit(address.strip()).path
        with override(get_language_from_path(path) or get_language()):
            match = resolve(path)
    except (Resolver404, ValueError):
        return None
    code, number = match.kwargs.get("code"), match.kwargs.get("number")
    if match.view_name == "benchmarking:run":
        return runs(user).filter(benchmark__code=code, number=number).first()
    rooms = {"benchmarking": benchmarks, "consultations": consultations}
    room = rooms.get(match.namespace) if code else None
    return room(user).filter(code=code).first() if room else None


def drawn_trail(mechanism: Mechanism, pk: int):
    for row in contents.drawn(mechanism):
        if row.pk == pk:
            return row
    raise Http404
