"""Two changes of one text."""

import pytest
from hypothesis import given, strategies

from platform_core.ground.texts.merging import merge

BASE = "one\ntwo\nthree\nfour\nfive\n"
LINES = strategies.lists(strategies.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8).map("".join)


def merged(base: str, mine: str, theirs: str) -> tuple[str, int]:
    found = merge(base, mine, theirs, my_name="mine", their_name="theirs")
    return found.text, found.conflicts


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("ONE\ntwo\nthree\nfour\nfive\n", BASE, "ONE\ntwo\nthree\nfour\nfive\n"),
        (BASE, "one\nthree\nfour\nfive\n", "one\nthree\nfour\nfive\n"),
        ("ONE\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\nFIVE\n", "ONE\ntwo\nthree\nfour\nFIVE\n"),
        ("zero\none\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\nfive\nsix\n", f"zero\n{BASE}six\n"),
        ("one\ntwo\nTHREE\nfour\nfive\n", "one\ntwo\nTHREE\nfour\nfive\n", "one\ntwo\nTHREE\nfour\nfive\n"),
    ],
)
def test_what_does_not_touch_is_joined(mine, theirs, expected):
    assert merged(BASE, mine, theirs) == (expected, 0)


def test_what_both_changed_stands_between_marks():
    text, conflicts = merged(BASE, "one\n2\nthree\nfour\nfive\n", "one\nTWO\nthree\nfour\nfive\n")

    assert (text, conflicts) == (
        "one\n<<<<<<< mine\n2\n=======\nTWO\n>>>>>>> theirs\nthree\nfour\nfive\n",
        1,
    )


def test_a_last_line_without_an_end_keeps_the_marks_on_their_own_lines():
    assert merged("one", "1", "eins") == ("<<<<<<< mine\n1\n=======\neins\n>>>>>>> theirs\n", 1)


def test_long_texts_of_one_line_are_joined_without_trying_each_against_each():
    blank = "\n" * 20_000

    assert merged(f"a\n{blank}b\n", f"A\n{blank}b\n", f"a\n{blank}B\n")[1] <= 1


@given(LINES, LINES)
def test_one_sided_changes_win_and_the_same_change_twice_is_one(base, other):
    assert merged(base, other, base) == merged(base, base, other) == merged(base, other, other) == (other, 0)


@given(LINES, LINES, LINES)
def test_nobodys_lines_are_lost_in_a_conflict(base, mine, theirs):
    text, conflicts = merged(base, mine, theirs)

    new = {*mine.splitlines(), *theirs.splitlines()} - set(base.splitlines())
    assert conflicts >= 0
    assert new - set(text.splitlines()) == set()
