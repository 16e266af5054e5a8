"""From a request to everything a results page shows; the repository and the search page share it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from urllib.parse import quote_plus, urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Facet, Searchable
from platform_core.ground.texts.codes import active_code, interface_code
from platform_core.ground.texts.snippets import snippet

from . import selectors
from .forms import SaveSearchForm
from .models import SearchEntry, SearchPage
from .selectors import PER_PAGE, Answer, Question
from .suggesting import ways_on

WORDS_LIMIT = 200


def kept_as(asked: QueryDict, question: Question) -> dict:
    name = question.words or selectors.kind_name(question.thing) or _("Everything")
    return {"name": name, "thing": question.thing, "query": without(asked, "page", "in").urlencode()}


class Known(Paginator):
    """A paginator over an answer whose page is already cut."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(range(answer.total), PER_PAGE)
        self.answer = answer

    def page(self, number) -> Page:
        return Page(self.answer.entries, self.validate_number(number), self)


@dataclass
class Row:
    title: str
    language: str
    address: str
    summary: str
    meta: list[str]
    topic: int
    topic_name: str
    day: date
    badge: str
    snippets: list[dict[str, str]]


def question_of(request: HttpRequest, thing: str = "", within: QueryDict | None = None) -> Question:
    """`within` are words and filters that always hold; what they filter cannot be chosen otherwise."""
    question = question_from(request.GET, thing)
    if within is None:
        return question
    fixed = question_from(within, thing)
    words = " ".join(filter(None, [fixed.words, question.words]))
    return replace(question, words=words, filters=question.filters | fixed.filters)


def asked_in_all(request: HttpRequest, question: Question, within: QueryDict | None) -> QueryDict:
    """The query that asks the whole question elsewhere, together with what always holds here."""
    if within is None:
        return request.GET
    asked = request.GET.copy()
    if question.words:
        asked["q"] = question.words
    for name, values in question.filters.items():
        asked.setlist(name, values)
    return asked


def question_from(asked: QueryDict, thing: str = "") -> Question:
    """What a query string asks; unknown filters and wrong numbers are left aside."""
    filters = {facet.code: asked.getlist(facet.code)[:20] for facet in declared(Facet) if asked.get(facet.code)}
    kinds = {searchable.label for searchable in declared(Searchable)}
    return Question(
        words=asked.get("q", "").strip()[:WORDS_LIMIT],
        thing=thing or (asked.get("in", "") if asked.get("in") in kinds else ""),
        filters=filters,
        order=asked["sort"] if asked.get("sort") in selectors.ORDERS else "",
        page=max(1, int(asked["page"])) if asked.get("page", "").isdecimal() and len(asked["page"]) < 5 else 1,
    )


@dataclass(frozen=True)
class Missed:
    """That nothing was found, in the shape in which the platform notices what a page shows (see `response.used`); `topic` is
    the one that was filtered by."""

    thing: str = "search.missed"
    pk: int = 0
    deed: str = "views"
    topic: str = ""


def marked(response: HttpResponse, found: dict) -> HttpResponse:
    """Have it counted when words led to nothing."""
    if found["question"].words and not found["answer"].total:
        chosen = found["question"].filters.get("topic", [])
        response.used = Missed(topic=chosen[0] if len(chosen) == 1 else "")  # type: ignore[attr-defined]
    return response


def listing(request: HttpRequest, thing: str = "", within: QueryDict | None = None) -> dict:
    question = question_of(request, thing, within)
    fixed, asked = set(within or ()), asked_in_all(request, question, within)
    answer = selectors.find(request.user, question)
    ways, keywords = ways_on(request.user, question) if not answer.total else ([], [])
    labels = {facet.code: facet.labels() for facet in declared(Facet)}
    offered = [facet for facet in declared(Facet) if facet.code in answer.choices and facet.code not in fixed]
    return {
        "question": question,
        "answer": answer,
        "rows": [row_of(entry, answer, labels) for entry in answer.entries],
        "page": Known(answer).get_page(answer.question.page),
        "facets": [facet_of(request.GET, facet, answer) for facet in offered],
        "query": without(request.GET, "page").urlencode(),
        "chosen": [chip for facet in offered for chip in chips(request.GET, facet, answer)],
        "orders": orders(request.GET, question),
        "ways": [{"way": way, "address": results_address(way.question)} for way in ways],
        "keywords": [{"label": word, "address": results_address(replace(question, words=word))} for word in keywords],
        "atom": feed_address("feed_search", asked, thing),
        "json_feed": feed_address("feed_search_json", asked, thing),
        "search_form": SaveSearchForm(initial=kept_as(asked, question)) if request.user.is_authenticated else None,
        "clear": only(request.GET, "q", "in").urlencode(),
    }


def orders(asked: QueryDict, question: Question) -> list[dict]:
    """The orders a reader can choose from; the first of them needs no saying."""
    rest = without(asked, "page", "sort").urlencode()
    names = {"newest": _("Newest first"), "used": _("Most used first")}
    if question.has_words:
        names = {"": _("Best match first"), **names}
    first = next(iter(names))
    chosen = question.order if question.order in names else first
    return [
        {
            "name": name,
            "chosen": code == chosen,
            "address": "?" + "&".join(filter(None, [rest, "" if code == first else f"sort={code}"])),
        }
        for code, name in names.items()
    ]


