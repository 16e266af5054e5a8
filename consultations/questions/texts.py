"""Words people write themselves."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _, gettext_lazy

from .kinds import GONE, Question, QuestionType, plain_words, read_one

SHORT, LONG = 200, 2000
WEB = URLValidator(schemes=["http", "https"])


def longest(question: Question) -> int:
    return question.get("max_length") or (LONG if question["type"] == "long_text" else SHORT)


def check_text(question: Question, value) -> list[str]:
    most = longest(question)
    if len(value) <= most:
        return []
    return [_("The text has %(n)s characters; at most %(most)s fit.") % {"n": len(value), "most": most}]


def check_email(question: Question, value) -> list[str]:
    try:
        validate_email(value)
    except ValidationError:
        return [_("Please write an e-mail address, such as name@example.org.")]
    return check_text(question, value)


def email_words(question: Question, value) -> str:
    return _("deleted") if value == GONE else plain_words(question, value)


def read_url(question: Question, typed) -> str:
    value = read_one(question, typed)
    return f"https://{value}" if value and "://" not in value else value


def check_url(question: Question, value) -> list[str]:
    try:
        WEB(value)
    except ValidationError:
        return [_("Please write the address of a web page, such as https://example.org.")]
    return []


TYPES = [
    QuestionType(code="text", name=gettext_lazy("Short text"), read=read_one, check=check_text, words=plain_words),
    QuestionType(code="long_text", name=gettext_lazy("Long text"), read=read_one, check=check_text, words=plain_words),
    QuestionType(
        code="email",
        name=gettext_lazy("E-mail"),
        read=read_one,
        check=check_email,
        words=email_words,
        emptied=lambda value: GONE,
    ),
    QuestionType(code="url", name=gettext_lazy("Web address"), read=read_url, check=check_url, words=plain_words),
]
