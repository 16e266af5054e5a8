import pytest
from django.template import Context, Template
from django.utils.translation import override

from platform_core.ground.texts.templatetags.texts import shown_language


def drawn(template: str, value, language: str = "en") -> str:
    with override(language):
        return Template(template).render(Context({"value": value}))


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ({"en": "money", "el": "χρήματα"}, "el", "χρήματα"),
        ({"en": "money"}, "el", '<span lang="en">money</span>'),
        ({"sr": "novac"}, "en", '<span lang="sr-Latn">novac</span>'),
        ({"sr": "novac"}, "sr-latn", "novac"),
        ("R&D <b>", "en", "R&amp;D &lt;b&gt;"),
        ("R&D <b>", "it", '<span lang="en">R&amp;D &lt;b&gt;</span>'),
        ({}, "it", ""),
    ],
)
def test_text_is_escaped_and_marked_when_it_is_in_another_language(value, language, expected):
    assert drawn("{% text value %}", value, language) == expected


def test_prose_is_marked_when_it_is_in_another_language():
    assert drawn("{% prose value %}", {"bg": "**пари**"}, "bg") == "<p><strong>пари</strong></p>\n"
    assert drawn("{% prose value %}", {"bg": "пари"}, "en") == '<div lang="bg"><p>пари</p>\n</div>'


@pytest.mark.parametrize(
    ("value", "expected"), [({"en": "money", "it": "denaro"}, ""), ({"en": "money"}, "en"), ({}, "")]
)
def test_shown_language_names_only_another(value, expected):
    with override("it"):
        assert shown_language(value) == expected


def test_plain_text_is_still_escaped_where_it_is_printed():
    assert drawn("{{ value|plain_text }}", {"en": "a < b"}) == "a &lt; b"
