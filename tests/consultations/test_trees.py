"""Conditions put together piece by piece, and in words."""

import pytest

from consultations import trees
from consultations.structure import questions
from tests.factories.consultations import STRUCTURE

POLICY, AUSTRIA, FEES = {"eq": ["audience", "policy"]}, {"eq": ["country", "AT"]}, {"in": ["sources", "fees"]}
KNOWN = {question["code"]: question for question in questions(STRUCTURE)}


def test_conditions_are_added_one_by_one():
    one = trees.added(None, POLICY)
    two = trees.added(one, AUSTRIA)
    three = trees.added(two, FEES, is_new_group=True)

    assert one == {"all": [POLICY]}
    assert three == {"all": [POLICY, AUSTRIA, {"any": [FEES]}]}
    assert trees.added(three, POLICY, "2") == {"all": [POLICY, AUSTRIA, {"any": [FEES, POLICY]}]}


def test_a_single_condition_becomes_a_list():
    assert trees.added(POLICY, AUSTRIA) == {"all": [POLICY, AUSTRIA]}


def test_a_negated_whole_stays_one_part():
    assert trees.added({"not": POLICY}, AUSTRIA) == {"all": [{"not": POLICY}, AUSTRIA]}


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("0", {"all": [{"any": [AUSTRIA, FEES]}]}),
        ("1.0", {"all": [POLICY, {"any": [FEES]}]}),
        ("1", {"all": [POLICY]}),
    ],
)
def test_parts_are_removed(path, left):
    assert trees.removed({"all": [POLICY, {"any": [AUSTRIA, FEES]}]}, path) == left


def test_nothing_is_left_of_the_last_part():
    assert trees.removed({"all": [{"any": [POLICY]}]}, "0.0") is None


@pytest.mark.parametrize("path", ["5", "0.1", "0.0.0"])
def test_places_that_are_not_there(path):
    with pytest.raises(IndexError):
        trees.removed({"all": [POLICY]}, path)


def test_parts_are_turned_round_and_back():
    turned = trees.turned({"all": [POLICY]}, "0")

    assert turned == {"all": [{"not": POLICY}]}
    assert trees.turned(turned, "0") == {"all": [POLICY]}


def test_groups_are_joined_differently():
    tree = {"all": [POLICY, {"not": {"any": [AUSTRIA, FEES]}}]}

    assert trees.joined_by(tree, "1", "all") == {"all": [POLICY, {"not": {"all": [AUSTRIA, FEES]}}]}
    assert trees.joined_by(tree, "", "any") == {"any": [POLICY, {"not": {"any": [AUSTRIA, FEES]}}]}


def test_a_condition_in_words():
    tree = {"all": [POLICY, {"any": [FEES, {"ge": ["share", 50]}]}, {"not": {"answered": "wish"}}]}

    assert trees.in_words(tree, KNOWN, {}) == (
        "“Who are you?” is “Policy maker” and (“Which sources?” includes “fees” or “Public share” is at least 50)"
        " and not (“One wish” is answered)"
    )


def test_language_audience_and_rows_in_words():
    matrix = {"code": "m", "text": {"en": "How?"}, "rows": [{"code": "a", "text": {"en": "Here"}}]}
    tree = {"any": [{"language": "de"}, {"audience": "policy"}, {"eq": ["m.a", "dont_know"]}]}

    assert trees.in_words(tree, {"m": matrix}, {"policy": "Policy makers"}) == (
        "the language is Deutsch or the audience is “Policy makers” or “How?: Here” is “Don't know”"
    )
