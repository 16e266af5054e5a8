"""Invented courses with their self-assessments, labelled as demonstration data: one that counts for each aim, one open."""

from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.accounts.models import User
from platform_core.people.members.selectors import acting_for, acts_for
from platform_core.programme.events.models import CalendarEvent
from platform_core.programme.events.services import announce

from ..models import Course, Participant, Rating
from ..selectors import training as selectors
from ..services import training as services

SEED, LEADER = 61, "donaukreis@example.org"
COURSES = [
    (
        "demo-course-priorities",
        "Choosing priorities: what makes clusters competitive (demonstration)",
        "factors",
        -40,
        "closed",
        [
            "I can name what makes a cluster in my region competitive.",
            "I can tell a critical mass from a wish.",
            "I know how to argue for a priority that costs another one its money.",
        ],
    ),
    (
        "demo-course-staff",
        "Learning mechanisms, and running the platform (demonstration)",
        "staff",
        -70,
        "closed",
        [
            "I can tell from which evidence a learning mechanism came.",
            "I can run a consultation on the platform.",
        ],
    ),
    (
        "demo-course-reflecting",
        "Policy making that learns: a first round (demonstration)",
        "reflective",
        -55,
        "closed",
        [
            "I know what a policy round asks of me.",
            "I can answer a comment so that others learn from it.",
        ],
    ),
    (
        "demo-course-reflective",
        "Making policy by reflecting on it (demonstration)",
        "reflective",
        30,
        "open",
        [
            "I know the steps of a reflective round.",
            "I can write a question that others can answer honestly.",
        ],
    ),
]


def load() -> str:
    leader = User.objects.filter(email=LEADER).first()
    if Course.objects.exists() or leader is None:
        return ""
    with transaction.atomic():
        for row in COURSES:
            hold(leader, *row)
    return f"{len(COURSES)} courses"


def hold(leader: User, code: str, title: str, aim: str, days: int, state: str, statements: list[str]) -> None:
    topic = Topic.objects.get(pk=4)
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    event = CalendarEvent.objects.filter(code=code).first() or announce(
        code=code,
        title={"en": title},
        kind=CalendarEvent.Kind.WORKSHOP,
        starts=starts,
        ends=starts + timedelta(hours=6),
        time_zone="Europe/Vienna",
        mode=CalendarEvent.Mode.ONLINE,
        organisation=acts_for(leader.pk),
        topics=[topic.pk],
    )
    made = Course.objects.create(
        event=event, aim=aim, topic=topic, made_by=leader, organisation=acts_for(leader.pk), is_demonstration=True
    )
    services.write(made, statements, "en")
    made.state = Course.State(state)
    fill(made)
    if state == "closed":
        made.closed_on, made.figures = (starts + timedelta(days=14)).date(), selectors.figures(made)
    made.save()
    services.share(made)


def fill(course: Course) -> None:
    """Some of the people of the demonstration, with invented scores."""
    random = Random(SEED)  # noqa: S311 - invented figures
    people = list(User.objects.filter(is_active=True, email__endswith="@example.org").order_by("pk")[:9])
    held, day = acting_for([person.pk for person in people]), course.event.starts.date()
    for person in people:
        part = Participant.objects.create(
            course=course, person=person, organisation=held.get(person.pk), says_policy_maker=True, before_on=day
        )
        moments = (False, True) if course.state == Course.State.CLOSED else (False,)
        for is_after in moments:
            low, high = (3, 5) if is_after else (1, 4)
            Rating.objects.bulk_create(
                Rating(participant=part, statement=one, is_after=is_after, value=random.randint(low, high))
                for one in course.statements.all()
            )
            services.note_assessment(part, is_after)
