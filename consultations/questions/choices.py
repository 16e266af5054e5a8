"""One answer or several out of a list."""

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from .kinds import ANSWERED, EQUAL, Question, QuestionType, bounds_faults, codes, names, plain_words, read_one, words

DISPLAYS = ("radio", "dropdown", "search")


def read_single(question: Question, typed) -> str:
    """The code chosen; a searchable list sends the text of the option, which is turned into its code."""
    typed_text = read_one(question, typed)
    if question.get("display") != "search" or typed_text in codes(question):
        return typed_text
    by_text = {text.casefold(): code for code, text in names(question).items()}
    return by_text.get(typed_text.casefold(), typed_text)


def check_single(question: Question, value) -> list[str]:
    return [] if value in codes(question) else [_("Please choose one of the answers.")]


def single_words(question: Question, value) -> str:
    return names(question).get(value, plain_words(question, value))


def define_single(question: Question) -> list[str]:
    if question.get("display", "radio") not in DISPLAYS:
        return [_("there is no display “%(name)s”") % {"name": question["display"]}]
    return []


def read_multiple(question: Question, typed) -> list[str]:
    chosen = set(typed.getlist(question["code"]))
    return [code for code in codes(question) if code in chosen]


def check_multiple(question: Question, value) -> list[str]:
    exclusive, most, least = question.get("exclusive"), question.get("max"), question.get("min") or 0
    if exclusive in value and len(value) > 1:
        alone = next(words(option["text"]) for option in question["options"] if option["code"] == exclusive)
        return [_("“%(option)s” cannot be chosen together with other answers.") % {"option": alone}]
    if most and len(value) > most:
        told = ngettext("Please choose at most %(n)s answer.", "Please choose at most %(n)s answers.", most)
        return [told % {"n": most}]
    if len(value) < least and exclusive not in value:
        return [fewest(least)]
    return []


def fewest(least: int) -> str:
    told = ngettext("Please choose at least %(n)s answer.", "Please choose at least %(n)s answers.", least)
    return told % {"n": least}


def multiple_limits(question: Question) -> list[str]:
    most, least = question.get("max"), question.get("min") or 0
    found = [fewest(least)] if least > 1 else []
    return [*found, ngettext("At most %(n)s answer.", "At most %(n)s answers.", most) % {"n": most}] if most else found


def multiple_words(question: Question, value) -> str:
    known = names(question)
    return "; ".join(known.get(code, code) for code in value)


def define_multiple(question: Question) -> list[str]:
    found = bounds_faults(question)
    exclusive = question.get("exclusive")
    if exclusive and exclusive not in codes(question):
        found.append(_("the exclusive answer %(code)s is not among the answers") % {"code": exclusive})
    if (question.get("min") or 0) > len(codes(question)):
        found.append(_("more answers are needed than there are"))
    return found


TYPES = [
    QuestionType(
        code="single",
        name=gettext_lazy("Single choice"),
        read=read_single,
        check=check_single,
        words=single_words,
        define=define_single,
        parts=(("options", 2),),
        asks=EQUAL,
    ),
    QuestionType(
        code="multiple",
        name=gettext_lazy("Multiple choice"),
        read=read_multiple,
        check=check_multiple,
        words=multiple_words,
        define=define_multiple,
        parts=(("options", 2),),
        asks=ANSWERED | {"in"},
        limits=multiple_limits,
    ),
]
