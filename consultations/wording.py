"""What people wrote on a question, for who reads it: languages of the texts, frequent words, words in their context."""

from typing import Any

import pandas as pd
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.languages import native_name

from .statistics.words import by_language, in_context, stopwords, terms

MOST_TERMS = 20
MOST_PLACES = 100


def languages(texts: list[tuple[str, str]]) -> dict[str, Any]:
    """How many texts of language and words there are in each, and how long they are."""
    table = by_language([words for _language, words in texts], [language for language, _words in texts])
    rows = [
        [native_name(interface_code(code)), str(int(line.texts)), number_format(line.median, 0)]
        for code, line in zip(table.index, table.itertuples(), strict=True)
    ]
    head = [_("Language"), _("Texts"), _("Words in the text in the middle")]
    return {"caption": _("Languages of the texts"), "head": head, "rows": rows}


def frequent(texts: list[tuple[str, str]], language: str) -> list[tuple[str, int]]:
    """Words in most texts of one language, those that say nothing by themselves left out; languages are never pooled."""
    chosen = pd.Series([words for code, words in texts if code == language], dtype="str")
    found = terms(chosen, left_out=stopwords(language), most=MOST_TERMS)
    return list(zip(found["example"].tolist(), found["texts"].tolist(), strict=True))


def places(texts: list[tuple[str, str]], word: str, language: str = "") -> list[tuple[str, str, str, str]]:
    """Language, what stands before, the word, what stands after; of texts in all languages or in one."""
    chosen = [(code, words) for code, words in texts if not language or code == language]
    found = in_context([words for _code, words in chosen], word, most=MOST_PLACES)
    return [(chosen[line.text][0], line.left, line.word, line.right) for line in found.itertuples()]
