"""Ranks and shares given to a list of options."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from .kinds import Question, QuestionType, codes, names, written

WHOLE = 100


def read_counts(question: Question, typed) -> dict[str, Any]:
    """Whole numbers by option, others as typed."""
    given = {}
    for code in codes(question):
        value = written(typed, f"{question['code']}.{code}")
        if value:
            given[code] = int(value) if value.isdecimal() and len(value) < 10 else value
    return given


def check_ranks(question: Question, value: Mapping[str, Any]) -> list[str]:
    most = question.get("top") or len(question["options"])
    if set(value.values()) != set(range(1, len(value) + 1)) or len(value) > most:
        return [_("Please give each rank once, beginning with 1, up to %(most)s.") % {"most": most}]
    return []


def rank_words(question: Question, value: Mapping[str, Any]) -> str:
    known = names(question)
    ordered = sorted(value.items(), key=lambda item: str(item[1]).zfill(9))
    return "\n".join(f"{rank}. {known.get(code, code)}" for code, rank in ordered)


def define_ranking(question: Question) -> list[str]:
    top = question.get("top")
    if top is not None and not 1 <= top <= len(codes(question)):
        return [_("more ranks are asked for than there are options")]
    return []


def whole_of(question: Question) -> int:
    return question.get("total") or WHOLE


def check_budget(question: Question, value: Mapping[str, Any]) -> list[str]:
    """Shares are whole numbers that make up the whole; options left empty count as 0."""
    whole = whole_of(question)
    if any(not isinstance(share, int) for share in value.values()):
        return [_("Please write whole numbers only.")]
    given = sum(value.values())
    if given == whole:
        return []
    told = _("Together the shares make %(given)s; please change them so that they make %(whole)s.")
    return [told % {"given": given, "whole": whole}]


def budget_words(question: Question, value: Mapping[str, Any]) -> str:
    known = names(question)
    return "\n".join(f"{known.get(code, code)}: {share}" for code, share in value.items())


TYPES = [
    QuestionType(
        code="ranking",
        name=gettext_lazy("Ranking"),
        read=read_counts,
        check=check_ranks,
        words=rank_words,
        define=define_ranking,
        parts=(("options", 2),),
    ),
    QuestionType(
        code="budget",
        name=gettext_lazy("Shares of a whole"),
        read=read_counts,
        check=check_budget,
        words=budget_words,
        parts=(("options", 2),),
    ),
]
