"""New types of questions: read, checked, said. The older ones are in test_answering."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from consultations.answering import answer_words, problems, read
from consultations.questions import TYPES

pytestmark = pytest.mark.django_db
ITEMS = [{"code": code, "text": {"en": code.title()}} for code in ("one", "two", "three")]
MATRIX = {"code": "q", "type": "matrix", "rows": ITEMS, "columns": ITEMS}
MATRIX_MANY = {"code": "q", "type": "matrix_multiple", "rows": ITEMS, "columns": ITEMS}
RATING = {"code": "q", "type": "rating", "max": 5}
SLIDER = {"code": "q", "type": "slider", "min": 10, "max": 20, "step": 2.5, "unit": {"en": "%"}}
WHOLE = {"code": "q", "type": "number", "whole": True}
BUDGET = {"code": "q", "type": "budget", "options": ITEMS}
DAY = {"code": "q", "type": "date", "min": "2026-01-01", "max": "2026-12-31"}
EMAIL = {"code": "q", "type": "email"}
URL = {"code": "q", "type": "url"}
REGION = {"code": "q", "type": "region", "level": 2}
SEARCH = {"code": "q", "type": "single", "display": "search", "options": ITEMS}
INFO = {"code": "q", "type": "info", "required": True}

NAME = {"code": "q", "type": "text", "identifies": True}

POINTS = ["Please choose one of the points."]
ROWS = ["Please choose one of the answers in every row."]
STEPS = ["Please write a number in steps of 2.5."]
SHARES = ["Together the shares make 90; please change them so that they make 100."]
NEAR = "Please choose one region. Did you mean: Burgenland (AT11); Niederösterreich (AT12); Wien (AT13)?"
LIST = "Please choose a region from the list."
ADDRESS = ["Please write an e-mail address, such as name@example.org."]
WEB = ["Please write the address of a web page, such as https://example.org."]


def typed(**fields):
    """Form data; a key `q_x` stands for the field `q.x`."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("_", "."), value if isinstance(value, list) else [value])
    return data


@pytest.mark.parametrize(
    ("question", "fields", "value", "wrong"),
    [
        (MATRIX, {"q_one": "two", "q_three": "one"}, {"one": "two", "three": "one"}, []),
        (MATRIX, {"q_one": "gold"}, {"one": "gold"}, ROWS),
        (MATRIX | {"required": True}, {"q_one": "two"}, {"one": "two"}, ["2 rows have no answer yet."]),
        (MATRIX_MANY, {"q_one": ["three", "two"], "q_two": []}, {"one": ["two", "three"]}, []),
        (MATRIX_MANY, {"q_one": ["gold"]}, None, []),
        (RATING, {"q": "5"}, 5, []),
        (RATING, {"q": "6"}, 6, POINTS),
        (RATING, {"q": "0"}, 0, POINTS),
        (RATING, {"q": "-1"}, "-1", POINTS),
        (RATING, {"q": "٣"}, 3, []),
        (SLIDER, {"q": "12,5"}, 12.5, []),
        (SLIDER, {"q": "13"}, 13.0, STEPS),
        (SLIDER, {"q": "22.5"}, 22.5, ["Please write a number from 10 to 20."]),
        (WHOLE, {"q": "7.5"}, 7.5, ["Please write a whole number."]),
        (BUDGET, {"q_one": "60", "q_two": "40"}, {"one": 60, "two": 40}, []),
        (BUDGET, {"q_one": "60", "q_two": "30"}, {"one": 60, "two": 30}, SHARES),
        (BUDGET, {"q_one": "a half"}, {"one": "a half"}, ["Please write whole numbers only."]),
        (DAY, {"q": "2026-11-22"}, "2026-11-22", []),
        (DAY, {"q": "22.11.2026"}, "2026-11-22", []),
        (DAY, {"q": "31.2.2026"}, "31.2.2026", ["Please write a day, such as 31.12.2026."]),
        (DAY, {"q": "2025-12-31"}, "2025-12-31", ["Please choose a day from 1 January 2026 on."]),
        (DAY, {"q": "2027-01-01"}, "2027-01-01", ["Please choose a day up to 31 December 2026."]),
        (EMAIL, {"q": "a@example.org"}, "a@example.org", []),
        (EMAIL, {"q": "example.org"}, "example.org", ADDRESS),
        (URL, {"q": "example.org/x"}, "https://example.org/x", []),
        (URL, {"q": "javascript:alert(1)"}, "https://javascript:alert(1)", WEB),
        (URL, {"q": "ftp://example.org"}, "ftp://example.org", WEB),
        (SEARCH, {"q": "TWO"}, "two", []),
        (SEARCH, {"q": "gold"}, "gold", ["Please choose one of the answers."]),
        (INFO, {"q": "anything"}, None, []),
        (NAME, {"q": "Ana"}, "Ana", []),
        (NAME, {"q": "[deleted]"}, None, []),
    ],
)
def test_read_and_checked(question, fields, value, wrong):
    answers = read(question, typed(**fields))

    assert (answers.get("q"), problems(question, answers)) == (value, wrong)


