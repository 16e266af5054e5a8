import hashlib

import pytest
from django.utils.translation import override

from platform_core.ground.texts.text import Localised, Text

TEXTS = {"en": "money", "it": "denaro", "el": "χρήματα"}


@pytest.mark.parametrize(
    ("texts", "source", "wanted", "expected"),
    [
        (TEXTS, "en", "it", ("denaro", "it", False)),
        (TEXTS, "it", "hu", ("money", "en", True)),
        ({"it": "denaro", "el": "χρήματα"}, "el", "hu", ("χρήματα", "el", True)),
        ({"el": "χρήματα", "it": "denaro"}, "bg", "hu", ("denaro", "it", True)),
        ({"en": "", "bg": "пари"}, "en", "en", ("пари", "bg", True)),
        ({}, "en", "hu", ("", "hu", False)),
    ],
)
def test_text_falls_back_to_english_then_source_then_first(texts, source, wanted, expected):
    found = Text(texts, source).localise(wanted)

    assert (found.text, found.language, found.is_fallback) == expected


def test_text_reads_in_the_active_language():
    with override("el"):
        assert str(Text(TEXTS)) == "χρήματα"
        assert Text(TEXTS).localise() == Localised("χρήματα", "el", "el")


def test_serbian_is_stored_without_its_script():
    with override("sr-latn"):
        assert str(Text({"en": "money", "sr": "novac"})) == "novac"


def test_empty_and_unknown_languages_are_left_out():
    text = Text({"en": "money", "it": "", "fr": "argent", "bg": None})

    assert dict(text) == {"en": "money"}
    assert len(Text({"it": ""})) == 0
    assert not Text()


def test_languages_come_in_the_order_of_the_platform():
    text = Text({"sr": "novac", "el": "χρήματα", "en": "money", "it": "denaro"})

    assert list(text) == ["en", "it", "el", "sr"]


def test_source_travels_with_the_stored_form():
    text = Text({"el": "χρήματα", "_source": "el"})

    assert text.source == "el"
    assert text.stored() == {"el": "χρήματα", "_source": "el"}
    assert Text(text.stored()) == text


def test_english_source_needs_no_note():
    assert Text({"en": "money"}).stored() == {"en": "money"}


def test_texts_are_equal_when_words_and_source_are():
    assert Text({"en": "money"}) == Text({"en": "money", "it": ""})
    assert Text({"en": "money"}) != Text({"en": "money"}, source="it")
    assert hash(Text(TEXTS)) == hash(Text(dict(TEXTS)))
    assert Text({"en": "money"}) != {"en": "money"}


def test_source_hash_changes_with_the_source_alone():
    text = Text(TEXTS, source="el")

    assert text.source_hash == hashlib.sha256("χρήματα".encode()).hexdigest()[:32]
    assert text.with_text("it", "soldi").source_hash == text.source_hash
    assert text.with_text("el", "πόροι").source_hash != text.source_hash


def test_with_text_leaves_the_first_text_alone():
    first = Text({"en": "money"}, source="en")
    second = first.with_text("it", "denaro")

    assert dict(first) == {"en": "money"}
    assert dict(second) == {"en": "money", "it": "denaro"}
    assert dict(second.with_text("it", "")) == {"en": "money"}
