import pytest

from platform_core.exchange.messaging import services
from platform_core.exchange.messaging.models import Conversation
from tests.platform_core.identity.conftest import committed_rows  # noqa: F401 - a fixture of this room too
from tests.settling import settle


@pytest.fixture
def talk(people) -> Conversation:
    """Ana wrote to Marko."""
    settle()
    return services.begin(by=people.ana, people=[people.marko], subject="Vouchers", text="Who **checks** them?")
