"""What is offered while somebody types, and what helps on when nothing was found."""

from dataclasses import dataclass, replace

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Facet
from platform_core.ground.texts.analysis import fold, query_words, variants
from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary import selectors as vocabulary, thesaurus

from . import matching
from .backends import backend
from .backends.sources import KEYWORD
from .matching import Condition
from .selectors import LIMIT, Question, add_scope

KEYWORDS, TITLES, SHORTEST = 4, 6, 2
SLIP = 0.8  # how like a keyword must be written for a word to be a slip of it


@dataclass(frozen=True)
class Way:
    """A question that has answers, close to one that has none."""

    question: Question
    label: str
    total: int
    more: bool


def suggestions(user, typed: str, thing: str = "") -> list[str]:
    """Keywords whose name has a word that begins as typed, then titles with every word, the last as a beginning."""
    known = query_words(typed)
    last = fold(known[-1]) if known else ""
    if len(last) < SHORTEST or last[: len(KEYWORD)] == KEYWORD[: len(last)]:
        return []
    code = active_code()
    found = Condition()
    found.source = backend().SOURCE
    found.add(*backend().beginning([variants(word, code) for word in known[:-1]], last))
    add_scope(found, user, thing)
    titles = [entry.title.localise().text for entry in matching.entries(found, 0, TITLES)]
    return list(dict.fromkeys([*keywords(typed), *titles]))


def keywords(typed: str) -> list[str]:
    beginning = fold("".join(query_words(typed)))
    labels = vocabulary.concept_labels().values()
    return [label for label in labels if begins(label, beginning)][:KEYWORDS]


def begins(label: str, beginning: str) -> bool:
    parts = [fold(word) for word in query_words(label)]
    return any("".join(parts[place:]).startswith(beginning) for place in range(len(parts)))


def ways_on(user, question: Question) -> tuple[list[Way], list[str]]:
    """Narrower words or fewer filters that have answers, the fullest first, and keywords written much the same."""
    labels = {facet.code: (facet.name, facet.labels()) for facet in declared(Facet)}
    asked: list[tuple[Question, str]] = []
    for dimension, values in question.filters.items():
        rest = {name: others for name, others in question.filters.items() if name != dimension}
        name, words = labels[dimension]
        label = f"{name}: {', '.join(words.get(value, value) for value in values)}"
        asked.append((replace(question, filters=rest, page=1), label))
    parts = query_words(question.words)
    if len(parts) > 1:
        asked += [(replace(question, words=word, page=1), word) for word in parts[:5]]
    ways = [way for near, label in asked if (way := counted(user, near, label)).total]
    return sorted(ways, key=lambda way: -way.total), near_keywords(question)


def counted(user, question: Question, label: str) -> Way:
    found = matching.read("entry.id", matching.condition(user, question), LIMIT + 1)
    return Way(question, label, min(len(found), LIMIT), len(found) > LIMIT)


def near_keywords(question: Question) -> list[str]:
    """Keywords that the whole question, or one of its words, may be a slip of."""
    parts = [question.words, *query_words(question.words)]
    return list(dict.fromkeys(label for part in parts if part for label in thesaurus.nearest(part, SLIP)))[:5]