def results_address(question: Question) -> str:
    """Where a question is answered."""
    kind = selectors.kind_of(question.thing)
    asked = QueryDict(mutable=True)
    if question.words:
        asked["q"] = question.words
    if question.thing and not (kind and kind.list_route):
        asked["in"] = question.thing
    for name, values in question.filters.items():
        asked.setlist(name, values)
    if question.order:
        asked["sort"] = question.order
    address = reverse(kind.list_route if kind and kind.list_route else "search:search")
    return f"{address}?{asked.urlencode()}" if asked else address


def moment_of(entry: SearchEntry) -> datetime:
    """The day of an entry as a moment, for feeds; entries keep no hour."""
    return datetime.combine(entry.day, time(12), tzinfo=UTC)


def without(asked: QueryDict, *names: str) -> QueryDict:
    rest = asked.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def only(asked: QueryDict, *names: str) -> QueryDict:
    return without(asked, *(name for name in asked if name not in names))


def toggled(asked: QueryDict, dimension: str) -> Callable[[str], str]:
    """Gives for a choice the address of the same question with that choice added or taken away."""
    values, rest = asked.getlist(dimension), without(asked, "page", dimension).urlencode()
    kept = "&".join(filter(None, [rest, urlencode([(dimension, value) for value in values])]))
    added = f"?{kept}&{dimension}=" if kept else f"?{dimension}="

    def address(code: str) -> str:
        if code not in values:
            return f"{added}{quote_plus(code)}"
        pairs = urlencode([(dimension, value) for value in values if value != code])
        return f"?{'&'.join(filter(None, [rest, pairs]))}"

    return address


def facet_of(asked: QueryDict, facet: Facet, answer: Answer) -> dict:
    address = toggled(asked, facet.code)
    choices = [
        {
            "code": choice.code,
            "label": choice.label,
            "count": choice.count,
            "selected": choice.selected,
            "address": address(choice.code),
        }
        for choice in answer.choices[facet.code]
    ]
    return {"code": facet.code, "name": facet.name, "choices": choices}


def chips(asked: QueryDict, facet: Facet, answer: Answer) -> list[dict]:
    if facet.code not in asked:
        return []
    address = toggled(asked, facet.code)
    return [
        {"facet": facet.name, "label": choice.label, "address": address(choice.code)}
        for choice in answer.choices.get(facet.code, [])
        if choice.selected
    ]


def row_of(entry: SearchEntry, answer: Answer, labels: dict) -> Row:
    title, summary = entry.title.localise(), entry.summary.localise()
    values = entry.values
    number = int(values.get("topic", ["0"])[0])
    return Row(
        title=title.text,
        language=interface_code(title.language) if title.is_fallback else "",
        address=selectors.address(entry),
        summary=summary.text,
        meta=meta_of(entry, values, labels),
        topic=number,
        topic_name=labels["topic"].get(str(number), ""),
        day=entry.day,
        badge=_("Demonstration data: invented") if "demonstration" in values else "",
        snippets=snippets_of(entry, answer),
    )


def meta_of(entry: SearchEntry, values: dict[str, list[str]], labels: dict) -> list[str]:
    """Kind, places and year, in the words of the reader."""
    kinds = [labels["kind"].get(code, code) for code in values.get("kind", [])]
    places = [labels["region"].get(code, code) for code in values.get("region", [])]
    places = places or [labels["country"].get(code, code) for code in values.get("country", [])]
    name = next((str(kind.name) for kind in declared(Searchable) if kind.label == entry.thing), "")
    return [*(kinds or [name]), *places[:3], *values.get("year", [])]


def snippets_of(entry: SearchEntry, answer: Answer) -> list[dict]:
    wanted = {token for word in answer.question.tokens for token in word}
    pages = answer.pages.get(entry.pk, []) if wanted else []
    return [page_snippet(page, entry, wanted) for page in pages]


def page_snippet(page: SearchPage, entry: SearchEntry, wanted: set[str]) -> dict:
    return {
        "text": snippet(page.text, wanted, page.language),
        "place": place_words(page),
        "language": interface_code(page.language) if page.language != active_code() else "",
        "address": page_address(page, entry),
    }


def place_words(page: SearchPage) -> str:
    words = _("%(name)s, part %(number)s") if page.is_part else _("%(name)s, page %(number)s")
    return words % {"name": page.name, "number": page.number} if page.name else ""


def page_address(page: SearchPage, entry: SearchEntry) -> str:
    kind = selectors.kind_of(entry.thing)
    if kind and kind.page_route:
        return reverse(kind.page_route, args=[page.file])
    return f"{selectors.address(entry)}#file-{page.file}"


def topic_count(user, thing: str, topic: int) -> int:
    """How many things of a kind a person sees in a topic."""
    return selectors.tallies(user, thing).get("topic", {}).get(str(topic), 0)


def feed_address(route: str, asked: QueryDict, thing: str) -> str:
    """The address of the feed of a list as it is filtered now."""
    asked = without(asked, "page", "sort", "lang")
    if thing:
        asked["in"] = thing
    asked["lang"] = active_code()
    return f"{reverse(route)}?{asked.urlencode()}"
