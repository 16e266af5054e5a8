from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Facet, Searchable
from platform_core.ground.texts.analysis import query_words, variants
from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import printable
from platform_core.ground.vocabulary import thesaurus
from platform_core.identity.access.keys import MEMBERS, PUBLIC
from platform_core.identity.access.models import Audience
from platform_core.identity.access.selectors import keys_of

from . import matching
from .backends import backend
from .indexing import keyword_token
from .matching import Condition, add_audience, condition, read
from .models import FacetTally, SearchEntry, SearchFacet, SearchPage

LIMIT = 1000
CANDIDATES = 500
PER_PAGE = 20
PAGES_PER_ENTRY = 3
ORDERS = ("newest", "used")
START = "start"  # the cursor of a walk that begins


@dataclass(frozen=True)
class Question:
    """What is asked: words, a kind of thing (empty for all), filters as dimension → values, and the order.

    Without an order, words are answered by fit and lists from the newest.
    """

    words: str = ""
    thing: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)
    order: str = ""
    page: int = 1

    @cached_property
    def tokens(self) -> list[tuple[str, ...]]:
        """For each word the tokens any of which answers it: its own forms, and the keywords it is part of the name of."""
        code = active_code()
        meant = thesaurus.asked_for(self.words, code)
        return [
            (*variants(word, code), *map(keyword_token, sorted(meant.get(word, ()))))
            for word in query_words(self.words)
        ]

    @cached_property
    def few(self) -> list[int] | None:
        """The entries that hold the words, whoever may see them, where naming them pays; None when they are more than 500."""
        return backend().few(self.tokens, CANDIDATES) if self.tokens else []

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many entries have one of the chosen values, by dimension, whoever may see them; the empty one has them all."""
        if not self.filters:
            return {}
        asked = Q(dimension="") | Q(dimension__in=self.filters)
        rows = FacetTally.objects.filter(asked, **({"thing": self.thing} if self.thing else {}))
        found = dict.fromkeys(["", *self.filters], 0)
        for dimension, value, number in rows.values_list("dimension", "value", "count"):
            if not dimension or value in self.filters[dimension]:
                found[dimension] += number
        return found

    @property
    def has_words(self) -> bool:
        return bool(self.words.strip())

    @property
    def by_fit(self) -> bool:
        return bool(self.tokens) and self.order not in ORDERS

    @property
    def is_plain(self) -> bool:
        return not self.has_words and not self.filters


@dataclass
class Choice:
    code: str
    label: str
    count: int
    selected: bool


@dataclass
class Answer:
    """`total` is exact up to 1,000; `more` says that there are more."""

    question: Question
    total: int
    more: bool
    entries: list[SearchEntry]
    pages: dict[int, list[SearchPage]]
    choices: dict[str, list[Choice]]

    @property
    def page_count(self) -> int:
        return max(1, -(-min(self.total, LIMIT) // PER_PAGE))


def find(user, question: Question) -> Answer:
    if question.is_plain and question.thing:
        return browse(user, question)
    asked = condition(user, question)
    found = read(f"entry.id, entry.marks, {asked.source.fit if question.by_fit else 'NULL'}", asked, LIMIT + 1)
    ids = [pk for pk, _marks, _fit in found]
    more = len(ids) > LIMIT
    question = within(question, len(ids))
    known = {pk: fit for pk, _marks, fit in found if fit is not None}
    ordered = by_fit(user, question, ids[:LIMIT], known) if question.by_fit else ids[:LIMIT]
    if question.order == "used":
        ordered = [pk for (pk,) in read("entry.id", condition(user, question), LIMIT, matching.MOST_USED_FIRST)]
    shown = entries(ordered[(question.page - 1) * PER_PAGE :][:PER_PAGE])
    counts = filtered_counts(user, question, (marks for _pk, marks, _fit in found))
    return Answer(question, min(len(ids), LIMIT), more, shown, pages_of(question, shown), choices(question, counts))


def browse(user, question: Question) -> Answer:
    """The unfiltered list: its counts are maintained, so it costs the same at any size."""
    counts = tallies(user, question.thing)
    total = counts.get("", {}).get("", 0)
    question = within(question, total)
    start = (question.page - 1) * PER_PAGE
    order = matching.MOST_USED_FIRST if question.order == "used" else ""
    shown = matching.entries(condition(user, question), start, min(PER_PAGE, LIMIT - start), order)
    return Answer(question, min(total, LIMIT), total > LIMIT, shown, {}, choices(question, counts))


def walk(user, question: Question, after: tuple[date, int] | None, count: int) -> list[SearchEntry]:
    """The next entries that answer, from the newest, however many there are; `after` is day and key of the last one had."""
    return matching.entries_after(condition(user, question), after, count)


def place_of(cursor: str) -> tuple[date, int] | None:
    """Day and key of the last entry had; None at the start."""
    if cursor == START:
        return None
    day, _dot, key = cursor.partition(".")
    try:
        return date.fromisoformat(day), int(key[:18])
    except ValueError as problem:
        raise ValidationError(
            {"cursor": _("“%(value)s” is no cursor.") % {"value": printable(cursor[:40])}}
        ) from problem


def within(question: Question, total: int) -> Question:
    """The same question, for the last page when it asked for one beyond."""
    page = max(1, min(question.page, -(-min(total, LIMIT) // PER_PAGE)))
    return question if page == question.page else replace(question, page=page)


def by_fit(user, question: Question, ids: list[int], known: dict[int, float]) -> list[int]:
    """All title hits and the newest 500 from the best to the least, then the others from the newest.

    `known` says of some how little they fit.
    """
    candidates = ids
    if len(ids) > CANDIDATES:
        titles = read("entry.id", condition(user, question, in_title=True), CANDIDATES)
        candidates = list(dict.fromkeys([*(pk for (pk,) in titles), *ids[:CANDIDATES]]))
    unknown = [pk for pk in candidates if pk not in known]
    fits = known | backend().fits(question.tokens, unknown) if unknown else known
    best = sorted((pk for pk in candidates if pk in fits), key=lambda pk: (fits[pk], -pk))
    return list(dict.fromkeys([*best, *ids]))[:LIMIT]


def entries(ids: list[int]) -> list[SearchEntry]:
    found = {entry.pk: entry for entry in matching.rows(SearchEntry, ids)}
    return [found[pk] for pk in ids if pk in found]


def pages_of(question: Question, shown: list[SearchEntry]) -> dict[int, list[SearchPage]]:
    """The best pages of files inside the entries shown, at most three each."""
    found: dict[int, list[SearchPage]] = defaultdict(list)
    if not question.tokens or not shown:
        return found
    hits = backend().page_hits(question.tokens, [entry.pk for entry in shown], 10 * len(shown))
    rows = {page.pk: page for page in matching.rows(SearchPage, hits)}
    for pk in hits:
        if len(found[rows[pk].entry_id]) < PAGES_PER_ENTRY:
            found[rows[pk].entry_id].append(rows[pk])
    return found


Counts = dict[str, dict[str, int]]


def filtered_counts(user, question: Question, marks: Iterable[str]) -> Counts:
    """Counts beside each choice, over at most the newest 1,001 answers; a filtered dimension is counted without itself."""
    counts = count_marks(marks)
    for dimension in question.filters:
        others = read("entry.marks", condition(user, question, without=dimension), LIMIT + 1)
        counts[dimension] = count_marks(mark for (mark,) in others).get(dimension, {})
    return counts


def count_marks(marks: Iterable[str]) -> Counts:
    counts: Counts = {}
    for mark, number in Counter("\n".join(filter(None, marks)).splitlines()).items():
        dimension, _sign, value = mark.partition("=")
        counts.setdefault(dimension, {})[value] = number
    return counts


def count_facets(rows: QuerySet[SearchFacet]) -> Counts:
    counts: Counts = defaultdict(dict)
    for dimension, value, number in rows.values_list("dimension", "value").annotate(Count("pk")).order_by():
        counts[dimension][value] = number
    return dict(counts)


def tallies(user, thing: str) -> Counts:
    """Maintained counts of a kind of thing for a person; narrower things that she may see are counted on top."""
    keys, counts = keys_of(user), defaultdict(dict)
    open_to = Q(openness=0) | Q(openness=1) if MEMBERS in keys else Q(openness=0)
    rows = FacetTally.objects.filter(open_to, thing=thing, count__gt=0).values_list("dimension", "value")
    for dimension, value, number in rows.annotate(Sum("count")).order_by():
        counts[dimension][value] = number
    if keys != {PUBLIC}:
        add_narrow(user, thing, counts, exclude=open_to)
    return dict(counts)


def visible_entries(user, rows: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    seen = Audience.objects.filter(thing=OuterRef("thing"), object_id=OuterRef("object_id"), key__in=keys_of(user))
    return rows.filter(Exists(seen))


def add_narrow(user, thing: str, counts: Counts, exclude: Q) -> None:
    narrow = visible_entries(user, SearchEntry.objects.filter(thing=thing).exclude(exclude))
    number = narrow.count()
    if number:
        counts[""][""] = counts[""].get("", 0) + number
        for dimension, values in count_facets(SearchFacet.objects.filter(entry__in=narrow.values("pk"))).items():
            for value, extra in values.items():
                counts[dimension][value] = counts[dimension].get(value, 0) + extra


def choices(question: Question, counts: Counts) -> dict[str, list[Choice]]:
    """Choices of every declared facet that has any; chosen ones are always there."""
    found = {}
    for facet in declared(Facet):
        chosen, numbers = question.filters.get(facet.code, []), counts.get(facet.code, {})
        labels = facet.labels()
        known = [code for code in labels if numbers.get(code) or code in chosen]
        rest = sorted((code for code in {*numbers, *chosen} if code not in labels), reverse=True)
        rows = [Choice(code, labels.get(code, code), numbers.get(code, 0), code in chosen) for code in [*known, *rest]]
        if rows:
            found[facet.code] = rows
    return found


def kinds() -> list[Searchable]:
    return list(declared(Searchable))


def kind_of(thing: str) -> Searchable | None:
    return next((kind for kind in declared(Searchable) if kind.label == thing), None)


def kind_name(thing: str) -> str:
    kind = kind_of(thing)
    return str(kind.name) if kind else ""


def latest(user, question: Question, count: int, after: int = 0) -> list[SearchEntry]:
    """The newest entries that answer; with `after` only those entered later than the entry of that key."""
    found = condition(user, question)
    if after:
        found.add("entry.id > %s", [after])
    return matching.entries(found, 0, count)


def numbers_after(user, asked: Iterable[tuple[Question, int]], most: int) -> list[int]:
    """For each question how many entries answer it that were entered later than the entry of that key, at most so many."""
    conditions = []
    for question, after in asked:
        found = condition(user, question, ask_few=False)
        found.add("entry.id > %s", [after])
        conditions.append(found)
    return matching.numbers(conditions, most)


def add_scope(found: Condition, user, thing: str) -> None:
    """One kind of thing, or all; and only what a person may see."""
    if thing:
        found.add("entry.thing = %s", [thing])
    add_audience(found, user)


def newest(user, thing: str, count: int, **filters: str) -> list[SearchEntry]:
    """The newest visible entries of a kind of thing, with facet filters such as topic="4"."""
    question = Question(thing=thing, filters={name: [value] for name, value in filters.items()})
    return matching.entries(condition(user, question), 0, count)


def address(entry: SearchEntry) -> str:
    return address_in(entry.route, entry.key, get_language())


@lru_cache(maxsize=4096)
def address_in(route: str, key: str, language: str | None) -> str:
    """Addresses begin with the language that is active, which is why it is asked for."""
    return reverse(route, args=[key])
