"""What a new version changes, and what it breaks."""

from copy import deepcopy

import pytest

from consultations.changes import changes
from consultations.drafting import find_question
from tests.factories.consultations import STRUCTURE


def changed(deed) -> list[tuple[str, bool]]:
    new = deepcopy(STRUCTURE)
    deed(new)
    return [(change.code, change.breaks) for change in changes(STRUCTURE, new)]


def of(code, **values):
    return lambda structure: find_question(structure, code).update(values)


def option(place, code="new"):
    def deed(structure):
        find_question(structure, "sources")["options"].insert(place, {"code": code, "text": {"en": "New"}})

    return deed


def added(**more):
    question = {"code": "more", "type": "text", "text": {"en": "More?"}, **more}
    return lambda structure: structure["sections"][1]["questions"].append(question)


COMPATIBLE = {
    "wording": of("wish", text={"en": "Your wish"}),
    "translation": of("wish", text={"en": "One wish", "de": "Ein Wunsch"}),
    "a new optional question": added(),
    "a longer text": of("wish", max_length=500),
    "another display": of("audience", display="dropdown"),
    "asking for personal data": of("wish", identifies=True),
    "help": of("wish", help={"en": "Short, please"}),
}
BREAKING = {
    "another type": of("wish", type="text"),
    "required": of("wish", required=True),
    "not required": of("audience", required=False),
    "a condition": of("wish", show={"eq": ["audience", "policy"]}),
    "no condition": lambda structure: find_question(structure, "share").pop("show"),
    "required under a condition": of("wish", require={"eq": ["audience", "policy"]}),
    "other bounds": of("share", max=90),
    "fewer answers": of("sources", max=1),
}


@pytest.mark.parametrize("name", COMPATIBLE)
def test_compatible(name):
    assert [breaks for _code, breaks in changed(COMPATIBLE[name])] == [False]


@pytest.mark.parametrize("name", BREAKING)
def test_breaking(name):
    assert [breaks for _code, breaks in changed(BREAKING[name])] == [True]


def test_nothing_changed():
    assert changed(lambda structure: None) == []


def test_a_required_question_added():
    assert changed(added(required=True)) == [("more", True)]


def test_an_option_at_the_end_can_be_compared_and_one_between_cannot():
    assert changed(option(5)) == [("sources", False)]
    assert changed(option(1)) == [("sources", True)]


def test_an_option_taken_away():
    assert changed(lambda structure: find_question(structure, "sources")["options"].pop()) == [("sources", True)]


def test_a_question_taken_away():
    assert changed(lambda structure: structure["sections"][1]["questions"].pop()) == [("wish", True)]


def test_order_of_questions():
    assert changed(lambda structure: structure["sections"][1]["questions"].reverse()) == [("", False)]


def test_a_scale_must_stay_as_it_is():
    old = {"code": "l", "type": "likert", "text": {"en": "How?"}, "rows": [], "scale": steps("1", "2", "3")}

    def breaking(new) -> list[bool]:
        whole = [{"sections": [{"code": "s", "title": {}, "questions": [one]}]} for one in (old, new)]
        return [change.breaks for change in changes(*whole)]

    assert breaking({**old, "scale": steps("1", "2", "3", "4")}) == [True]
    assert breaking({**old, "scale": steps("3", "2", "1")}) == [True]
    assert breaking({**old, "dont_know": True}) == [True]


def steps(*codes) -> list[dict]:
    return [{"code": code, "text": {"en": code}} for code in codes]


def test_audiences_and_sections_kept_for_some():
    def deed(structure):
        structure["audiences"] = [{"code": "policy", "text": {"en": "Policy"}}]
        structure["sections"][1]["audiences"] = ["policy"]

    assert changed(deed) == [("policy", True), ("money", True)]


def test_what_breaks_comes_first():
    def deed(structure):
        find_question(structure, "audience")["text"] = {"en": "Who?"}
        find_question(structure, "wish")["required"] = True

    assert [breaks for _code, breaks in changed(deed)] == [True, False, False]


def moved(**condition):
    """The wish stands in the first section afterwards, which had the condition before as well."""

    def prepared(structure):
        structure["sections"][0] |= condition
        return structure

    old, new = prepared(deepcopy(STRUCTURE)), prepared(deepcopy(STRUCTURE))
    wish = find_question(new, "wish")
    new["sections"][1]["questions"].remove(wish)
    new["sections"][0]["questions"].append(wish)
    return [(change.code, change.breaks) for change in changes(old, new)]


def test_a_question_in_another_section_is_for_the_same_people():
    assert moved() == [("", False)]


@pytest.mark.parametrize("condition", [{"audiences": ["policy"]}, {"show": {"language": "el"}}])
def test_a_question_in_another_section_is_for_others(condition):
    assert moved(**condition) == [("wish", True), ("", False)]


def test_the_order_of_audiences_says_nothing():
    old, new = deepcopy(STRUCTURE), deepcopy(STRUCTURE)
    old["sections"][1]["audiences"], new["sections"][1]["audiences"] = ["policy", "private"], ["private", "policy"]

    assert changes(old, new) == []


def test_a_section_gone_leaves_its_questions_to_others():
    old = deepcopy(STRUCTURE)
    old["sections"][1]["audiences"] = ["policy"]
    new = deepcopy(old)
    new["sections"][0]["questions"] += new["sections"].pop()["questions"]

    assert {change.code for change in changes(old, new) if change.breaks} == {
        question["code"] for question in old["sections"][1]["questions"]
    }
