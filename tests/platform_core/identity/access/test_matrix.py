"""The page of rights says of every standing what the backend would answer."""

import pytest
from django.urls import reverse

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Right
from platform_core.identity.access import matrix
from tests.people import browser_of

pytestmark = pytest.mark.database

STANDING_OF = {"guest": "guest", "carl": "account", "petra": "partner", "ana": "associated", "marko": "full"}


@pytest.mark.parametrize("name", list(STANDING_OF))
def test_everyone_in_the_table_is_everyone_of_that_standing(people, name):
    person, standing = people.named(name), STANDING_OF[name]

    told = {right.code for right in declared(Right) if matrix.cell(right, standing).everyone}
    held = {right.code for right in declared(Right) if person.has_perm(right.code)}

    assert told == held


def test_nobody_below_a_full_member_decides_in_the_table():
    cells = [
        matrix.cell(right, standing)
        for right in declared(Right)
        if right.decides
        for standing in matrix.STANDINGS
        if standing != "full"
    ]

    assert set(cells) == {matrix.Cell()}


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (
            {"role": "wg_leader", "room": "repository"},
            [
                f"repository.{deed}"
                for deed in (
                    "ask_comments",
                    "ask_validation",
                    "ask_gap",
                    "hide_comment",
                    "edit_collection",
                    "publish_record",
                    "review_translation",
                    "revise_record",
                    "relate_record",
                    "answer_proposal",
                    "translate_record",
                )
            ],
        ),
        ({"standing": "guest", "room": "members"}, ["members.view_organisation"]),
        ({"room": "access", "deciding": True}, ["access.give_role"]),
        ({"role": "translator", "room": "members"}, []),
    ],
)
def test_the_table_can_be_narrowed(asked, codes):
    assert [line.right.code for line in matrix.lines(**asked)] == codes


def test_the_table_can_be_taken_along(people):
    response = browser_of(people.carl).get(reverse("access:rights"), {"room": "access", "deciding": "on", "csv": ""})
    rows = b"".join(response.streaming_content).decode().splitlines()

    assert rows == [
        "\ufeffright,Right,Part of the platform,Guest,Account,Partner,Associated,Full,Decides",
        "access.give_role,Give and end roles,Access,,,,,Lead partner,yes",
    ]
