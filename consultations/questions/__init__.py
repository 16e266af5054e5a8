from . import batteries, choices, days, numbers, orders, places, statements, texts
from .kinds import GONE

TYPES = {
    kind.code: kind
    for family in (choices, batteries, orders, numbers, days, texts, places, statements)
    for kind in family.TYPES
}
SEVERAL_TYPES = ("multiple", "matrix_multiple")  # an answer, or a row of it, may have several options


def identifies(question):
    """Whether answers say who wrote them, by their type or because the question is marked so: then they are shown to nobody
    but the desk, only counted as given, and emptied with identifiers."""
    kind = TYPES[question["type"]]
    return kind.emptied is not None and (not kind.by_mark or bool(question.get("identifies")))


def counted_type(question):
    """The type by which answers are counted: of words that say who wrote them only whether there are any."""
    return "given" if TYPES[question["type"]].by_mark and identifies(question) else question["type"]


def emptied(asked, answers):
    """Answers without what says who wrote them; `asked`: the questions they were given to."""
    known = {question["code"]: TYPES[question["type"]].emptied for question in asked if identifies(question)}
    left = {code: empty(answers[code]) for code, empty in known.items() if answers.get(code)}
    return {**answers, **left} if left else answers


def is_emptied(answers):
    """Whether something that said who wrote them has been deleted from answers."""
    return any(given == GONE or (isinstance(given, dict) and given.get("name") == GONE) for given in answers.values())
