"""Records that may be the same as another: titles that share most of their words, in whatever order, case and script; and,
where they have no language in common, what they are about.

Two titles are alike when the words they share are at least seven tenths of all their words. Put in one order, longest first,
such titles share a word among the first few of each: the more than three tenths that may differ and one more. Only those
first few are kept (`TitleWord`), so that a title finds what may be alike through an index, and few of the rest.
"""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

from django.db.models import Q

from platform_core.ground.texts.analysis import fold, words
from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary import thesaurus

from . import selectors
from .models import Record, TitleWord

ALIKE = 0.7  # share of the words that two titles have in common
ROUNDING = 1e-9  # of seven tenths of a whole number
LOOKED_THROUGH = 500
SHOWN = 5
EVERYWHERE = {"cluster"}  # told by most records, so it tells none from another
ENOUGH, SAME = 2, 0.4  # keywords, and share of all keywords of two
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


def perhaps(fields: Mapping[str, Any], reader, *, besides: int | None = None) -> list[Record]:
    """Records told only in other languages that may be the same as one with these fields, as services take them; each with
    the keywords `shared`, the one that shares most first.

    They are of the same kind, of the same year or organisation, of no other country, and at least two fifths of what both
    are about is the same: two keywords, or one where the organisation is the same.
    """
    texts = [as_text(fields[name]) for name in ("title", "summary")]
    wanted = set(fields.get("concepts", ())).union(*(thesaurus.mentioned(text) for text in texts)) - EVERYWHERE
    near = Q(year=fields["year"])
    own = getattr(fields.get("organisation"), "pk", fields.get("organisation_id"))
    if own:
        near |= Q(organisation=own)
    countries = {*fields.get("countries", ()), *(code[:2] for code in fields.get("regions", ()))}
    rows = selectors.records(reader).filter(near, kind=fields["kind"], concepts__in=wanted).exclude(pk=besides)
    found = []
    for record in rows.distinct().order_by("-pk").prefetch_related("concepts", "countries")[:LOOKED_THROUGH]:
        held = {concept.pk for concept in record.concepts.all()} - EVERYWHERE
        record.shared = [concept for concept in record.concepts.all() if concept.pk in held & wanted]
        enough = 1 if own and record.organisation_id == own else ENOUGH
        of = {country.pk for country in record.countries.all()}
        is_elsewhere = bool(of and countries and not of & countries)
        is_read_alike = bool(set(texts[0]) & set(record.title))
        about = len(held & wanted) / len(held | wanted)
        if len(record.shared) >= enough and about >= SAME and not is_elsewhere and not is_read_alike:
            found.append(record)
    return sorted(found, key=lambda record: -len(record.shared))[:SHOWN]


def share(one: Key, other: Key) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def with_same_file(sha256: str, reader, *, besides: int | None = None) -> list[Record]:
    return list(selectors.records(reader).filter(files__file__sha256=sha256).exclude(pk=besides).distinct()[:SHOWN])
