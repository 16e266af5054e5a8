"""From a search document to tokens and rows."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from platform_core.ground.registry.kinds import SearchDocument
from platform_core.ground.texts.analysis import fold, tokens
from platform_core.ground.vocabulary import thesaurus

from .backends.sources import KEYWORD

PAGE_TOKENS = 20_000
ENTRY_TOKENS = 30_000
ENTRY_CHARACTERS = 600_000  # a tsvector holds a megabyte, marks of place included


def joined(texts: Mapping[str, str]) -> list[str]:
    """Tokens of a text in all its languages, each analysed in its own."""
    return [token for code, text in texts.items() for token in tokens(text, code)]


def title_words(document: SearchDocument) -> str:
    """The words of its names, and its keywords: what bears a keyword fits a question for it as well as what is called so."""
    bears = set(document.facets.get("concept", ())) | thesaurus.mentioned(document.title)
    return " ".join([*joined(document.title), *map(keyword_token, sorted(bears))])


def keyword_token(code: str) -> str:
    """The token that stands for a keyword, whatever it is called."""
    return KEYWORD + fold(code)


def body_words(document: SearchDocument, pages: Iterable[str]) -> str:
    """The words of a thing; `pages` are those of its pages."""
    found = joined(document.summary) + joined(document.body) + joined(thesaurus.called(keywords(document)))
    for words in pages:
        found += words.split()
    return " ".join(fitting(found))


def keywords(document: SearchDocument) -> set[str]:
    """Keywords given by hand and those its title or summary name: found under their names in every language."""
    given = set(document.facets.get("concept", ()))
    return given | thesaurus.mentioned(document.title) | thesaurus.mentioned(document.summary)


def fitting(found: Iterable[str]) -> Iterator[str]:
    """The first tokens as they come; of what follows, each that is new, so that long texts are found to their last page."""
    room, seen = ENTRY_CHARACTERS, set()
    for place, token in enumerate(found):
        if place >= ENTRY_TOKENS and token in seen:
            continue
        seen.add(token)
        room -= len(token)
        if room < 0:
            return
        yield token


def page_words(text: str, language: str) -> str:
    return " ".join(list(tokens(text, language))[:PAGE_TOKENS])


def facet_rows(document: SearchDocument) -> set[tuple[str, str]]:
    return {
        (dimension, " ".join(str(value).split())) for dimension, values in document.facets.items() for value in values
    }


def marks(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{dimension}={value}" for dimension, value in rows)


def digest(document: SearchDocument, openness: int) -> str:
    """Changes when anything that is indexed does."""
    content = [
        [dict(document.title), dict(document.summary), dict(document.body), document.route, document.key],
        [str(document.day), openness, sorted(facet_rows(document))],
        sorted(keywords(document)),
        [
            [page.file, page.name, page.number, page.language, page.text, *(["part"] if page.is_part else [])]
            for page in document.pages
        ],
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
