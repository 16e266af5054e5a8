import pytest
from django.http import QueryDict
from django.utils.translation import override

from consultations.answering import problems, read

pytestmark = pytest.mark.django_db
LONG = 100_000
OPTIONS = [{"code": code, "text": {"en": code.title()}} for code in ("fees", "eu", "bank", "other", "none")]
STEPS = [{"code": code, "text": {"en": code}} for code in ("low", "high")]
ROWS = [{"code": code, "text": {"en": code}} for code in ("rules", "time")]

SINGLE = {"code": "q", "type": "single", "options": OPTIONS, "other": "other"}
COUNTRY = {"code": "q", "type": "country"}
MULTIPLE = {"code": "q", "type": "multiple", "options": OPTIONS, "min": 2, "max": 3, "exclusive": "none"}
LIKERT = {"code": "q", "type": "likert", "rows": ROWS, "scale": STEPS, "dont_know": True}
RANKING = {"code": "q", "type": "ranking", "options": OPTIONS, "top": 3}
NUMBER = {"code": "q", "type": "number", "min": 0, "max": 100}
AT_LEAST = {"code": "q", "type": "number", "min": 3}
AT_MOST = {"code": "q", "type": "number", "max": 3}
TEXT = {"code": "q", "type": "text", "max_length": 10}
LONG_TEXT = {"code": "q", "type": "long_text"}
CONSENT = {"code": "q", "type": "consent"}

CHOOSE = ["Please choose one of the answers."]
WRITE = ["Please write a number, such as 12 or 7.5."]
WITHIN = ["Please write a number from 0 to 100."]
ROW = ["Please choose one of the answers in every row."]
RANK = ["Please give each rank once, beginning with 1, up to 3."]


