import unicodedata

import pytest
from hypothesis import given, strategies

from platform_core.ground.texts.analysis import variants
from platform_core.ground.texts.snippets import snippet


def cut(text: str, asked: str, code: str, width: int = 220) -> str:
    return snippet(text, set(variants(asked, code)), code, width)


@pytest.mark.parametrize(
    ("text", "asked", "code", "expected"),
    [
        ("The clusters grow.", "cluster", "en", "The <mark>clusters</mark> grow."),
        ("Νέα πολιτικής", "politiki", "el", "Νέα <mark>πολιτικής</mark>"),
        ("Нови умения", "umeniya", "bg", "Нови <mark>умения</mark>"),
        ("<b>R&D</b> cluster", "cluster", "en", "&lt;b&gt;R&amp;D&lt;/b&gt; <mark>cluster</mark>"),
        ("two\n\n lines  of cluster", "cluster", "en", "two lines of <mark>cluster</mark>"),
        ("nothing here", "cluster", "en", ""),
        ("", "cluster", "en", ""),
    ],
)
def test_snippet_marks_words_and_escapes_the_rest(text, asked, code, expected):
    assert cut(text, asked, code) == expected


def test_snippet_marks_every_hit_in_its_window():
    assert cut("cluster x clusters", "cluster", "en") == "<mark>cluster</mark> x <mark>clusters</mark>"


def test_snippet_of_long_text_is_cut_at_spaces():
    text = "before " * 100 + "cluster" + " after" * 100

    found = cut(text, "cluster", "en", width=60)

    assert found == "… before before <mark>cluster</mark> after after after after after …"


def test_decomposed_letters_are_marked_too():
    text = unicodedata.normalize("NFD", "Η Καινοτομία εδώ")

    assert cut(text, "kainotomia", "el") == "Η <mark>Καινοτομία</mark> εδώ"


@given(strategies.text(alphabet="clusterκά <>&\"'\n", max_size=400))
def test_snippet_adds_no_marks_of_its_own_but_mark(text):
    found = cut(text, "cluster", "en", width=50)

    bare = found.replace("<mark>", "").replace("</mark>", "")
    assert [letter for letter in bare if letter in "<>\"'"] == []
