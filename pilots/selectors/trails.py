"""All trails from evidence to changed policy: how far each has come, where it breaks off, and what it waits for since when.

A trail is known by what it turns on: a mechanism, else a pilot or review that tests none, else a policy change that was
learned from evidence alone, else a finding or a benchmark nobody has taken up, or a practice that was taken over without a
policy being changed. Only what the reader may see is read, in a number of queries
that does not grow.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from benchmarking.models import RunFigure
from platform_core.ground.registry.catalogue import declared, thing_kind
from platform_core.ground.registry.kinds import TrailKind
from platform_core.ground.registry.kinds.things import Place
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import visible
from platform_core.materials.trails.models import Trail
from platform_core.materials.trails.selectors import visible_things
from repository.models import Record

from ..models import Mechanism

RECORD, FINDING, BENCHMARK = "repository.record", "consultations.finding", "benchmarking.benchmark"
FIGURE = "benchmarking.runfigure"
MECHANISM, PILOT, REVIEW, CHANGE = "pilots.mechanism", "pilots.pilot", "pilots.peerreview", "pilots.policychange"
EVIDENCE = (RECORD, FINDING, BENCHMARK, FIGURE, "consultations.consultation", "benchmarking.run")
EVIDENCE += ("benchmarking.swot", "benchmarking.swotentry", "benchmarking.measure", "benchmarking.scorecard")
EVIDENCE += ("benchmarking.peerstudy", "benchmarking.clustermap")
STAGES = {
    "evidence": _("Evidence"),
    "mechanism": _("Mechanism"),
    "pilot": _("Pilot or peer review"),
    "evaluation": _("Evaluated"),
    "adoption": _("Lesson adopted"),
    "change": _("Policy changed"),
}
WAITS = {
    "taking": _("that a group takes it up"),
    "publishing": _("that it is published"),
    "pilot": _("a pilot that tests it"),
    "evaluation": _("an evaluation"),
    "change": _("a region that changes its policy"),
    "report": _("that its report is published"),
    "asking": _("that its authority is asked"),
    "confirming": _("that the authority confirms the change"),
}
BREAKS = {
    "refused": _("It was not followed."),
    "no_evidence": _("No evidence is stored that it is based on."),
    "no_mechanism": _("It tests no stored mechanism."),
    "withdrawn": _("What it came of was withdrawn."),
}


@dataclass(frozen=True)
class Kind:
    """How far things of a kind lead, and the names of fields: the topic, the day of its beginning, and the day on which it
    did what it is for. `over` are the states in which it is no part of any trail, `unasked` those before it waits for others.
    """

    stage: str
    topic: str
    begun: str
    done: str
    over: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()


NOT_OPEN = ("draft", "review", "approved", "superseded", "withdrawn")
KINDS = {
    FINDING: Kind("evidence", "consultation__topic", "written_on", ""),
    BENCHMARK: Kind("evidence", "group__topic", "published_at", "", over=NOT_OPEN),
    MECHANISM: Kind("mechanism", "group__topic", "begun_on", "published__published_on", over=("withdrawn",)),
    PILOT: Kind("pilot", "topic", "begun_on", "evaluated_on"),
    REVIEW: Kind("pilot", "topic", "first_day", "published_on", over=("refused", "called_off")),
    CHANGE: Kind("change", "topic", "changed_on", "confirmed_on", over=("withdrawn",), unasked=("draft", "returned")),
}


@dataclass(frozen=True)
class Dot:
    """What a trail can turn on. `done` is the day on which it was published, evaluated or confirmed; `tests` is which
    kind of thing a pilot tests.
    """

    place: Place
    topic: int | None = None
    begun: date | None = None
    done: date | None = None
    is_refused: bool = False
    is_unasked: bool = False
    tests: str = ""


@dataclass(frozen=True)
class Course:
    """One trail. `waits` and `breaks` are codes of `WAITS` and `BREAKS`, empty where it came through."""

    root: Dot
    stage: str
    evidence: int = 0
    pilots: int = 0
    evaluated: int = 0
    adopted: int = 0
    changes: int = 0
    waits: str = ""
    since: date | None = None
    breaks: tuple[str, ...] = ()
    title: Any = field(default="", compare=False)
    kind: str = field(default="", compare=False)
    address: str = field(default="", compare=False)

    @property
    def stage_name(self) -> str:
        return str(STAGES[self.stage])

    @property
    def waits_for(self) -> str:
        return str(WAITS[self.waits]) if self.waits else ""

    @property
    def broken(self) -> list[str]:
        return [str(BREAKS[code]) for code in self.breaks]


def courses(user: Any, *, topic: str = "", stage: str = "", waiting: bool = False) -> list[Course]:
    """All trails a person may see, those that have waited longest first, those that came through last."""
    dots = {dot.place: dot for label in KINDS for dot in dots_of(user, label)}
    pairs = links()
    evidence = shown_evidence(user, pairs)
    found = [*told(dots, pairs, evidence, adoptions(evidence), withdrawn()), *adopted_alone(user, dots, pairs)]
    if topic.isdecimal():
        found = [course for course in found if course.root.topic == int(topic)]
    if stage in STAGES:
        found = [course for course in found if course.stage == stage]
    if waiting:
        found = [course for course in found if course.waits]
    return sorted(found, key=lambda course: (not course.waits, course.since or date.max, course.root.place))


def named(user: Any, some: Sequence[Course]) -> list[Course]:
    """The same trails with titles and addresses: for those on one page."""
    seen = visible_things(user, [course.root.place for course in some])
    rows = []
    for course in some:
        if course.root.place in seen:
            kind, thing = seen[course.root.place]
            words = {"title": kind.title(thing), "kind": str(kind.name), "address": kind.address(thing)}
            rows.append(Course(**{**course.__dict__, **words}))
    return rows


def dots_of(user: Any, label: str) -> list[Dot]:
    kind, told_by = thing_kind(label), KINDS[label]
    if kind is None:
        return []
    rows = kind.visible(user)
    wanted = {name: known(label, getattr(told_by, name)) for name in ("topic", "begun", "done")}
    wanted |= {name: known(label, name) for name in ("state", "tests")}
    names = [name for name in wanted.values() if name]
    cells = ({"pk": pk, **dict(zip(names, rest, strict=True))} for pk, *rest in light(rows).values_list("pk", *names))
    return [
        Dot(
            (label, row["pk"]),
            row.get(wanted["topic"]),
            day_of(row.get(wanted["begun"])),
            row.get(wanted["done"]),
            row.get(wanted["state"]) == "not_followed",
            row.get(wanted["state"]) in told_by.unasked,
            row.get(wanted["tests"], ""),
        )
        for row in cells
        if row.get(wanted["state"]) not in told_by.over
    ]


def day_of(moment: date | datetime | None) -> date | None:
    return platform_day(moment) if isinstance(moment, datetime) else moment


def light(rows):
    return rows.order_by().select_related(None).prefetch_related(None)


def known(label: str, path: str) -> str:
    """A path of fields as far as the kind has them; empty where it has not."""
    model: Any = apps.get_model(label)
    for name in filter(None, path.split("__")):
        fields = {one.name: one for one in model._meta.get_fields()} if model else {}
        if name not in fields:
            return ""
        model = fields[name].related_model
    return path


def links() -> list[tuple[Place, Place]]:
    """What came of what, the earlier first, among all kinds that can be on such a trail."""
    labels = {*KINDS, *EVIDENCE}
    onwards = {kind.code for kind in declared(TrailKind) if kind.leads_on}
    rows = Trail.shown.filter(thing__in=labels, other_thing__in=labels).order_by("pk")
    found = []
    for kind, *ends in rows.values_list("kind", "thing", "object_id", "other_thing", "other_id"):
        one, other = (ends[0], ends[1]), (ends[2], ends[3])
        found.append((one, other) if kind in onwards else (other, one))
    figures = RunFigure.objects.order_by("pk").values_list("area__run__benchmark", "pk")
    return [*found, *(((BENCHMARK, benchmark), (FIGURE, pk)) for benchmark, pk in figures)]


def shown_evidence(user: Any, pairs: Iterable[tuple[Place, Place]]) -> set[Place]:
    """What of the evidence that trails point to the reader may see."""
    places: dict[str, set[int]] = {}
    for earlier, later in pairs:
        for label, pk in (earlier, later):
            if label in EVIDENCE:
                places.setdefault(label, set()).add(pk)
    found = set()
    for label, pks in places.items():
        if kind := thing_kind(label):
            found |= {(label, pk) for pk in light(kind.visible(user).filter(pk__in=pks)).values_list("pk", flat=True)}
    return found


def withdrawn() -> set[Place]:
    """Mechanisms that were published once; everybody is told that they are gone."""
    rows = Mechanism.objects.filter(state=Mechanism.State.WITHDRAWN)
    return {(MECHANISM, pk) for pk in rows.order_by().values_list("pk", flat=True)}


def adoptions(evidence: Iterable[Place]) -> dict[Place, int]:
    """How many organisations took over each record that any did."""
    pks = [pk for label, pk in evidence if label == RECORD]
    rows = Record.objects.filter(pk__in=pks, adopted__gt=0).order_by()
    return {(RECORD, pk): number for pk, number in rows.values_list("pk", "adopted")}


def adopted_alone(user: Any, dots: Mapping[Place, Dot], pairs: Iterable[tuple[Place, Place]]) -> list[Course]:
    """Practices that organisations took over, and that no mechanism, pilot or policy change on the page came of or led to."""
    linked = {place for pair in pairs for place in pair if pair[0] in dots or pair[1] in dots}
    rows = visible(Record.objects.filter(state=Record.State.PUBLISHED, adopted__gt=0), user).prefetch_related("topics")
    found = []
    for row in rows:
        if (RECORD, row.pk) not in linked:
            topic = next((one.pk for one in row.topics.all()), None)
            root = Dot((RECORD, row.pk), topic, row.published_on)
            found.append(Course(root, "adoption", 1, adopted=row.adopted, waits="change", since=row.published_on))
    return found


def told(
    dots: Mapping[Place, Dot],
    pairs: Iterable[tuple[Place, Place]],
    evidence: set[Place],
    adopted: Mapping[Place, int] | None = None,
    gone: Collection[Place] = (),
) -> list[Course]:
    """Trails of things and of what came of what; nothing that is not among the things or the evidence shown counts.

    What a mechanism or a policy change takes up is told on its trail, not on one of its own. What came of something that is
    `gone` breaks off there.
    """
    adopted = adopted or {}
    bereft = {later for earlier, later in pairs if earlier in gone}
    before: dict[Place, list[Place]] = {}
    after: dict[Place, list[Place]] = {}
    for earlier, later in pairs:
        if (earlier in dots or earlier in evidence) and (later in dots or later in evidence):
            before.setdefault(later, []).append(earlier)
            after.setdefault(earlier, []).append(later)
    found = []
    for dot in dots.values():
        sources, outcome = before.get(dot.place, []), after.get(dot.place, [])
        stage = KINDS[dot.place[0]].stage
        if stage == "mechanism":
            found.append(of_mechanism(dot, dots, sources, after, adopted))
        elif stage == "pilot" and not of_stage(sources, "mechanism"):
            if of_stage(outcome, "mechanism") and not of_stage(outcome, "change"):
                continue
            breaks = ("no_mechanism",) if dot.tests == "mechanism" else ()  # others, and peer reviews, test none
            breaks = ("withdrawn",) if dot.place in bereft else breaks
            found.append(of_pilots(dot, [dot], dots, sources, after, breaks, adopted))
        elif stage == "change" and not of_stage([*sources, *before_these(sources, before)], "mechanism", "pilot"):
            breaks = () if sources else ("withdrawn",) if dot.place in bereft else ("no_evidence",)
            waits, since = ("", dot.done) if dot.done else (asked_of(dot), dot.begun)
            number = len(stored(sources))
            found.append(Course(dot, "change", number, changes=1, waits=waits, since=since, breaks=breaks))
        elif stage == "evidence" and not taken_up(dot, outcome, after):
            waits, breaks = ("", ("refused",)) if dot.is_refused else ("taking", ())
            found.append(Course(dot, "evidence", 1, waits=waits, since=dot.begun, breaks=breaks))
    return found


def taken_up(dot: Dot, outcome: Sequence[Place], after: Mapping[Place, Sequence[Place]]) -> list[Place]:
    """What answers a finding; what a benchmark or a figure in it led to, beside the record it was published as."""
    if dot.place[0] == FINDING:
        return list(outcome)
    figures = (place for place in outcome if place[0] == FIGURE)
    led_to = [*outcome, *(later for place in figures for later in after.get(place, ()))]
    return of_stage(led_to, "mechanism", "pilot", "change")


def of_stage(places: Iterable[Place], *stages: str) -> list[Place]:
    return [place for place in places if place[0] in KINDS and KINDS[place[0]].stage in stages]


def before_these(places: Iterable[Place], before: Mapping[Place, Sequence[Place]]) -> list[Place]:
    """What records came of, such as the pilot that a lesson was learned in."""
    return [earlier for place in places if place[0] == RECORD for earlier in before.get(place, ())]


def stored(places: Iterable[Place]) -> set[Place]:
    """A peer review is evidence of the mechanism that is based on it."""
    return {place for place in places if place[0] in (*EVIDENCE, REVIEW)}


def of_mechanism(
    dot: Dot, dots: Mapping[Place, Dot], sources: Sequence[Place], after: Mapping, adopted: Mapping[Place, int]
) -> Course:
    breaks = () if stored(sources) else ("no_evidence",)
    pilots = [dots[place] for place in dict.fromkeys(of_stage(after.get(dot.place, []), "pilot"))]
    if pilots or of_stage(after.get(dot.place, []), "change"):
        return of_pilots(dot, pilots, dots, sources, after, breaks, adopted)
    waits, since = ("pilot", dot.done) if dot.done else ("publishing", dot.begun)
    return Course(dot, "mechanism", len(stored(sources)), waits=waits, since=since, breaks=breaks)


def of_pilots(
    root: Dot,
    pilots: Sequence[Dot],
    dots: Mapping[Place, Dot],
    sources: Sequence[Place],
    after: Mapping[Place, Sequence[Place]],
    breaks: tuple[str, ...],
    adopted: Mapping[Place, int],
) -> Course:
    """From a mechanism, or a pilot that tests none, to the policies that were changed because of it."""
    reached = [root.place, *(pilot.place for pilot in pilots)]
    lessons = [later for place in reached for later in after.get(place, ()) if later[0] == RECORD]
    ends = [later for place in [*reached, *lessons] for later in after.get(place, ())]
    changes = [dots[place] for place in dict.fromkeys(of_stage(ends, "change"))]
    done = [pilot for pilot in pilots if pilot.done]
    confirmed = [change for change in changes if change.done]
    if confirmed:
        stage, waits, since = "change", "", latest(change.done for change in confirmed)
    elif changes:
        stage, waits, since = "change", asked_of(*changes), latest(change.begun for change in changes)
    elif done:
        stage = "adoption" if any(place in adopted for place in lessons) else "evaluation"
        waits, since = "change", latest(pilot.done for pilot in done)
    else:
        waits = "report" if all(pilot.place[0] == REVIEW for pilot in pilots) else "evaluation"
        stage, since = "pilot", latest(pilot.begun for pilot in pilots)
    counts = {"pilots": len(pilots), "evaluated": len(done), "changes": len(changes)}
    counts["adopted"] = sum(adopted.get(place, 0) for place in set(lessons))
    return Course(root, stage, len(stored(sources)), waits=waits, since=since, breaks=breaks, **counts)


def asked_of(*changes: Dot) -> str:
    """What policy changes wait for that no authority has confirmed."""
    return "asking" if all(change.is_unasked for change in changes) else "confirming"


def latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)