def typed(**fields):
    """Form data; a key `q_x` stands for the field `q.x`."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("_", "."), value if isinstance(value, list) else [value])
    return data


def asked(question, fields):
    """What is read from these fields, and what is wrong with it."""
    answers = read(question, typed(**fields))
    return answers.get("q"), problems(question, answers)


@pytest.mark.parametrize(
    ("question", "fields", "value", "wrong"),
    [
        (SINGLE, {"q": "fees"}, "fees", []),
        (SINGLE, {"q": " fees "}, "fees", []),
        (SINGLE, {"q": "gold"}, "gold", CHOOSE),
        (SINGLE, {"q": ["fees", "eu"]}, "eu", []),
        (SINGLE, {"q": "f" * LONG}, "f" * LONG, CHOOSE),
        (SINGLE, {"q": "['fees']"}, "['fees']", CHOOSE),
        (COUNTRY, {"q": "AT"}, "AT", []),
        (COUNTRY, {"q": "other"}, "other", []),
        (COUNTRY, {"q": "at"}, "at", ["Please choose a country from the list."]),
        (COUNTRY, {"q": "XX"}, "XX", ["Please choose a country from the list."]),
        (CONSENT, {"q": "1"}, True, []),
        (CONSENT, {"q": ""}, None, []),
        (CONSENT, {}, None, []),
    ],
)
def test_one_answer(question, fields, value, wrong):
    assert asked(question, fields) == (value, wrong)


@pytest.mark.parametrize(
    ("fields", "value", "wrong"),
    [
        ({"q": ["eu", "fees"]}, ["fees", "eu"], []),
        ({"q": ["fees", "fees", "eu"]}, ["fees", "eu"], []),
        ({"q": ["gold", "fees", "eu"]}, ["fees", "eu"], []),
        ({"q": ["gold"]}, None, []),
        ({"q": "none"}, ["none"], []),
        ({"q": "fees"}, ["fees"], ["Please choose at least 2 answers."]),
        ({"q": ["fees", "eu", "bank", "other"]}, ["fees", "eu", "bank", "other"], ["Please choose at most 3 answers."]),
        (
            {"q": ["fees", "none"]},
            ["fees", "none"],
            ["“None” cannot be chosen together with other answers."],
        ),
        ({"q": ["x" * LONG, "eu", "bank"]}, ["eu", "bank"], []),
    ],
)
def test_several_answers(fields, value, wrong):
    assert asked(MULTIPLE, fields) == (value, wrong)


@pytest.mark.parametrize(
    ("question", "fields", "value", "wrong"),
    [
        (LIKERT, {"q_rules": "low", "q_time": "dont_know"}, {"rules": "low", "time": "dont_know"}, []),
        (LIKERT, {"q_rules": "low"}, {"rules": "low"}, []),
        (LIKERT, {"q_rules": "low", "q_money": "high"}, {"rules": "low"}, []),
        (LIKERT, {"q": "low"}, None, []),
        (LIKERT, {"q_rules": "very", "q_time": "low"}, {"rules": "very", "time": "low"}, ROW),
        (LIKERT | {"dont_know": False}, {"q_rules": "dont_know"}, {"rules": "dont_know"}, ROW),
        (LIKERT | {"required": True}, {"q_rules": "low"}, {"rules": "low"}, ["1 row has no answer yet."]),
        (LIKERT | {"required": True}, {}, None, ["Please answer this question."]),
    ],
)
def test_a_battery(question, fields, value, wrong):
    assert asked(question, fields) == (value, wrong)


@pytest.mark.parametrize(
    ("fields", "value", "wrong"),
    [
        ({"q_eu": "1", "q_fees": "2"}, {"fees": 2, "eu": 1}, []),
        ({"q_eu": " 1 "}, {"eu": 1}, []),
        ({"q_gold": "1"}, None, []),
        ({"q_eu": "2"}, {"eu": 2}, RANK),
        ({"q_eu": "1", "q_fees": "1"}, {"fees": 1, "eu": 1}, RANK),
        ({"q_eu": "1", "q_fees": "3"}, {"fees": 3, "eu": 1}, RANK),
        ({"q_eu": "0", "q_fees": "1"}, {"fees": 1, "eu": 0}, RANK),
        ({"q_eu": "-1"}, {"eu": "-1"}, RANK),
        ({"q_eu": "1.0"}, {"eu": "1.0"}, RANK),
        ({"q_eu": "first"}, {"eu": "first"}, RANK),
        ({"q_eu": "1", "q_fees": "b"}, {"fees": "b", "eu": 1}, RANK),
        ({"q_fees": "1", "q_eu": "2", "q_bank": "3", "q_none": "4"}, {"fees": 1, "eu": 2, "bank": 3, "none": 4}, RANK),
        ({"q_eu": "9" * LONG}, {"eu": "9" * LONG}, RANK),
    ],
)
def test_ranks(fields, value, wrong):
    assert asked(RANKING, fields) == (value, wrong)


def test_ranks_of_more_than_nine_options():
    codes = [f"o{place}" for place in range(1, 13)]
    question = {"code": "q", "type": "ranking", "options": [{"code": code, "text": {}} for code in codes]}

    found = asked(question, {f"q_{code}": str(place) for place, code in enumerate(codes, 1)})

    assert found == ({code: place for place, code in enumerate(codes, 1)}, [])


@pytest.mark.parametrize(
    ("written", "value", "wrong"),
    [
        ("12", 12.0, []),
        ("7.5", 7.5, []),
        ("7,5", 7.5, []),
        (" 100 ", 100.0, []),
        ("0", 0.0, []),
        ("-0.5", -0.5, WITHIN),
        ("100.01", 100.01, WITHIN),
        ("1e308", "1e308", WRITE),
        ("1e400", "1e400", WRITE),
        ("inf", "inf", WRITE),
        ("-Infinity", "-Infinity", WRITE),
        ("NaN", "NaN", WRITE),
        ("about 12", "about 12", WRITE),
        ("1,234.5", "1,234.5", WRITE),
        ("12 %", "12 %", WRITE),
        ("9" * LONG, "9" * LONG, WRITE),
        ("", None, []),
    ],
)
def test_a_number(written, value, wrong):
    assert asked(NUMBER, {"q": written}) == (value, wrong)


@pytest.mark.parametrize(
    ("question", "written", "wrong"),
    [
        (AT_LEAST, "2", ["Please write a number of at least 3."]),
        (AT_LEAST, "3", []),
        (AT_MOST, "4", ["Please write a number of at most 3."]),
        (AT_MOST, "-4", []),
    ],
)
def test_a_number_with_one_limit(question, written, wrong):
    assert asked(question, {"q": written})[1] == wrong


@pytest.mark.parametrize(
    ("question", "written", "value", "wrong"),
    [
        (TEXT, "  ten chars ", "ten chars", []),
        (TEXT, "δέκα γράμμ", "δέκα γράμμ", []),
        (TEXT, "eleven char", "eleven char", ["The text has 11 characters; at most 10 fit."]),
        (TEXT, "<b>no</b>", "<b>no</b>", []),
        (TEXT, "a\x00b", "ab", []),
        (LONG_TEXT, "x" * 2000, "x" * 2000, []),
        (LONG_TEXT, "x" * LONG, "x" * LONG, ["The text has 100000 characters; at most 2000 fit."]),
        (LONG_TEXT, "one\r\ntwo", "one\ntwo", []),
        (LONG_TEXT, "\r\n \r\n", None, []),
    ],
)
def test_a_text(question, written, value, wrong):
    assert asked(question, {"q": written}) == (value, wrong)


@pytest.mark.parametrize(
    "question", [SINGLE, COUNTRY, MULTIPLE, LIKERT, RANKING, NUMBER, TEXT, LONG_TEXT, CONSENT], ids=lambda q: q["type"]
)
def test_a_needed_question_without_an_answer(question):
    assert asked(question, {}) == (None, [])
    assert asked(question | {"required": True}, {}) == (None, ["Please answer this question."])


def test_zero_answers_a_needed_question():
    assert asked(NUMBER | {"required": True}, {"q": "0"}) == (0.0, [])


def test_words_for_other_are_kept_beside_the_answer():
    found = read(SINGLE, typed(q="other", q_other="  A foundation " + "x" * LONG))

    assert found == {"q": "other", "q.other": ("A foundation " + "x" * LONG)[:200]}


def test_words_for_other_are_not_read_where_nobody_asked():
    assert read(MULTIPLE, typed(q=["fees", "eu"], q_other="mine")) == {"q": ["fees", "eu"]}


@pytest.mark.parametrize(
    ("question", "value", "told"),
    [
        (MULTIPLE, ["fees", "none"], "„Нито един“ не може да се избере заедно с други отговори."),
        (NUMBER, "дванадесет", "Моля, напишете число, например 12 или 7,5."),
        (TEXT, "единадесет!", "Текстът има 11 знака; допустими са най-много 10."),
    ],
)
def test_messages_in_bulgarian(question, value, told):
    options = [*OPTIONS[:2], {"code": "none", "text": {"en": "None", "bg": "Нито един"}}]

    with override("bg"):
        assert problems(question | {"options": options}, {"q": value}) == [told]
