import pytest

from consultations.reachability import unreachable

YES_NO = [{"code": code, "text": {"en": code}} for code in ("yes", "no")]


def asked(code, kind="single", **more):
    return {"code": code, "type": kind, "text": {"en": code}, "options": YES_NO, **more}


def structure(*questions, **more):
    return {"sections": [{"code": "first", "title": {"en": "First"}, "questions": list(questions)}], **more}


BOTH = {"all": [{"eq": ["a", "yes"]}, {"eq": ["a", "no"]}]}


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        ([asked("a"), asked("b", show={"eq": ["a", "yes"]})], []),
        ([asked("a"), asked("b", show=BOTH)], ["b"]),
        ([asked("a"), asked("b", show=BOTH), asked("c", show={"answered": "b"})], ["b", "c"]),
        ([asked("a", "multiple"), asked("b", show={"all": [{"in": ["a", "yes"]}, {"in": ["a", "no"]}]})], []),
        ([asked("n", "number"), asked("b", show={"all": [{"gt": ["n", 3]}, {"lt": ["n", 4]}]})], []),
        ([asked("n", "number"), asked("b", show={"all": [{"gt": ["n", 4]}, {"lt": ["n", 3]}]})], ["b"]),
        ([asked("a"), asked("b", show={"all": [{"not": {"answered": "a"}}, {"eq": ["a", "no"]}]})], ["b"]),
        ([asked("b", show={"any": []})], ["b"]),
        ([asked("b", show={"all": [{"language": "el"}, {"language": "bg"}]})], ["b"]),
        ([asked("b", show={"language": "el"})], []),
    ],
)
def test_questions_nobody_can_reach(questions, found):
    assert unreachable(structure(*questions)) == found


def test_two_audiences_at_once_reach_nothing():
    found = structure(
        asked("b", show={"all": [{"audience": "policy"}, {"audience": "private"}]}),
        audiences=[{"code": code, "text": {"en": code}} for code in ("policy", "private")],
    )

    assert unreachable(found) == ["b"]


def test_too_many_combinations_tell_nothing():
    many = [asked(f"q{n}") for n in range(20)]
    last = asked("last", show={"all": [{"eq": [question["code"], "yes"]} for question in many]})

    assert unreachable(structure(*many, last)) == []
