"""What was translated before: reviewed translations of the same or of nearly the same text, in things one may translate.

Exact matches are looked up by their hash; for others the newest pairs of about the same length are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from platform_core.ground.registry.catalogue import declared, find_things, thing_kind
from platform_core.ground.registry.kinds import SourceText, Translatable
from platform_core.ground.texts.comparison import Piece, pieces

from .models import TranslationState
from .states import hash_of

ENOUGH = 75  # percent
MOST = 3000  # pairs looked at for what is nearly the same
SHOWN = 3
CLOSEST = 8  # pairs compared letter by letter for each text
SHORT, LONG = 0.6, 1.67  # a text beyond these lengths cannot be three quarters the same
LETTERS = 400  # longer texts are compared word by word


@dataclass(frozen=True)
class Suggestion:
    """A translation of a source that is `percent` the same; `pieces` says how that source differs."""

    text: str
    source: str
    percent: int
    title: str
    thing: str
    object_id: int
    pieces: Sequence[Piece] = ()


def readable(user) -> Q:
    """States of things a person may translate, whose texts she sees at the desk anyway."""
    found = Q(pk__in=())
    for kind in declared(Translatable):
        found |= Q(thing=kind.label, object_id__in=kind.things(user).values("pk"))
    return found


def pairs(user, language: str, source_language: str) -> QuerySet[TranslationState]:
    rows = TranslationState.objects.filter(
        readable(user), language=language, source_language=source_language, is_reviewed=True, is_private=False
    )
    return rows.exclude(text="").exclude(source="").only("thing", "object_id", "key", "source", "text")


def suggestions(user, language: str, texts: Iterable[SourceText], own: tuple[str, int]) -> dict[str, list[Suggestion]]:
    """The best for each text by its key; a text is not suggested to itself (`own` is its thing)."""
    by_source: dict[str, list[SourceText]] = defaultdict(list)
    for text in texts:
        by_source[text.source].append(text)
    found: dict[str, list[tuple[int, TranslationState]]] = {}
    for source_language, some in by_source.items():
        rows = candidates(pairs(user, language, source_language), some)
        index = word_index(rows)
        for text in some:
            found[text.key] = best(text, rows, index, own)
    return named(found, {text.key: text.words for some in by_source.values() for text in some})


def candidates(rows: QuerySet[TranslationState], texts: Sequence[SourceText]) -> list[TranslationState]:
    exact = rows.filter(source_hash__in={hash_of(text.words) for text in texts}).order_by("-pk")[:MOST]
    lengths = Q(pk__in=())
    for low, high in joined((int(SHORT * len(text.words)), int(LONG * len(text.words)) + 1) for text in texts):
        lengths |= Q(length__range=(low, high))
    near = rows.annotate(length=Length("source")).filter(lengths).order_by("-pk")[:MOST]
    return list({row.pk: row for row in [*exact, *near]}.values())


def joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges that overlap made one."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def words_of(text: str) -> set[str]:
    return set(text.lower().split())


def word_index(rows: Sequence[TranslationState]) -> dict[str, list[int]]:
    """For each word the places of the pairs whose source holds it."""
    index = defaultdict(list)
    for place, row in enumerate(rows):
        for word in words_of(row.source):
            index[word].append(place)
    return index


def best(
    text: SourceText, rows, index: dict[str, list[int]], own: tuple[str, int]
) -> list[tuple[int, TranslationState]]:
    shared = Counter(place for word in words_of(text.words) for place in index.get(word, ()))
    order = sorted(shared, key=lambda place: (-likeness(text, rows[place], shared[place]), -rows[place].pk))
    found, told = [], set()
    for row in (rows[place] for place in order[: CLOSEST + SHOWN]):
        if (row.thing, row.object_id, row.key) == (*own, text.key) or row.text in told:
            continue
        if (percent := same(text.words, row.source)) >= ENOUGH:
            found.append((percent, row))
            told.add(row.text)
    return sorted(found, key=lambda pair: -pair[0])[:SHOWN]


def likeness(text: SourceText, row: TranslationState, shared: int) -> float:
    return shared / max(1, len(words_of(text.words)) + len(words_of(row.source)) - shared)


def same(one: str, other: str) -> int:
    """Percent; 100 for what is exactly the same alone."""
    if one == other:
        return 100
    letters = max(len(one), len(other)) <= LETTERS
    matcher = SequenceMatcher(
        None, one if letters else one.split(), other if letters else other.split(), autojunk=False
    )
    if 100 * matcher.quick_ratio() < ENOUGH:  # an upper bound that costs little
        return 0
    return min(99, int(100 * matcher.ratio()))


def named(found: dict[str, list[tuple[int, TranslationState]]], words: dict[str, str]) -> dict[str, list[Suggestion]]:
    """With the title of the thing each comes from, read at once for each kind."""
    keys = defaultdict(set)
    for _percent, row in (pair for some in found.values() for pair in some):
        keys[row.thing].add(row.object_id)
    things = {label: find_things(label, pks) for label, pks in keys.items()}
    kinds = {label: thing_kind(label) for label in keys}

    def title(row: TranslationState) -> str:
        kind, thing = kinds[row.thing], things[row.thing].get(row.object_id)
        return str(kind.title(thing)) if kind and thing else ""

    return {
        key: [
            Suggestion(
                text=row.text,
                source=row.source,
                percent=percent,
                title=title(row),
                thing=row.thing,
                object_id=row.object_id,
                pieces=pieces(row.source, words[key]) if percent < 100 else (),
            )
            for percent, row in some
        ]
        for key, some in found.items()
    }