@pytest.mark.parametrize("written", ["AT13", "at13", "Wien", "wien", "Wien (AT13)"])
def test_a_region_is_found_by_name_and_code(written):
    assert read(REGION, typed(q=written)) == {"q": "AT13"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Mordor", LIST),
        ("AT1", "Please choose one region. Did you mean: Burgenland (AT11); Niederösterreich (AT12); Wien (AT13)?"),
    ],
)
def test_what_is_no_region_is_told(written, told):
    assert problems(REGION, read(REGION, typed(q=written))) == [told]


def test_half_a_name_of_a_region_brings_those_that_have_it():
    (told,) = problems(REGION, {"q": "österreich"})

    assert told == ("Please choose one region. Did you mean: Niederösterreich (AT12); Oberösterreich (AT31)?")


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (MATRIX, {"one": "two", "gone": "one"}, "One: Two"),
        (MATRIX_MANY, {"one": ["two", "three"]}, "One: Two, Three"),
        (RATING, 3, "3 of 5"),
        (SLIDER, 12.5, "12.5 %"),
        (BUDGET, {"one": 60, "two": 40}, "One: 60\nTwo: 40"),
        (DAY, "2026-11-22", "22 November 2026"),
        ({"code": "q", "type": "file"}, {"name": "a.pdf", "size": 2048, "sha256": "0"}, "a.pdf (2.0\xa0KB)"),
    ],
)
def test_in_words(question, value, words):
    assert answer_words(question, {"q": value}) == words


def test_a_region_in_words_is_in_the_readers_language():
    with override("el"):
        assert answer_words(REGION, {"q": "EL30"}) == "Αττική (EL30)"


@pytest.mark.parametrize(
    ("kind", "more", "fault"),
    [
        ("rating", {"max": 2}, "a rating has 3 to 10 points"),
        ("slider", {"min": 1}, "a slider needs a least and a greatest value"),
        ("slider", {"min": 3, "max": 1}, "the least value is above the greatest"),
        ("text", {"identifies": True, "personal": True}, "it cannot ask for personal data and for none"),
        ("date", {"min": "tomorrow"}, "tomorrow is not a day"),
        ("region", {"level": 5}, "regions have the levels 1 to 3"),
        ("file", {"max_mb": 500}, "a file may have 1 to 10 MB"),
        ("file", {"accept": ["exe"]}, "files of the kind exe are not taken"),
        ("single", {"options": ITEMS, "display": "wheel"}, "there is no display “wheel”"),
        ("multiple", {"options": ITEMS, "exclusive": "gold"}, "the exclusive answer gold is not among the answers"),
        ("multiple", {"options": ITEMS, "min": 4}, "more answers are needed than there are"),
        ("ranking", {"options": ITEMS, "top": 4}, "more ranks are asked for than there are options"),
    ],
)
def test_what_is_wrong_with_a_definition(kind, more, fault):
    assert TYPES[kind].define({"code": "q", "type": kind, **more}) == [fault]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ({"type": "number"}, []),
        ({"type": "number", "max": 9}, ["Please write a number of at most 9."]),
        (
            {"type": "number", "min": 0, "max": 9, "whole": True},
            ["Please write a whole number.", "Please write a number from 0 to 9."],
        ),
        ({"type": "multiple", "min": 2, "max": 3}, ["Please choose at least 2 answers.", "At most 3 answers."]),
        ({"type": "multiple", "min": 1}, []),
        ({"type": "date", "min": "2026-01-31"}, ["Please choose a day from 31 January 2026 on."]),
        ({"type": "date", "max": "2026-12-31"}, ["Please choose a day up to 31 December 2026."]),
        ({"type": "single"}, []),
    ],
)
def test_limits_are_told_before_anybody_answers(question, told):
    assert TYPES[question["type"]].limits(question) == told
