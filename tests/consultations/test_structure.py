import pytest

from consultations.conditions import StructureError, holds, leaves
from consultations.structure import canonical_hash, check, check_draft, faults, keys_of, visible_answers

ANSWERS = {"size": "small", "sources": ["fees", "eu"], "agreed": True}
OPTIONS = [{"code": code, "text": {"en": code}} for code in ("x", "yes")]


def question(code, **more):
    return {"code": code, "type": "single", "text": {"en": code}, "options": OPTIONS, **more}


def questionnaire(*questions, **more):
    return {"sections": [{"code": "first", "title": {"en": "First"}, "questions": list(questions), **more}]}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        ({}, True),
        ({"eq": ["size", "small"]}, True),
        ({"eq": ["size", "large"]}, False),
        ({"eq": ["agreed", True]}, True),
        ({"eq": ["unanswered", "small"]}, False),
        ({"in": ["sources", "eu"]}, True),
        ({"in": ["sources", "regional"]}, False),
        ({"in": ["unanswered", "eu"]}, False),
        ({"not": {"eq": ["size", "small"]}}, False),
        ({"not": {"in": ["unanswered", "eu"]}}, True),
        ({"all": [{"eq": ["size", "small"]}, {"in": ["sources", "fees"]}]}, True),
        ({"all": [{"eq": ["size", "small"]}, {"in": ["sources", "regional"]}]}, False),
        ({"all": []}, True),
        ({"any": [{"eq": ["size", "large"]}, {"in": ["sources", "fees"]}]}, True),
        ({"any": [{"eq": ["size", "large"]}, {"eq": ["unanswered", "x"]}]}, False),
        ({"any": []}, False),
        ({"not": {"any": [{"eq": ["size", "large"]}, {"all": [{"not": {"in": ["sources", "eu"]}}]}]}}, True),
    ],
)
def test_a_condition_holds(condition, expected):
    assert holds(condition, ANSWERS) is expected


def test_a_condition_with_an_unknown_operator_is_an_error():
    with pytest.raises(StructureError, match=r"^unknown operator xor$"):
        holds({"xor": ["size", 3]}, ANSWERS)


def test_a_condition_tells_all_it_asks():
    condition = {"any": [{"eq": ["a", 1]}, {"not": {"all": [{"in": ["b", "x"]}, {"eq": ["c", 2]}]}}]}

    assert list(leaves(condition)) == [("eq", "a", 1), ("in", "b", "x"), ("eq", "c", 2)]


def test_answers_to_hidden_questions_fall_away_in_a_cascade():
    structure = questionnaire(
        question("a"), question("b", show={"eq": ["a", "yes"]}), question("c", show={"eq": ["b", "yes"]})
    )

    shown, kept = visible_answers(structure, {"a": "no", "b": "yes", "c": "yes"})

    assert [asked["code"] for _section, here in shown for asked in here] == ["a"]
    assert kept == {"a": "no"}


def test_answers_come_back_when_the_first_condition_is_met_again():
    structure = questionnaire(
        question("a"), question("b", show={"eq": ["a", "yes"]}), question("c", show={"eq": ["b", "yes"]})
    )

    _shown, kept = visible_answers(structure, {"a": "yes", "b": "yes", "c": "yes"})

    assert kept == {"a": "yes", "b": "yes", "c": "yes"}


def test_a_hidden_section_hides_its_questions_and_those_that_depend_on_them():
    structure = questionnaire(question("a"))
    structure["sections"] += questionnaire(question("b"), code="second", show={"eq": ["a", "yes"]})["sections"]
    structure["sections"] += questionnaire(question("c", show={"eq": ["b", "yes"]}), code="third")["sections"]

    shown, kept = visible_answers(structure, {"a": "no", "b": "yes", "c": "yes"})

    assert [section["code"] for section, _here in shown] == ["first"]
    assert kept == {"a": "no"}


def test_answers_to_no_question_fall_away():
    _shown, kept = visible_answers(questionnaire(question("a")), {"a": "x", "strange": "y", "a.other": "z"})

    assert kept == {"a": "x"}


def test_a_question_with_other_speaks_for_two_keys():
    assert keys_of(question("a")) == ["a"]
    assert keys_of(question("a", other="other")) == ["a", "a.other"]


def test_a_sound_questionnaire_passes():
    assert check(questionnaire(question("a"), question("b", show={"eq": ["a", "yes"]}))) is None


@pytest.mark.parametrize(
    ("structure", "message"),
    [
        (questionnaire(question("a"), question("a")), "a: the code is used twice"),
        (questionnaire(question("a", type="oracle")), "a: unknown type oracle"),
        (
            questionnaire(question("a", show={"eq": ["b", "x"]}), question("b")),
            "a: the condition refers to b, which is not earlier",
        ),
        (
            questionnaire(question("a", show={"not": {"eq": ["a", "x"]}})),
            "a: the condition refers to a, which is not earlier",
        ),
        (
            questionnaire(question("a"), show={"eq": ["a", "x"]}),
            "first: the condition refers to a, which is not earlier",
        ),
        (
            questionnaire(question("a"), question("b", show={"gt": ["a", 1]})),
            "b: the condition asks “gt” of a, a question of type single",
        ),
        (
            questionnaire(question("a"), question("b", show={"any": [{"eq": ["a", "x"]}, {"xor": []}]})),
            "b: unknown operator xor",
        ),
        (
            questionnaire(question("a", type="multiple"), question("b", show={"eq": ["a", "x"]})),
            "b: the condition asks “eq” of a, a question of type multiple",
        ),
        (
            questionnaire(question("a"), question("b", show={"in": ["a", "x"]})),
            "b: the condition asks “in” of a, a question of type single",
        ),
        (
            questionnaire(question("a", type="consent"), question("b", show={"eq": ["a", True]})),
            "b: the condition asks “eq” of a, a question of type consent",
        ),
        (
            questionnaire(
                question("a", options=[{"code": "y"}, {"code": "z"}]), question("b", show={"eq": ["a", "x"]})
            ),
            "b: the condition asks for x, which is no answer to a",
        ),
    ],
)
def test_what_is_wrong_with_a_questionnaire_is_named(structure, message):
    with pytest.raises(StructureError) as told:
        check(structure)

    assert str(told.value) == message


def test_the_hash_does_not_depend_on_the_order_of_keys():
    one = {"sections": [{"code": "a", "title": {"en": "Money", "el": "Χρήματα"}}]}
    other = {"sections": [{"title": {"el": "Χρήματα", "en": "Money"}, "code": "a"}]}

    assert canonical_hash(one) == canonical_hash(other)


def test_the_hash_depends_on_the_order_of_questions_and_on_every_text():
    one = questionnaire(question("a"), question("b"))
    turned, reworded = (
        questionnaire(question("b"), question("a")),
        questionnaire(question("a"), question("b", hint="x")),
    )

    assert len({canonical_hash(structure) for structure in (one, turned, reworded)}) == 3


@pytest.mark.parametrize(
    ("code", "kind", "name"),
    [("country", "text", "Country"), ("audience", "multiple", "Single choice"), ("size", "number", "Single choice")],
)
def test_what_results_are_compared_by_has_to_be_of_its_type(code, kind, name):
    structure = questionnaire(question(code, type=kind))
    told = f"results are compared by {code}, so it has to be of the type “{name}”, or needs another code"

    assert list(faults(structure)) == [(code, told)]
    assert check_draft(structure) is None
    with pytest.raises(StructureError, match="^" + code):
        check(structure)
