"""Courses and their self-assessments."""

from datetime import timedelta

from django.utils import timezone

from pilots.models import Course, Participant
from pilots.services import training
from platform_core.ground.vocabulary.models import Topic
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation
from platform_core.programme.events.models import CalendarEvent
from tests.factories.events import event
from tests.people import add_person
from tests.settling import settle

STATEMENTS = ["I know my cluster.", "I know my priorities."]


def course(
    by, title: str = "Priorities", *, aim: str = "factors", topic: int | None = 4, days: int = 30, **fields
) -> Course:
    found = event(title, days=days, **fields)
    chosen = Topic.objects.get(pk=topic) if topic else None
    return training.prepare(found, by=by, aim=aim, topic=chosen, statements=STATEMENTS, language="en")


def opened(by, title: str = "Priorities", **fields) -> Course:
    return training.go_on(course(by, title, **fields), "open", by=by)


def taught(found: Course, by) -> Course:
    """Its event has begun, and the second self-assessment is asked for."""
    starts = timezone.now() - timedelta(hours=1)
    CalendarEvent.objects.filter(pk=found.event_id).update(starts=starts, ends=starts + timedelta(hours=2))
    made = training.go_on(Course.objects.get(pk=found.pk), "after", by=by)
    settle()
    return made


def said(part: Participant, *values: int) -> Participant:
    places = part.course.statements.values_list("pk", flat=True)
    return training.assess(part, dict(zip(places, values, strict=True)), by=part.person)


def joined(found: Course, *people, before: int = 2) -> list[Participant]:
    return [said(training.join(found, by=person, says_policy_maker=False), before, before) for person in people]


def crowd(number: int) -> list:
    """So many people who act for one authority."""
    held = Organisation.objects.get(code="org-lena")
    people = [add_person(f"person{place}") for place in range(number)]
    for person in people:
        members.affiliate(person, held)
    return people
