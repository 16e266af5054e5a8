"""Changing a structure piece by piece."""

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError

from consultations import drafting
from consultations.structure import questions
from tests.factories.consultations import STRUCTURE


@pytest.fixture
def structure() -> dict:
    return deepcopy(STRUCTURE)


def codes(structure) -> list[str]:
    return [question["code"] for question in questions(structure)]


@pytest.mark.parametrize(
    ("text", "taken", "code"),
    [
        ("Who pays for your cluster?", [], "who_pays_for_your"),
        ("Ποιος πληρώνει;", [], "poios_plironei"),
        ("Какво мислите?", [], "kakvo_mislite"),
        ("3 wishes", [], "q_3_wishes"),
        ("???", [], "q"),
        ("", ["q"], "q_2"),
        ("Who pays", ["who_pays", "who_pays_2"], "who_pays_3"),
        ("x" * 90, [], "x" * 24),
    ],
)
def test_codes_are_made_from_texts_in_ascii(text, taken, code):
    assert drafting.suggest(text, taken) == code


def test_a_new_code_is_followed_by_conditions(structure):
    question = drafting.find_question(structure, "audience")

    changed = drafting.replace_part("audience", {**question, "code": "role"}, question, is_section=False)(structure)

    assert drafting.find_question(changed, "share")["show"] == {"eq": ["role", "policy"]}


def test_a_code_that_is_taken_is_refused(structure):
    question = drafting.find_question(structure, "wish")

    with pytest.raises(ValidationError):
        drafting.replace_part("wish", {**question, "code": "share"}, question, is_section=False)(structure)


def test_what_somebody_changed_meanwhile_is_not_overwritten(structure):
    seen = {**drafting.find_question(structure, "wish"), "text": {"en": "As it was"}}

    with pytest.raises(ValidationError):
        drafting.replace_part("wish", seen, seen, is_section=False)(structure)


def test_a_section_keeps_its_questions(structure):
    section = drafting.own(drafting.find_section(structure, "money"))

    changed = drafting.replace_part("money", {**section, "code": "funds"}, section, is_section=True)(structure)

    assert [part["code"] for part in changed["sections"]] == ["about", "funds"]
    assert codes(changed) == codes(STRUCTURE)


def test_deleting_what_others_depend_on_is_refused(structure):
    with pytest.raises(ValidationError, match="share"):
        drafting.delete_question("audience", with_conditions=False)(structure)


def test_conditions_go_with_the_question_when_that_is_asked_for(structure):
    changed = drafting.delete_question("audience", with_conditions=True)(structure)

    assert "show" not in drafting.find_question(changed, "share")
    assert codes(changed) == ["country", "sources", "share", "wish"]


def test_only_what_is_gone_falls_out_of_a_condition(structure):
    share = drafting.find_question(structure, "share")
    share["show"] = {"all": [{"eq": ["audience", "policy"]}, {"not": {"eq": ["country", "AT"]}}]}

    changed = drafting.delete_question("audience", with_conditions=True)(structure)

    assert drafting.find_question(changed, "share")["show"] == {"all": [{"not": {"eq": ["country", "AT"]}}]}


def test_a_section_goes_with_its_questions(structure):
    assert codes(drafting.delete_section("money", with_conditions=False)(structure)) == ["audience", "country"]


def test_a_copy_stands_behind_its_question(structure):
    assert codes(drafting.duplicate("sources", "sources_2")(structure)) == [
        "audience",
        "country",
        "sources",
        "sources_2",
        "share",
        "wish",
    ]


@pytest.mark.parametrize(
    ("code", "step", "order"),
    [
        ("country", -1, ["country", "audience", "sources", "share", "wish"]),
        ("country", 1, ["audience", "country", "sources", "share", "wish"]),
        ("sources", -1, ["audience", "country", "sources", "share", "wish"]),
        ("audience", -1, ["audience", "country", "sources", "share", "wish"]),
        ("wish", 1, ["audience", "country", "sources", "share", "wish"]),
        ("wish", -1, ["audience", "country", "sources", "wish", "share"]),
    ],
)
def test_steps(structure, code, step, order):
    assert codes(drafting.step_question(code, step)(structure)) == order


def test_a_step_over_the_edge_leads_into_the_next_section(structure):
    changed = drafting.step_question("country", 1)(structure)

    assert [len(section["questions"]) for section in changed["sections"]] == [1, 4]


def test_a_question_is_put_before_another(structure):
    assert codes(drafting.move_before("wish", "country")(structure)) == [
        "audience",
        "wish",
        "country",
        "sources",
        "share",
    ]


def test_there_are_at_most_so_many_questions(structure):
    structure["sections"][0]["questions"] += [{"code": f"q{n}", "type": "text", "text": {}} for n in range(295)]

    with pytest.raises(ValidationError, match="300"):
        drafting.add_question({"code": "more", "type": "text", "text": {}}, "about")(structure)


def test_an_audience_with_sections_of_its_own_is_not_taken_away(structure):
    structure["audiences"] = [{"code": "policy", "text": {"en": "Policy"}}]
    structure["sections"][1]["audiences"] = ["policy"]

    with pytest.raises(ValidationError):
        drafting.set_audiences([])(structure)


def test_lacking_translations_are_counted(structure):
    assert drafting.lacking(structure, "el") == [
        "country.text",
        "sources.text",
        "sources.options.fees",
        "sources.options.regional",
        "sources.options.eu",
        "sources.options.other",
        "sources.options.dont_know",
        "share.text",
        "share.unit",
        "wish.text",
    ]
