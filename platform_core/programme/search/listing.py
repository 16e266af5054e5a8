"""From a request to everything a results page shows; the repository and the search page share it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote_plus, urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Facet, Searchable
from platform_core.ground.texts.codes import active_code, interface_code
from platform_core.ground.texts.snippets import snippet

from . import selectors
from .models import SearchEntry, SearchPage
from .selectors import PER_PAGE, Answer, Question

WORDS_LIMIT = 200


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


def question_of(request: HttpRequest, thing: str = "") -> Question:
    """What a query string asks; unknown filters and wrong numbers are left aside."""
    asked = request.GET
    filters = {facet.code: asked.getlist(facet.code)[:20] for facet in declared(Facet) if asked.get(facet.code)}
    kinds = {searchable.label for searchable in declared(Searchable)}
    return Question(
        words=asked.get("q", "").strip()[:WORDS_LIMIT],
        thing=thing or (asked.get("in", "") if asked.get("in") in kinds else ""),
        filters=filters,
        newest=asked.get("sort") == "newest",
        page=max(1, int(asked["page"])) if asked.get("page", "").isdecimal() and len(asked["page"]) < 5 else 1,
    )


def listing(request: HttpRequest, thing: str = "") -> dict:
    question = question_of(request, thing)
    answer = selectors.find(request.user, question)
    labels = {facet.code: facet.labels() for facet in declared(Facet)}
    return {
        "question": question,
        "answer": answer,
        "rows": [row_of(entry, answer, labels) for entry in answer.entries],
        "page": Known(answer).get_page(answer.question.page),
        "facets": [facet_of(request.GET, facet, answer) for facet in declared(Facet) if facet.code in answer.choices],
        "query": without(request.GET, "page").urlencode(),
        "chosen": [chip for facet in declared(Facet) for chip in chips(request.GET, facet, answer)],
        "relevance": without(request.GET, "page", "sort").urlencode(),
        "newest": "&".join([without(request.GET, "page", "sort").urlencode(), "sort=newest"]),
        "clear": only(request.GET, "q", "in").urlencode(),
    }


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
        "place": _("%(name)s, page %(number)s") % {"name": page.name, "number": page.number},
        "language": interface_code(page.language) if page.language != active_code() else "",
        "address": f"{selectors.address(entry)}#file-{page.file}",
    }


def topic_count(user, thing: str, topic: int) -> int:
    """How many things of a kind a person sees in a topic."""
    return selectors.tallies(user, thing).get("topic", {}).get(str(topic), 0)
