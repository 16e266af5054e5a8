"""A day."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from .kinds import MEASURED, Question, QuestionType, bounds_faults, read_one

WRITTEN = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y.", "%d/%m/%Y", "%d. %m. %Y", "%d. %m. %Y.", "%Y. %m. %d.", "%d-%m-%Y")


def day_of(value) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def read_day(question: Question, typed) -> str:
    """The day as 2026-11-22, also from how people write it; else as typed."""
    value = read_one(question, typed)
    for form in WRITTEN:
        try:
            return datetime.strptime(value, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return value


def in_words(day: str) -> str:
    found = day_of(day)
    return date_format(found, "DATE_FORMAT") if found else str(day)


def check_day(question: Question, value) -> list[str]:
    if day_of(value) is None:
        return [_("Please write a day, such as 31.12.2026.")]
    least, most = question.get("min"), question.get("max")
    if least and value < least:
        return [not_before(least)]
    if most and value > most:
        return [not_after(most)]
    return []


def not_before(day: str) -> str:
    return _("Please choose a day from %(day)s on.") % {"day": in_words(day)}


def not_after(day: str) -> str:
    return _("Please choose a day up to %(day)s.") % {"day": in_words(day)}


def day_limits(question: Question) -> list[str]:
    least, most = question.get("min"), question.get("max")
    return [*([not_before(least)] if least else []), *([not_after(most)] if most else [])]


def define_day(question: Question) -> list[str]:
    wrong = [value for value in (question.get("min"), question.get("max")) if value and day_of(value) is None]
    return [_("%(value)s is not a day") % {"value": value} for value in wrong] or bounds_faults(question)


TYPES = [
    QuestionType(
        code="date",
        name=gettext_lazy("Date"),
        read=read_day,
        check=check_day,
        words=lambda question, value: in_words(value),
        define=define_day,
        asks=MEASURED,
        limits=day_limits,
    )
]
