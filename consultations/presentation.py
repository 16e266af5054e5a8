"""The results page in words: every question with its chart, its table twin and a chosen cross-table."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.ground.ui.components.numbers import in_words
from repository.selectors import record_about

from . import charts
from .answering import words
from .models import Consultation, ResultSet
from .profile import PROFILES, question_texts
from .selectors import LABEL


def results_context(consultation: Consultation, results: ResultSet, by: str) -> dict[str, Any]:
    """`by` names the profile question that cross-tables are shown for."""
    questions = question_texts(results.questionnaire)
    profiles = {code: questions[code] for code in PROFILES if code in questions}
    chosen = {by: profiles[by]} if by in profiles else {}
    day = date_format(timezone.localtime(results.computed_at), "DATE_FORMAT")
    return {
        "consultation": consultation,
        "results": results,
        "base": in_words(results.base),
        "day": results.published_at or results.computed_at,
        "profiles": [(code, words(question["text"]), code == by) for code, question in profiles.items()],
        "sections": [
            (
                words(section["title"]),
                [block(question, results.figures[question["code"]], chosen, day) for question in section["questions"]],
            )
            for section in results.questionnaire.structure["sections"]
        ],
        "record": record_about(LABEL, consultation.pk),
    }


def block(question: dict, figures: dict, profiles: dict[str, dict], day: str) -> dict[str, Any]:
    """What one question's part of the page needs; `kind` chooses the component."""
    found = {
        "code": question["code"],
        "kind": question["type"],
        "title": words(question["text"]),
        "base": charts.base_words(figures, day),
        "note": charts.note(figures),
        "crosses": charts.crosses(question, figures, profiles),
    }
    match question["type"]:
        case "likert":
            found |= {"rows": charts.likert_rows(question, figures), "scale": charts.scale_words(question)}
        case "ranking":
            head = [_("Answer"), _("Score"), _("Mean rank"), _("Share of first places")]
            found |= {"head": head, "rows": charts.ranking_rows(question, figures)}
        case "number":
            found |= {"facts": charts.number_facts(question, figures)}
        case "text" | "long_text":
            found |= {"given": figures.get("base")}
        case _:
            found |= {"bars": charts.bars(question, figures)}
    return found
