"""Courses, who takes part in them, and what they brought: to others only as figures of at least five people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from platform_core.ground.registry.kinds import Counted
from platform_core.identity.access.selectors import keys_of, require, visible, visible_by
from platform_core.programme.events import selectors as events
from platform_core.programme.events.models import CalendarEvent

from ..models import Course, CourseStatement, Participant

LABEL, STATEMENT = "pilots.course", "pilots.coursestatement"
THRESHOLD, RECENT = 5, timedelta(days=90)
AUTHORITIES = ("regional_authority", "national_authority")


@dataclass(frozen=True)
class Line:
    statement: str
    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


def courses(user) -> QuerySet[Course]:
    return visible(Course.objects.select_related("event", "topic", "organisation"), user)


def course_for(user, pk: int) -> Course:
    return get_object_or_404(courses(user), pk=pk)


def listed(user, *, topic: str = "") -> QuerySet[Course]:
    """Those that are not only being prepared, the newest first."""
    rows = courses(user).exclude(state=Course.State.PREPARED)
    rows = rows.filter(topic=int(topic)) if topic.isdecimal() else rows
    return rows.order_by("-event__starts", "-pk")


def held(user) -> QuerySet[Course]:
    """Those a person may hold: of her topic, or all."""
    require(user, "pilots.hold_course")
    rows, keys = courses(user), keys_of(user)
    if "role:lead_partner" not in keys:
        led = [key.rpartition(":")[2] for key in keys if key.startswith("role:wg_leader@group:")]
        rows = rows.filter(topic__in=led)
    return rows.annotate(joined=Count("participants")).order_by("-event__starts", "-pk")


def course_to_hold(user, pk: int) -> Course:
    found = course_for(user, pk)
    require(user, "pilots.hold_course", found)
    return found


def statements(user) -> QuerySet[CourseStatement]:
    """Of the courses a person may see."""
    return visible_by(CourseStatement.objects.select_related("course__event"), user, Course, "course_id")


def free_events(user) -> QuerySet[CalendarEvent]:
    """Announced events that are no course yet, neither cancelled nor long over."""
    taken = Course.objects.values("event")
    rows = events.events(user).filter(cancelled_at=None, ends__gte=timezone.now() - RECENT)
    return rows.exclude(pk__in=taken).order_by("starts", "pk")


def part_of(user, course: Course) -> Participant | None:
    if not user.is_authenticated:
        return None
    return Participant.objects.filter(course=course, person=user.pk).first()


def own(user) -> QuerySet[Participant]:
    return Participant.objects.filter(person=user.pk).select_related("course__event").order_by("-pk")


def participants(course: Course) -> QuerySet[Participant]:
    """Names, organisations and whether both assessments are in; never what they say."""
    rows = Participant.objects.filter(course=course).select_related("person", "organisation")
    return rows.order_by("person__name", "pk")


def ratings(part: Participant) -> dict[bool, dict[int, int]]:
    """What a participant said, before and after, by statement; for herself alone."""
    found: dict[bool, dict[int, int]] = {False: {}, True: {}}
    for row in part.ratings.all():
        found[row.is_after][row.statement_id] = row.value
    return found


def own_lines(part: Participant) -> list[Line]:
    said = ratings(part)
    return [
        Line(str(one.text), said[False][one.pk], said[True][one.pk])
        for one in part.course.statements.all()
        if one.pk in said[False] and one.pk in said[True]
    ]


def figures(course: Course) -> dict:
    """What a course brought, counted over those who said both; below five people only that they are too few."""
    done = Participant.objects.filter(course=course, after_on__isnull=False)
    people = list(done.prefetch_related("ratings").select_related("organisation"))
    number = len(people)
    if number < THRESHOLD:
        return {"people": 0, "is_few": True, "lines": []}
    said: dict[tuple[int, bool], list[int]] = {}
    for part in people:
        for row in part.ratings.all():
            said.setdefault((row.statement_id, row.is_after), []).append(row.value)
    lines = [[one.pk, mean(said[one.pk, False]), mean(said[one.pk, True])] for one in course.statements.all()]
    higher = sum(bool(part.is_higher) for part in people)
    shown = higher if higher >= THRESHOLD and number - higher not in range(1, THRESHOLD) else None
    return {"people": number, "is_few": False, "higher": shown, "lines": lines}


def lines(course: Course) -> list[Line]:
    """The kept figures of a closed course in words."""
    texts = {one.pk: str(one.text) for one in course.statements.all()}
    return [Line(texts[pk], before, after) for pk, before, after in course.figures.get("lines", []) if pk in texts]


def is_policy_maker(part: Participant) -> bool:
    return part.says_policy_maker or acts_for_authority(part)


def acts_for_authority(part: Participant) -> bool:
    return part.organisation is not None and part.organisation.kind in AUTHORITIES


def counted(aim: str, *, policy_makers: bool) -> Iterator[Counted]:
    """A person once, for the first course of an aim after which she rates herself higher."""
    rows = Participant.objects.filter(course__aim=aim, is_higher=True)
    seen: set[int] = set()
    for part in rows.select_related("organisation__region", "course").order_by("after_on", "pk"):
        fits = is_policy_maker(part) if policy_makers else part.organisation is not None
        if not fits or part.person_id in seen or part.after_on is None:
            continue
        seen.add(part.person_id)
        yield as_counted(part, part.after_on, policy_makers)


def as_counted(part: Participant, day: date, policy_makers: bool) -> Counted:
    """Without a name: what somebody says of herself is hers alone."""
    held_by = part.organisation
    return Counted(
        thing=LABEL,
        pk=part.course_id,
        key=f"person:{part.person_id}",
        day=day,
        organisation=part.organisation_id,
        country=held_by.country_id if held_by else "",
        region=held_by.region.code if held_by and held_by.region else "",
        topic=part.course.topic_id,
        is_anonymous=True,
        is_self_declared=policy_makers and not acts_for_authority(part),
    )


def late_ones(before) -> QuerySet[Participant]:
    """Who has not said the second time a week after the course, and was not reminded."""
    rows = Participant.objects.filter(course__state=Course.State.AFTER, course__event__ends__lt=before)
    return rows.filter(before_on__isnull=False, after_on=None, reminded=False)
