import pytest

from platform_core.ground.texts.sorting import LAST, sort_key


@pytest.mark.parametrize(
    ("text", "expected"), [("Ágnes", "agnes"), ("Straße", "strasse"), ("Άννα", "αννα"), ("ČAČAK", "cacak"), ("", LAST)]
)
def test_sort_key_is_bare_and_lower(text, expected):
    assert sort_key(text) == expected


@pytest.mark.parametrize(
    "ordered",
    [
        ["Ágnes", "alma", "ősz vége", "Őszi"],
        ["Αυστρία", "Βουλγαρία", "Ελλάδα", "Ιταλία", "Ουγγαρία"],
        ["Австрия", "България", "Гърция", "Италия", "Унгария"],
        ["zeta", "Άλφα", "Азбука", ""],
    ],
)
def test_sort_key_orders_within_and_across_scripts(ordered):
    assert sorted(sorted(ordered), key=sort_key) == ordered
