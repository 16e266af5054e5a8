"""What a translation must keep of its source, and what a reviewer is pointed to."""

import pytest

from platform_core.ground.registry.kinds import SourceText
from platform_core.materials.languages import checks


def source(words: str, **fields) -> SourceText:
    return SourceText(key="text", texts={"en": words}, **fields)


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        ("Hello %(name)s", "Hallo %(name)s", []),
        ("Hello %(name)s", "Hallo", ["Lacking from the source: %(name)s"]),
        ("Hello {name}", "Hallo {nom}", ["Lacking from the source: {name}", "Not in the source: {nom}"]),
        ("%s of %s", "%s", ["Lacking from the source: %s"]),
        ("Give 50% more", "50 % mehr", []),
        ("{{ total }} and ${sum}", "${sum}, {{ total }}", []),
        ("A sum", "Eine {Summe}", ["Not in the source: {Summe}"]),
    ],
)
def test_placeholders_are_kept(words, text, told):
    assert checks.faults(source(words), text) == told


def test_a_text_is_no_longer_than_allowed():
    limited = source("Short", max_length=5)

    assert checks.faults(limited, "fünfe") == []
    assert checks.faults(limited, "sechse") == ["This has 6 characters; at most 5 are allowed."]


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        ("In 2024 it cost 1,250.50 euros", "2024 kostete es 1.250,50 Euro", []),
        ("At most 3", "Höchstens 5", ["The numbers differ: 3"]),
        ("It was 9.8 of 12", "Es waren 99 von 12", ["The numbers differ: 9.8"]),
        ("Some", "Etwa 12", ["The numbers differ: 12"]),
        ("See https://example.org/a.", "Siehe https://example.org/a", []),
        ("See https://example.org/a", "Siehe dort", ["An address is lacking: https://example.org/a"]),
        ("Cluster", "Cluster", ["It reads like its source."]),
        ("42", "42", []),
        ("Cluster", "", []),
    ],
)
def test_reviewers_are_pointed_to_what_differs(words, text, told):
    assert checks.hints(source(words), text) == told


def test_what_is_the_same_on_purpose_is_no_matter():
    assert checks.hints(source("Horizon Europe"), "Horizon Europe", is_same=True) == []


def test_marks_of_html_are_compared_where_there_are_any():
    assert checks.hints(source("<b>Now</b>", form="html"), "Jetzt") == ["The marks of HTML differ."]
    assert checks.hints(source("a < b", form="plain"), "a > b, b < c") == []
