"""The jobs of coding: how far two coders agree, and how often each code was given, small groups withheld."""

import pandas as pd
from django.utils import timezone

from .frames import frames, plain_questions
from .models import CodeBook
from .profile import as_counted, countries, is_profile
from .selectors import asked_in, coding, comparable, current_version
from .statistics.coding import kappa
from .statistics.summary import summarise
from .structure import canonical_hash

NONE = "none"


def code_key(pk: int) -> str:
    return f"c{pk}" if pk else NONE


def agree(run, book: int) -> dict[str, int]:
    found = CodeBook.objects.select_related("consultation").get(pk=book)
    pairs = list(coding.compared(found).values_list("first", "second"))
    told = kappa([first for first, _second in pairs], [second for _first, second in pairs])
    with run.writing():
        for name in ("base", "observed", "kappa", "low", "high"):
            setattr(found, name, getattr(told, name))
        found.save(update_fields=["base", "observed", "kappa", "low", "high"])
    return {"texts": told.base}


def count(run, book: int) -> dict[str, int]:
    """Freeze the figures of a book, once."""
    found = CodeBook.objects.select_related("consultation").get(pk=book)
    figures = figures_of(found)
    with run.writing():
        CodeBook.objects.filter(pk=book, published_at=None).update(
            figures=figures, sha256=canonical_hash(figures), published_at=timezone.now()
        )
    return {"codes": len(figures["options"])}


def figures_of(book: CodeBook) -> dict:
    """A question in words, counted as a choice among the codes and crossed with the profile questions."""
    version = current_version(book.consultation)
    rows = comparable(book.consultation).order_by("pk")
    read = list(rows.values_list("pk", "answers", "language", "audience", "questionnaire__number"))
    held = asked_in(book.consultation)
    structure = as_counted(version.structure, (row[3] for row in read))
    given, languages, audiences = ([row[place] for row in read] for place in (1, 2, 3))
    table, shown = frames(structure, given, languages, audiences, [held[row[4]] for row in read])
    final = {pk: settled if settled is not None else first for pk, first, settled in agreed(book)}
    table[book.question] = pd.array([code_key(final[pk]) if pk in final else None for pk, *_rest in read], dtype="str")
    asked = [asked for asked in plain_questions(structure, countries()) if is_profile(asked)]
    options = [*(code_key(code.pk) for code in book.codes.all()), NONE]
    coded = {"code": book.question, "type": "single", "options": options, "dont_know": False, "exclusive": None}
    profile = [question["code"] for question in asked]
    return summarise([*asked, coded], table, shown, book.consultation.threshold, profile)[book.question]


def agreed(book: CodeBook):
    return coding.compared(book).values_list("pk", "first", "settled")
