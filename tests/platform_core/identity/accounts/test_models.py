import pytest
from django.db import IntegrityError, transaction

from platform_core.identity.accounts import selectors
from platform_core.identity.accounts.models import Pseudonym, User
from platform_core.identity.audit.models import Event
from tests.people import add_person

pytestmark = pytest.mark.database


def test_an_address_has_one_account_however_it_is_written(db):
    add_person("iris")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="IRIS@Example.org", name="Another Iris")

    assert User.objects.get_by_natural_key("Iris@EXAMPLE.org").name == "Iris"


def test_a_pseudonym_is_made_once_and_tells_nothing(db):
    iris = add_person("iris")

    again = User.objects.get(pk=iris.pk).pseudonym

    assert (again, len(again), Pseudonym.objects.count()) == (iris.pseudonym, 32, 1)
    assert add_person("jan").pseudonym != again


def test_names_stand_behind_pseudonyms_as_long_as_the_account_is_there(db):
    iris, jan = add_person("iris"), add_person("jan")
    tokens = [iris.pseudonym, jan.pseudonym, "nobody's"]

    jan.delete()

    assert selectors.names_of(tokens) == {iris.pseudonym: "Iris"}
    assert Event.objects.filter(actor=tokens[1]).count() == 1


def test_an_inactive_person_is_nobody_to_be_told(db):
    iris = add_person("iris")
    User.objects.filter(pk=iris.pk).update(is_active=False)

    assert selectors.person(iris.pk) is None


@pytest.mark.parametrize(("name", "shown"), [("Iris", "Iris"), ("", "iris@example.org")])
def test_a_person_without_a_name_is_called_by_her_address(name, shown):
    assert str(User(email="iris@example.org", name=name)) == shown


def test_a_superuser_is_made_by_the_command_line_s_manager(db):
    admin = User.objects.create_superuser("root@EXAMPLE.org", "a-long-enough-password", name="Root")

    assert (admin.email, admin.is_staff, admin.is_superuser) == ("root@example.org", True, True)
    assert admin.check_password("a-long-enough-password")
