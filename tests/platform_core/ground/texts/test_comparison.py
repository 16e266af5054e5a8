import pytest
from hypothesis import given, strategies as st

from platform_core.ground.texts.comparison import Piece, pieces


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
