"""The texts of a questionnaire by key: found, read and put without touching anything else."""

import copy

import pytest
from hypothesis import given, strategies as st

from consultations.texts import places, put, read
from tests.factories.consultations import STRUCTURE

RICH = {
    "audiences": [{"code": "company", "title": {"en": "Companies"}}],
    "sections": [
        {
            "code": "one",
            "title": {"en": "First"},
            "text": {"en": "Read *this*"},
            "show": {"language": "de"},
            "questions": [
                {
                    "code": "agree",
                    "type": "likert",
                    "text": {"de": "Stimmen Sie zu?"},
                    "help": {"en": "Tick one"},
                    "rows": [{"code": "money", "text": {"en": "Money helps"}}],
                    "scale": [{"code": "no", "text": {"en": "No"}}, {"code": "yes", "text": {"en": "Yes"}}],
                },
                {"code": "stars", "type": "rating", "max": 5, "text": {"en": "Rate"}, "low": {"en": "bad"}, "high": {}},
                {
                    "code": "grid",
                    "type": "matrix",
                    "text": {"en": "Grid"},
                    "rows": [{"code": "a", "text": {"en": "A"}, "help": {"en": "about A"}}],
                    "columns": [{"code": "b", "text": {"en": "B"}}],
                },
            ],
        }
    ],
}


def test_every_text_has_a_key_in_the_order_in_which_it_is_read():
    assert [place.key for place in places(RICH)] == [
        "a.company.title",
        "s.one.title",
        "s.one.text",
        "q.agree.text",
        "q.agree.help",
        "q.agree.row.money",
        "q.agree.step.no",
        "q.agree.step.yes",
        "q.stars.text",
        "q.stars.low",
        "q.grid.text",
        "q.grid.row.a",
        "q.grid.row.a.help",
        "q.grid.column.b",
    ]


def test_the_source_is_english_or_else_the_first_language_there_is():
    sources = {place.key: place.source for place in places(RICH)}

    assert (sources["q.agree.text"], sources["q.agree.help"]) == ("de", "en")


def test_putting_a_text_changes_it_alone():
    made = put(STRUCTURE, "de", {"q.audience.option.policy": "Politik", "s.money.title": "Geld"})

    changed = {
        place.key for place, was in zip(places(made), places(STRUCTURE), strict=True) if place.texts != was.texts
    }
    assert changed == {"q.audience.option.policy", "s.money.title"}
    assert read(made, "q.audience.option.policy")["de"] == "Politik"


def test_the_structure_given_is_left_as_it_was():
    before = copy.deepcopy(RICH)

    put(RICH, "el", {"q.stars.low": "κακό"})

    assert before == RICH


def test_an_unknown_key_is_told():
    with pytest.raises(KeyError, match=r"q\.nobody\.text"):
        put(RICH, "de", {"q.nobody.text": "x"})
    with pytest.raises(KeyError, match=r"q\.nobody\.text"):
        read(RICH, "q.nobody.text")


@given(st.text(min_size=1), st.sampled_from([place.key for place in places(RICH)]))
def test_what_was_put_is_read(words, key):
    assert read(put(RICH, "hr", {key: words}), key)["hr"] == words
