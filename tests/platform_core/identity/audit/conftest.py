import pytest

from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.audit import services
from platform_core.identity.audit.models import Event


@pytest.fixture
def write(db):
    """Begins an empty log; writes so many events on the six topics and gives them."""
    Event.objects.all().delete()

    def events(number: int) -> list[Event]:
        return [
            services.record("tests.done", Topic.objects.get(pk=1 + place % 6), place=place) for place in range(number)
        ]

    return events


@pytest.fixture
def sealed(write):
    """A log of five sealed events, with a note of its head outside the database."""
    write(5)
    services.seal_events()
    return list(Event.objects.order_by("sequence"))
