"""What findings stand on, as figures in words: the headline of each question, read from the published figures alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from platform_core.ground.ui.components.numbers import with_unit

from . import charts
from .answering import words
from .models import Consultation, Finding
from .selectors.results import published_results
from .structure import question_texts


@dataclass(frozen=True)
class Evidence:
    code: str
    title: str
    figure: str
    base: str


def evidence(consultation: Consultation, findings: Iterable[Finding]) -> dict[int, list[Evidence]]:
    """For each finding of a consultation the questions it stands on; the figures are read once."""
    results = published_results(consultation)
    if results is None:
        return {}
    asked, day = (
        question_texts(results.questionnaire),
        date_format(timezone.localtime(results.computed_at), "DATE_FORMAT"),
    )
    wanted = {row.code for finding in findings for row in finding.questions.all()} & asked.keys()
    told = {code: evidence_of(asked[code], results.figures["questions"][code], day) for code in wanted}
    return {finding.pk: [told[row.code] for row in finding.questions.all() if row.code in told] for finding in findings}


def evidence_of(question: dict, figures: dict, day: str) -> Evidence:
    return Evidence(
        question["code"], words(question["text"]), headline(question, figures), charts.base_words(figures, day)
    )


def headline(question: dict, figures: dict) -> str:
    """The most frequent answer with its share; empty where there is none, or where it is kept back."""
    if question["type"] not in {"single", "multiple", "country", "consent"}:
        return ""
    told = [option for option in figures.get("options", []) if not option["suppressed"] and option.get("share")]
    if not told:
        return ""
    first = max(told, key=lambda option: option["share"])
    answer = charts.labels_of(question).get(first["code"], first["code"])
    return f"{answer}: {with_unit(charts.percent(first['share']), '%')}"
