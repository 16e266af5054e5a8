"""Keywords found in texts, and everything they are called: what joins a search in one language to a text in another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from platform_core.ground.texts.analysis import fold, stem, words

from . import selectors
from .models import Concept

Phrase = tuple[str, ...]
LONGEST = 6


def names(concept: Concept) -> dict[str, list[str]]:
    """The label and the alternatives, by language."""
    found = {code: [label] for code, label in concept.label.items() if not code.startswith("_")}
    for code, others in concept.alternatives.items():
        found.setdefault(code, []).extend(others)
    return found


def phrase(text: str, language: str) -> Phrase:
    return tuple(stem(word, language) or fold(word) for word in words(text))


@selectors.kept
def phrases(language: str) -> dict[Phrase, str]:
    """Every name of a keyword in a language as stems, with the keyword's code."""
    found: dict[Phrase, str] = {}
    for concept in selectors.concepts():
        for name in names(concept).get(language, []):
            if (stems := phrase(name, language)) and len(stems) <= LONGEST:
                found.setdefault(stems, concept.code)
    return found


def mentioned(texts: Mapping[str, str]) -> set[str]:
    """Codes of the keywords whose names occur in a text, each language read in its own words."""
    return {code for language, text in texts.items() for code, _places in occurring(words(text), language)}


def occurring(typed: Sequence[str], language: str) -> Iterator[tuple[str, range]]:
    """Codes of the keywords whose names occur among words of a language, each with the places of its words."""
    known = phrases(language)
    read = phrase(" ".join(typed), language)
    for length in range(1, LONGEST + 1):
        for start in range(len(read) - length + 1):
            if code := known.get(read[start : start + length]):
                yield code, range(start, start + length)


def asked_for(question: str, language: str) -> dict[str, set[str]]:
    """The words of a question that name a keyword, in its language or all of them together in any, with its code."""
    typed, found = words(question), defaultdict(set)
    whole = [(code, range(len(typed))) for code in named([question])[0]]
    for code, places in [*occurring(typed, language), *whole]:
        for place in places:
            found[typed[place]].add(code)
    return found


def topics_meant(text: str, language: str) -> list[int]:
    """Numbers of the topics of every keyword that a text names: in its language, or as a whole in any."""
    codes = mentioned({language: text}) | set(named([text])[0])
    return sorted({topic for concept in selectors.concepts() if concept.code in codes for topic in concept.topics})


def called(codes: Iterable[str]) -> dict[str, str]:
    """Everything that keywords are called, by language."""
    wanted, found = set(codes), {}
    for concept in selectors.concepts():
        if concept.code in wanted:
            for language, known in names(concept).items():
                found[language] = "\n".join([found.get(language, ""), *known]).strip()
    return found


@selectors.kept
def by_name() -> dict[str, str]:
    """Codes by everything keywords are called, folded, in all languages."""
    return {
        fold(name): concept.code
        for concept in reversed(selectors.concepts())
        for known in names(concept).values()
        for name in known
    }


def named(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Codes of the keywords meant by words, and the words that mean none."""
    typed = [text.strip() for text in texts if text.strip()]
    found = {text: by_name().get(fold(text)) for text in typed}
    codes = list(dict.fromkeys(code for code in found.values() if code))
    return codes, [text for text, code in found.items() if code is None]


def beginning(text: str) -> list[str]:
    """Codes of keywords one of whose names begins with a text."""
    start = fold(text.strip())
    return list(dict.fromkeys(code for name, code in by_name().items() if start and name.startswith(start)))


def nearest(text: str, likeness: float = 0.6) -> list[str]:
    """Labels in the active language of keywords that are written much the same in some language."""
    labels = selectors.concept_labels()
    near = get_close_matches(fold(text), by_name(), n=5, cutoff=likeness)
    return list(dict.fromkeys(labels[by_name()[name]] for name in near))
