import pytest
from hypothesis import given, strategies as st

from platform_core.ground.texts.comparison import Piece, pieces, side_by_side


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("one two three", "one 2 three", [("same", "one "), ("gone", "two "), ("new", "2 "), ("same", "three")]),
        ("same", "same", [("same", "same")]),
        ("", "new", [("new", "new")]),
        ("gone", "", [("gone", "gone")]),
        ("", "", []),
    ],
)
def test_what_is_gone_and_what_is_new(before, after, found):
    assert pieces(before, after) == [Piece(*piece) for piece in found]


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_is_lost(before, after):
    found = pieces(before, after)

    assert "".join(piece.text for piece in found if piece.kind != "new") == before
    assert "".join(piece.text for piece in found if piece.kind != "gone") == after


def columns(before: str, after: str) -> list[tuple[str, str, bool]]:
    rows = side_by_side(pieces(before, after))
    return [("".join(p.text for p in row.before), "".join(p.text for p in row.after), row.is_same) for row in rows]


def test_both_texts_stand_side_by_side_line_by_line():
    assert columns("One.\n\nTwo is here.\nThree.\n", "One.\n\nTwo was here.\nThree.\nFour.\n") == [
        ("One.\n", "One.\n", True),
        ("Two is here.\n", "Two was here.\n", False),
        ("Three.\n", "Three.\n", True),
        ("", "Four.\n", False),
    ]


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_nothing_is_lost_side_by_side(before, after):
    found = columns(before, after)

    assert "".join("".join(row[0] for row in found).split()) == "".join(before.split())
    assert "".join("".join(row[1] for row in found).split()) == "".join(after.split())
