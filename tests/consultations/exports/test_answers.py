"""Answers as rows of plain values under one set of columns."""

from datetime import date

from consultations import services
from consultations.exports import Answers
from consultations.exports.columns import NOT_ANSWERED, NOT_SHOWN, UNKNOWN
from consultations.models import Consultation
from consultations.structure import questions

from .everything import AB, EVERYTHING, FULL, NAMES, answered, question, send

OF_RESPONSE = ["response.number", "response.version", "response.language", "response.audience", "response.channel"]


def names(answers: Answers) -> list[str]:
    return [column.name for column in answers.columns]


def row(answers: Answers, number: int = 0) -> dict:
    return dict(zip(names(answers), list(answers.rows())[number], strict=True))


def test_every_type_has_its_columns(people):
    assert names(Answers(answered())) == [*OF_RESPONSE, *NAMES]


def test_answers_spread_over_their_columns(people):
    found = row(Answers(answered(FULL)))

    assert found == {
        "response.number": 1,
        "response.version": 1,
        "response.language": "el",
        "response.audience": "policy",
        "response.channel": NOT_ANSWERED,
        **{name: FULL[name] for name in NAMES if name in FULL and name not in ("sources.other", "sources", "paper")},
        "sources": ("b", "other"),
        "sources.a": False,
        "sources.b": True,
        "sources.other": True,
        "sources.other.text": "=1+1",
        "grid.a": "yes",
        "grid.b": "no",
        "cells.a.yes": True,
        "cells.a.no": True,
        "cells.b.yes": NOT_ANSWERED,
        "cells.b.no": NOT_ANSWERED,
        "mood.a": UNKNOWN,
        "mood.b": "no",
        "order.a": NOT_ANSWERED,
        "order.b": 1,
        "parts.a": 100,
        "parts.b": 0,
        "paper": "plan.pdf",
    }


def test_why_there_is_no_answer(people):
    found = row(Answers(answered({"audience": "private"})))

    assert {name: found[name] for name in NAMES if found[name] is not NOT_ANSWERED} == {
        "audience": "private",
        "word": NOT_SHOWN,
    }


def test_the_day_stands_where_the_consultation_is_not_anonymous(people):
    named = answered(FULL, code="named", mode=Consultation.Mode.TOKEN)

    assert row(Answers(named))["response.day"] == date(2026, 11, 20)
    assert "response.day" not in names(Answers(answered(FULL)))


def test_rows_come_in_the_order_of_random_keys(people):
    found = answered()
    for pk, word in ((30, "c"), (10, "a"), (20, "b")):
        send(found, {"audience": "policy", "word": word}, pk=pk)
    answers = Answers(found)

    assert [(row(answers, n)["response.number"], row(answers, n)["word"]) for n in range(3)] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
    ]


def test_what_is_held_or_set_aside_is_not_written(people):
    found = answered(FULL)
    send(found, FULL, state="held")
    send(found, FULL, state="aside")

    assert len(list(Answers(found).rows())) == 1


def test_versions_share_columns_of_the_same_kind(people):
    """An option that was added, a question that was dropped and one that became another type."""
    found = answered()
    send(found, {"points": 3, "word": "first", "audience": "policy"}, pk=1)
    second = {"sections": [{**section, "questions": changed(section)} for section in EVERYTHING["sections"]]}
    services.add_version(found, second)
    found.versions.update(published_at=found.opens_at)
    send(found, {"points": "a", "sources": ["c"]}, pk=2)
    answers = Answers(found)
    before, after = row(answers, 0), row(answers, 1)

    assert [name for name in names(answers) if name not in [*OF_RESPONSE, *NAMES]] == ["sources.c", "points.v1"]
    assert (before["points"], before["points.v1"], before["word"], before["sources.c"]) == (
        NOT_SHOWN,
        3,
        "first",
        NOT_SHOWN,
    )
    assert (after["points"], after["points.v1"], after["word"], after["sources.c"]) == ("a", NOT_SHOWN, NOT_SHOWN, True)
    assert (before["response.version"], after["response.version"]) == (1, 2)


def changed(section: dict) -> list[dict]:
    kept = [asked for asked in section["questions"] if asked["code"] != "word"]
    new = {
        "points": question("points", "single", options=AB),
        "sources": {**next(q for q in questions(EVERYTHING) if q["code"] == "sources")},
    }
    new["sources"]["options"] = [*new["sources"]["options"], {"code": "c", "text": {"en": "C"}}]
    return [new.get(asked["code"], asked) for asked in kept]


def test_long_and_equal_names_become_short_and_different(people):
    long = "x" * 32
    rows = [{"code": long, "text": {"en": "R"}}, {"code": "A", "text": {"en": "A"}}, {"code": "a", "text": {"en": "a"}}]
    section = {"code": "s", "title": {"en": "S"}, "questions": [question(long, "matrix", rows=rows, columns=AB)]}
    found = answered(code="long")
    services.add_version(found, {"sections": [section]})
    found.versions.filter(number=1).delete()

    assert names(Answers(found))[5:] == [f"{long}.1", f"{long}.A", f"{long}.2"]
