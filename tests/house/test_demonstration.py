import pytest

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import DemoAccount, Demonstration
from platform_core.identity.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_demonstration_loads_once_and_then_changes_nothing():
    first = [found.load() for found in declared(Demonstration)]
    second = [found.load() for found in declared(Demonstration)]

    people = {account.email for account in declared(DemoAccount)}
    assert any(first)
    assert set(second) == {""}
    assert people - set(User.objects.values_list("email", flat=True)) == set()
