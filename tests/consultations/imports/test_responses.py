"""Answers come back from the files they were written to."""

import io

import pytest

from consultations.exports import FORMATS, Answers
from consultations.imports import UnreadableError
from consultations.imports.responses import Problem, Reading
from tests.consultations.exports.everything import FULL, answered, send

KEPT = {key: value for key, value in FULL.items() if key not in ("paper", "words", "region")}


def reading(consultation) -> Reading:
    return Reading(consultation.versions.get())


@pytest.mark.parametrize(("language", "labels"), [("en", False), ("en", True), ("el", True)])
def test_an_exported_table_can_be_read(people, language, labels):
    consultation = answered(KEPT, {"audience": "private"})
    made = io.BytesIO()
    FORMATS["csv"].write(Answers(consultation, language, labels=labels), made)

    table = reading(consultation).read(made.getvalue())

    assert table.problems == []
    assert sorted((row.answers for row in table.rows), key=len) == [
        {"audience": "private"},
        {key: value for key, value in KEPT.items() if key != "mood"} | {"mood": KEPT["mood"]},
    ]
    assert {row.language for row in table.rows} == {"el"}


def test_what_does_not_fit_is_told_by_line_and_column(people):
    lines = [
        "audience,country,points,order.a,order.b,day,word,strange,grid.a",
        "policy,XX,9,1,1,soon,fine,x,maybe",
        "private,AT,,,,,secret,,",
        ",,,,,,,,",
    ]
    table = reading(answered()).read("\n".join(lines).encode())

    assert [(problem.line, problem.column) for problem in table.problems] == [
        *((1, "strange"), (2, "country"), (2, "grid.a"), (2, "points"), (2, "order"), (2, "day"), (3, "word")),
    ]
    assert table.problems[0] == Problem(1, "strange", "There is no such column.")
    assert len(table.rows) == 2


@pytest.mark.parametrize("content", ["", "audience", "audience\n,\n", "audience\n" + "policy\n" * 5001])
def test_what_holds_no_answers_or_too_many_is_refused(people, content):
    with pytest.raises(UnreadableError):
        reading(answered()).read(content.encode())


def test_the_wish_for_publication_comes_back(people):
    found = answered(asks_publication=True)
    for publication, name in (("never", ""), ("named", "Holzkreis"), ("anonymous", "")):
        send(found, {"audience": "policy"}, publication=publication, name=name)
    made = io.BytesIO()
    FORMATS["csv"].write(Answers(found, "en"), made)

    table = reading(found).read(made.getvalue())

    assert (table.problems, "response.publication" in table.columns) == ([], True)
    assert sorted((row.publication, row.name) for row in table.rows) == [
        ("anonymous", ""),
        ("named", "Holzkreis"),
        ("never", ""),
    ]
