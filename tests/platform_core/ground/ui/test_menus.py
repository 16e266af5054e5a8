import pytest

from platform_core.ground.registry.kinds import MenuEntry
from platform_core.ground.ui import menus

pytestmark = pytest.mark.urls("tests.platform_core.ground.ui.addresses")

ENTRIES = (
    MenuEntry(place="public", name="Topics", route="topics", order=1),
    MenuEntry(place="public", name="Finance", route="finance", order=2),
    MenuEntry(place="public", name="Not built yet", route="nowhere", order=3),
    MenuEntry(place="desk", name="Members", route="topics", order=1, right="members.admit"),
)


class Person:
    def __init__(self, *rights):
        self.rights = rights

    def has_perm(self, right):
        return right in self.rights


@pytest.fixture(autouse=True)
def declared_entries(monkeypatch):
    monkeypatch.setattr(menus, "declared", lambda kind: ENTRIES)
    menus.entries.cache_clear()
    yield
    menus.entries.cache_clear()


def test_entries_without_a_route_are_left_out():
    assert [(item.name, item.address) for item in menus.menu("public", "/")] == [
        ("Topics", "/en/topics/"),
        ("Finance", "/en/topics/finance/"),
    ]


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/en/topics/", ["page", ""]),
        ("/en/topics/skills/", ["true", ""]),
        ("/en/topics/finance/", ["", "page"]),
        ("/en/", ["", ""]),
    ],
)
def test_the_nearest_section_above_the_page_is_marked(path, marks):
    assert [item.current for item in menus.menu("public", path)] == marks


def test_entries_with_a_right_are_for_those_who_hold_it():
    assert menus.menu("desk", "/") == ()
    assert menus.menu("desk", "/", Person()) == ()
    assert [item.name for item in menus.menu("desk", "/", Person("members.admit"))] == ["Members"]
