import pytest

from tests.factories import studies as factory


@pytest.fixture
def told(people):
    return factory.version()


@pytest.fixture
def study(people, told):
    return factory.finished(factory.peer_study(people.wanda, told), people.wanda)


@pytest.fixture
def map_of(people, told):
    return factory.finished(factory.cluster_map(people.wanda, told, title={"en": "Sectors"}), people.wanda)
