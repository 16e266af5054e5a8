"""Records that may be the same as another: titles that share most of their words, in whatever order, case and script.

Two titles are alike when the words they share are at least seven tenths of all their words. Put in one order, longest first,
such titles share a word among the first few of each: the more than three tenths that may differ and one more. Only those
first few are kept (`TitleWord`), so that a title finds what may be alike through an index, and few of the rest.
"""

from collections.abc import Iterable, Mapping
from math import ceil

from platform_core.ground.texts.analysis import fold, words

from . import selectors
from .models import Record, TitleWord

ALIKE = 0.7  # share of the words that two titles have in common
ROUNDING = 1e-9  # of seven tenths of a whole number
LOOKED_THROUGH = 500
SHOWN = 5
LONGEST = 40

Key = frozenset[str]


def key_of(titles: Iterable[str]) -> set[Key]:
    """The words of a title in each language, whatever their order, case and accents."""
    return {frozenset(fold(word) for word in words(title)) - {""} for title in titles}


def telling(key: Key) -> list[str]:
    """The words one of which every title alike has among its own."""
    ordered = sorted(key, key=lambda word: (-len(word), word))
    return [word[:LONGEST] for word in ordered[: len(key) - ceil(ALIKE * len(key) - ROUNDING) + 1]]


def words_of(titles: Mapping[str, str]) -> set[str]:
    return {word for key in key_of(titles.values()) for word in telling(key)}


def note_title(record: Record) -> None:
    """Keep the words by which a record's title is found; writes nothing where they stay."""
    wanted = words_of(record.title)
    held = set(record.title_words.values_list("word", flat=True))
    if gone := held - wanted:
        record.title_words.filter(word__in=gone).delete()
    TitleWord.objects.bulk_create(TitleWord(record=record, word=word) for word in sorted(wanted - held))


def alike(titles: Iterable[str], reader, *, besides: int | None = None) -> list[Record]:
    """Records the reader may see whose title in any language is nearly one of these, at most five."""
    wanted = {key for key in key_of(titles) if key}
    near = TitleWord.objects.filter(word__in={word for key in wanted for word in telling(key)}).values("record")
    rows = selectors.records(reader).filter(pk__in=near).exclude(pk=besides).order_by("-pk").only("pk", "code", "title")
    found = []
    for record in rows[:LOOKED_THROUGH]:
        if any(share(one, other) >= ALIKE for one in wanted for other in key_of(record.title.values())):
            found.append(record)
        if len(found) == SHOWN:
            break
    return found


def share(one: Key, other: Key) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def with_same_file(sha256: str, reader, *, besides: int | None = None) -> list[Record]:
    return list(selectors.records(reader).filter(files__file__sha256=sha256).exclude(pk=besides).distinct()[:SHOWN])
