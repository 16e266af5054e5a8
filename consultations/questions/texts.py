"""Words people write themselves."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _, gettext_lazy

from .kinds import GONE, Question, QuestionType, plain_words, read_one

SHORT, LONG = 200, 2000
WEB = URLValidator(schemes=["http", "https"])


def longest(question: Question) -> int:
    return question.get("max_length") or (LONG if question["type"] == "long_text" else SHORT)


def read_text(question: Question, typed) -> str:
    value = read_one(question, typed)
    return "" if value == GONE else value


def define_text(question: Question) -> list[str]:
    both = question.get("identifies") and question.get("personal")
    return [_("it cannot ask for personal data and for none")] if both else []


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


def written_words(question: Question, value) -> str:
    return _("deleted") if value == GONE else plain_words(question, value)


def gone(value) -> str:
    return GONE


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
    *(
        QuestionType(
            code=code,
            name=name,
            read=read_text,
            check=check_text,
            words=written_words,
            define=define_text,
            emptied=gone,
            by_mark=True,
        )
        for code, name in (("text", gettext_lazy("Short text")), ("long_text", gettext_lazy("Long text")))
    ),
    QuestionType(
        code="email",
        name=gettext_lazy("E-mail"),
        read=read_one,
        check=check_email,
        words=written_words,
        emptied=gone,
    ),
    QuestionType(code="url", name=gettext_lazy("Web address"), read=read_url, check=check_url, words=plain_words),
]
