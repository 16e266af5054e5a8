"""The shipped questionnaire with generated answers, closed and computed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import demonstration, services
from consultations.demonstration import reading
from consultations.models import Consultation, ResultSet
from tests.people import Cast
from tests.settling import settle

ANSWERS = 30


@pytest.fixture(scope="session")
def finance() -> dict:
    return reading.questionnaire("finance-2027")


@pytest.fixture
def answered(people: Cast, finance: dict) -> Consultation:
    """Open, with 30 generated answers."""
    now = timezone.now()
    found = services.draw_up(
        {"sections": finance["sections"]},
        code="finance",
        topic_id=4,
        title=finance["title"],
        summary=finance["summary"],
        languages=finance["languages"],
        opens_at=now - timedelta(days=20),
        closes_at=now + timedelta(days=20),
    )
    services.open_consultation(found)
    demonstration.add_answers(found.versions.get(), ANSWERS)
    return found


@pytest.fixture
def computed(answered: Consultation, people: Cast) -> ResultSet:
    """Closed and computed at wanda's wish."""
    closed = services.close(answered, by=people.wanda)
    services.compute(closed, by=people.wanda)
    settle()
    return closed.results.get()
