import pytest

from platform_core.identity.access import services as access
from repository import services
from tests.factories.repository import record

pytestmark = [pytest.mark.django_db, pytest.mark.database]

EVERYBODY = {"lena", "wanda", "marko", "ana", "petra", "carl", "guest"}


def in_state(people, state: str, topics=(4,)):
    """A record that marko deposited."""
    made = record(publish=state != "draft", by=None, topics=list(topics))
    made.deposited_by = people.marko
    made.save()
    services.show(made)
    if state != "draft":
        services.publish(made)
    return (
        services.withdraw(made, by=people.lena, why="x") if state == "withdrawn" else type(made).objects.get(pk=made.pk)
    )


def who_may(people, right: str, thing=None) -> set[str]:
    return {name for name, person in people.each() if person.has_perm(f"repository.{right}", thing)}


def test_members_and_editors_deposit(people):
    assert who_may(people, "deposit_record") == {"lena", "wanda", "marko", "ana"}

    access.give_role(people.carl, "editor")
    del people.carl._audience_keys

    assert who_may(people, "deposit_record") == {"lena", "wanda", "marko", "ana", "carl"}


@pytest.mark.parametrize(
    ("right", "state", "expected"),
    [
        ("view_record", "draft", {"lena", "wanda", "marko"}),
        ("view_record", "published", EVERYBODY),
        ("view_record", "withdrawn", {"lena", "wanda", "marko"}),
        ("change_draft", "draft", {"lena", "marko"}),
        ("change_draft", "published", set()),
        ("change_draft", "withdrawn", set()),
        ("publish_record", "draft", {"lena", "wanda"}),
        ("publish_record", "published", set()),
        ("publish_record", "withdrawn", {"lena", "wanda"}),
        ("withdraw_record", "draft", set()),
        ("withdraw_record", "published", {"lena"}),
        ("withdraw_record", "withdrawn", set()),
    ],
)
def test_who_may_do_what_in_which_state(people, right, state, expected):
    assert who_may(people, right, in_state(people, state)) == expected


@pytest.mark.parametrize(
    ("topics", "expected"), [([4], {"lena", "wanda"}), ([4, 6], {"lena", "wanda"}), ([1], {"lena"}), ([], {"lena"})]
)
def test_leaders_see_and_publish_in_their_own_group(people, topics, expected):
    draft = in_state(people, "draft", topics)

    assert who_may(people, "publish_record", draft) == expected
    assert who_may(people, "view_record", draft) == {*expected, "marko"}


@pytest.mark.parametrize(
    ("right", "state", "expected"),
    [
        ("change_draft", "draft", {"lena", "marko", "ana", "petra", "wanda"}),
        ("publish_record", "draft", {"lena", "marko", "wanda"}),
        ("withdraw_record", "published", {"lena", "marko", "wanda"}),
    ],
)
def test_editors_decide_only_for_full_members(people, right, state, expected):
    for person in (people.marko, people.ana, people.petra, people.wanda):
        access.give_role(person, "editor")
        vars(person).pop("_audience_keys", None)

    assert who_may(people, right, in_state(people, state)) == expected


def test_one_person_may_be_given_one_draft(people):
    mine, other = in_state(people, "draft"), in_state(people, "draft", [1])

    access.grant(people.ana, "repository.change_draft", mine, by=people.lena)

    assert who_may(people, "change_draft", mine) == {"lena", "marko", "ana"}
    assert who_may(people, "change_draft", other) == {"lena", "marko"}
