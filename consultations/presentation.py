"""The results page in words: every question with its chart, its table twin and a chosen cross-table."""

from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import active_code, interface_code, tag
from platform_core.ground.ui.components.numbers import in_words
from platform_core.ground.ui.languages import native_name
from repository.selectors import record_about

from . import blocks, charts, crosses, sensitivity, turnout
from .answering import words
from .models import CodeBook, Consultation, ResultSet
from .profile import AUDIENCE, PROFILES, is_profile
from .selectors import LABEL, coding, texts
from .structure import question_texts

QUOTES = 5  # shown under a question; the others on a page of their own


def results_context(
    consultation: Consultation, results: ResultSet, by: str | None = None, number: int | None = None
) -> dict[str, Any]:
    """`by` names the profile question whose groups stand beside each other: audiences, where nothing else is asked.

    `number` is that of the one section wanted, counted from 1; without it there are all.
    """
    query = "" if by is None else f"?{urlencode({'by': by})}"
    questions = question_texts(results.questionnaire)
    compared = [code for code in PROFILES if code in questions and is_profile(questions[code])]
    profiles = {code: questions[code] for code in compared if code not in results.left_out}
    by = usual_comparison(results, profiles) if by is None else by
    chosen = {by: profiles[by]} if by in profiles else {}
    day = date_format(timezone.localtime(results.computed_at), "DATE_FORMAT")
    views = sensitivity.views_of(results.figures, profiles)
    parts = sections(results, chosen, day, views, number)
    return {
        "consultation": consultation,
        "results": results,
        "base": in_words(results.base),
        "day": results.published_at or results.computed_at,
        "profiles": [(code, words(question["text"]), code == by) for code, question in profiles.items()],
        "reading": crosses.reading_words() if chosen else "",
        "sections": parts,
        "contents": [(place, words(section["title"]), asked) for place, section, asked in numbered(results)],
        "query": query,
        "blocks": [block for _title, blocks_here in parts for block in blocks_here],
        "representation": representation(results, profiles),
        "raked": sensitivity.raked_words(views),
        "campaigns": turnout.campaign_words(results.figures["campaigns"]),
        "record": record_about(LABEL, consultation.pk),
        "reports": reports_by_language(results),
    }


def usual_comparison(results: ResultSet, profiles: dict[str, dict]) -> str:
    """Audiences stand beside each other where answers of at least two may be told."""
    if AUDIENCE not in profiles:
        return ""
    told = [option for option in results.figures["questions"][AUDIENCE]["options"] if option["count"]]
    return AUDIENCE if len(told) > 1 else ""


def sections(
    results: ResultSet, chosen: dict[str, dict], day: str, views: sensitivity.Views, number: int | None = None
) -> list[tuple[str, list[dict]]]:
    """Titles of sections with the blocks of their questions, those left out of the publication apart."""
    told = results.figures["questions"]
    counts, books = texts.quote_counts(results.consultation), coding.published_books(results.consultation)
    found = []
    for place, section, shown in numbered(results):
        if number not in (None, place):
            continue
        blocks_here = [blocks.block(question, told[question["code"]], chosen, day, views) for question in shown]
        for block in blocks_here:
            block |= quoted(results, block["code"], counts)
            if book := books.get(block["code"]):
                block["coded"] = coded(book, block["title"], chosen, day)
        found.append((words(section["title"]), blocks_here))
    return found


def numbered(results: ResultSet) -> list[tuple[int, dict, list[dict]]]:
    """Sections that have something to tell, each with its number and the questions told of it."""
    left_out = set(results.left_out)
    found = []
    for section in results.questionnaire.structure["sections"]:
        asked = [question for question in section["questions"] if question["type"] != "info"]
        if shown := [question for question in asked if question["code"] not in left_out]:
            found.append((len(found) + 1, section, shown))
    return found


def choice_sections(results: ResultSet, chosen: set[str]) -> list[tuple[str, list[dict]]]:
    """Every question with how many answered it, and whether it is chosen to be published."""
    told, day = results.figures["questions"], date_format(timezone.localtime(results.computed_at), "DATE_FORMAT")
    found = []
    for section in results.questionnaire.structure["sections"]:
        rows = [
            {
                "code": question["code"],
                "title": words(question["text"]),
                "base": charts.base_words(told[question["code"]], day),
                "is_chosen": question["code"] in chosen,
            }
            for question in section["questions"]
            if question["type"] != "info"
        ]
        if rows:
            found.append((words(section["title"]), rows))
    return found


def reports_by_language(results: ResultSet) -> list[tuple[str, str, list]]:
    """Languages that there are reports in, each with its files."""
    found: dict[str, list] = {}
    for report in results.reports.select_related("file"):
        found.setdefault(report.language, []).append(report)
    return [(tag(code), native_name(interface_code(code)), rows) for code, rows in found.items()]


def readings(consultation: Consultation) -> list[tuple[str, str, str]]:
    """The languages of a consultation: `lang` value, own name, code of the interface."""
    return [(tag(code), native_name(interface_code(code)), interface_code(code)) for code in consultation.languages]


def coded(book: CodeBook, title: str, chosen: dict[str, dict], day: str) -> dict[str, Any]:
    """How often each code was given to the texts of a question, as a choice among the codes."""
    told = _("None of the codes")
    options = [{"code": f"c{code.pk}", "text": code.name.stored()} for code in book.codes.all()]
    none = {"code": "none", "text": {active_code(): told}}
    text = {active_code(): _("What the texts are about: %(question)s") % {"question": title}}
    question = {"code": book.question, "type": "single", "text": text, "options": [*options, none]}
    return blocks.block(question, book.figures or {}, chosen, day)


def quoted(results: ResultSet, question: str, counts: dict[str, int]) -> dict[str, Any]:
    """The first released words on a question, and how many there are in all."""
    number = counts.get(question, 0)
    rows = list(texts.quotes(results.consultation, question, active_code())[:QUOTES]) if number else []
    return {"quotes": rows, "more_quotes": number - len(rows)}


def representation(results: ResultSet, profiles: dict[str, dict]) -> list[dict]:
    told = results.figures["representation"]
    return [turnout.representation_rows(profiles[code], told[code]) for code in profiles if code in told]
