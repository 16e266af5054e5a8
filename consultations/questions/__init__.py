from . import batteries, choices, days, numbers, orders, places, statements, texts
from .kinds import GONE

TYPES = {
    kind.code: kind
    for family in (choices, batteries, orders, numbers, days, texts, places, statements)
    for kind in family.TYPES
}
SEVERAL_TYPES = ("multiple", "matrix_multiple")  # an answer, or a row of it, may have several options


def emptied(asked, answers):
    """Answers without what says who wrote them; `asked`: the questions they were given to."""
    known = {question["code"]: TYPES[question["type"]].emptied for question in asked}
    left = {code: empty(answers[code]) for code, empty in known.items() if empty and answers.get(code)}
    return {**answers, **left} if left else answers


def is_emptied(answers):
    """Whether something that said who wrote them has been deleted from answers."""
    return any(given == GONE or (isinstance(given, dict) and given.get("name") == GONE) for given in answers.values())
