"""Numbers: written, on a slider, or as points of a rating."""

from math import isclose, isfinite

from django.utils.translation import gettext as _, gettext_lazy

from .kinds import EQUAL, MEASURED, Question, QuestionType, bounds_faults, words, written

POINTS = range(3, 11)
GREATEST = 1e12


def read_number(question: Question, typed) -> float | str:
    value = written(typed, question["code"])
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return value
    return number if isfinite(number) and abs(number) <= GREATEST else value


def check_number(question: Question, value) -> list[str]:
    if not isinstance(value, int | float):
        return [_("Please write a number, such as 12 or 7.5.")]
    if question.get("whole") and value != round(value):
        return [_("Please write a whole number.")]
    return within(question.get("min"), question.get("max"), value)


def within(least, most, value) -> list[str]:
    below, above = least is not None and value < least, most is not None and value > most
    return bounds_told(least, most) if below or above else []


def bounds_told(least, most) -> list[str]:
    if least is None and most is None:
        return []
    if most is None:
        return [_("Please write a number of at least %(least)s.") % {"least": least}]
    if least is None:
        return [_("Please write a number of at most %(most)s.") % {"most": most}]
    return [_("Please write a number from %(least)s to %(most)s.") % {"least": least, "most": most}]


def number_limits(question: Question) -> list[str]:
    whole = [_("Please write a whole number.")] if question.get("whole") else []
    return [*whole, *bounds_told(question.get("min"), question.get("max"))]


def number_words(question: Question, value) -> str:
    unit = words(question.get("unit"))
    return f"{value:.15g} {unit}".strip() if isinstance(value, int | float) else str(value)


def check_slider(question: Question, value) -> list[str]:
    found = check_number(question, value)
    step = question.get("step") or 1
    steps = (value - question["min"]) / step if not found else 0
    if not isclose(steps, round(steps), abs_tol=1e-9):
        return [_("Please write a number in steps of %(step)s.") % {"step": step}]
    return found


def define_slider(question: Question) -> list[str]:
    if question.get("min") is None or question.get("max") is None:
        return [_("a slider needs a least and a greatest value")]
    return bounds_faults(question)


def read_points(question: Question, typed) -> int | str:
    value = written(typed, question["code"])
    return int(value) if value.isdecimal() and len(value) < 4 else value


def check_points(question: Question, value) -> list[str]:
    return [] if value in range(1, question["max"] + 1) else [_("Please choose one of the points.")]


def point_words(question: Question, value) -> str:
    return _("%(given)s of %(most)s") % {"given": value, "most": question["max"]}


def define_rating(question: Question) -> list[str]:
    return [] if question.get("max") in POINTS else [_("a rating has 3 to 10 points")]


TYPES = [
    QuestionType(
        code="number",
        name=gettext_lazy("Number"),
        read=read_number,
        check=check_number,
        words=number_words,
        define=bounds_faults,
        asks=MEASURED,
        limits=number_limits,
    ),
    QuestionType(
        code="slider",
        name=gettext_lazy("Slider"),
        read=read_number,
        check=check_slider,
        words=number_words,
        define=define_slider,
        asks=MEASURED,
    ),
    QuestionType(
        code="rating",
        name=gettext_lazy("Rating"),
        read=read_points,
        check=check_points,
        words=point_words,
        define=define_rating,
        asks=MEASURED | EQUAL,
    ),
]
