"""Invented questions to the helpdesk, labelled as demonstration data."""

import json
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.accounts.models import User
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.selectors import acts_for

from ..models import HelpdeskAsker, HelpdeskQuestion
from ..services import helpdesk as services

FILE = Path(__file__).parent / "helpdesk.json"
EXPERT, ASKER = "oncluster@example.org", "holzkreis@example.org"


def load() -> str:
    people = {person.email: person for person in User.objects.filter(email__in=(EXPERT, ASKER))}
    if HelpdeskQuestion.objects.exists() or len(people) < 2:
        return ""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    with transaction.atomic():
        for row in rows:
            keep(row, people[EXPERT]) if row["reply"] else ask(row, people[ASKER])
    return f"{len(rows)} questions to the helpdesk"


def keep(row: dict, expert: User) -> None:
    """One that was answered and published; who asked is long forgotten."""
    day = platform_day() - timedelta(days=row["days"])
    made = HelpdeskQuestion.objects.create(
        topic=Topic.objects.get(pk=row["topic"]),
        language="en",
        state=HelpdeskQuestion.State.PUBLISHED,
        agrees=True,
        asked_at=timezone.now() - timedelta(days=row["days"] + 20),
        expert=expert,
        answer=row["reply"],
        grounds="Invented for the demonstration.",
        answered_for=acts_for(expert.pk),
        closed_on=day,
        published_on=day,
        title={"en": row["title"]},
        situation={"en": row["situation"]},
        reply={"en": row["reply"]},
        is_demonstration=True,
    )
    services.share(made)
    note_translations(made)
    services.audit.record("pilots.question_published", made)


def ask(row: dict, person: User) -> HelpdeskAsker:
    made = services.ask(
        by=person,
        situation=row["situation"],
        wish=row["title"],
        topic=Topic.objects.get(pk=row["topic"]),
        language="en",
        agrees=True,
        is_demonstration=True,
    )
    return made.asker
