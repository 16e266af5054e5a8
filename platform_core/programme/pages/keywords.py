"""The thesaurus as pages: every keyword with its names in all languages, what is broader and narrower, and as SKOS."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Searchable
from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.sorting import sort_key
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.languages import native_name
from platform_core.ground.ui.panels import panels_for
from platform_core.ground.vocabulary import selectors as vocabulary, thesaurus
from platform_core.ground.vocabulary.models import Concept
from platform_core.programme.search import selectors as search

ALIKE = 0.85


def by_label(concepts: Iterable[Concept]) -> list[Concept]:
    return sorted(concepts, key=lambda concept: sort_key(str(concept.label)))


def counts(user) -> dict[str, int]:
    """Numbers of things a person may see, by keyword."""
    found: dict[str, int] = {}
    for searchable in declared(Searchable):
        for code, number in search.tallies(user, searchable.label).get("concept", {}).items():
            found[code] = found.get(code, 0) + number
    return found


def meant(words: str) -> list[Concept]:
    """Keywords one of whose names, in any language, begins with or is nearly what was typed."""
    by_code = {concept.code: concept for concept in vocabulary.concepts()}
    codes = thesaurus.beginning(words)
    if not codes:
        codes, _unknown = thesaurus.named(thesaurus.nearest(words, ALIKE))
    return by_label(by_code[code] for code in codes)


def below(concept: Concept, narrower: dict[str, list[Concept]]) -> list[Concept]:
    """Everything narrower, each followed by what is narrower still."""
    return [found for one in by_label(narrower.get(concept.pk, [])) for found in (one, *below(one, narrower))]


@cached_for_guests
def keywords(request):
    """All keywords under the broadest ones, or those meant by some words."""
    words = request.GET.get("q", "").strip()[:100]
    numbers = counts(request.user)
    narrower: dict[str, list[Concept]] = {}
    for concept in vocabulary.concepts():
        narrower.setdefault(concept.broader_id or "", []).append(concept)
    top = meant(words) if words else by_label(narrower.get("", []))
    rows = [
        (concept, numbers.get(concept.pk, 0), [(one, numbers.get(one.pk, 0)) for one in below(concept, narrower)])
        for concept in top
    ]
    context = {"rows": rows, "words": words, "total": len(vocabulary.concepts())}
    return render(request, "pages/keywords.html", context)


@cached_for_guests
def keyword(request, code):
    concept = next((one for one in vocabulary.concepts() if one.code == code), None)
    if concept is None:
        raise Http404
    named = thesaurus.names(concept)
    context = {
        "concept": concept,
        "broader": next((one for one in vocabulary.concepts() if one.pk == concept.broader_id), None),
        "narrower": by_label(one for one in vocabulary.concepts() if one.broader_id == concept.pk),
        "names": [(tongue, native_name(interface_code(tongue)), named[tongue]) for tongue in CODES if tongue in named],
        "main": panels_for("keyword.main", request, concept=concept),
    }
    return render(request, "pages/keyword.html", context)


@cached_for_guests
def skos(request):
    """The whole thesaurus in SKOS, as Turtle."""
    with override(settings.LANGUAGE_CODE):
        home = request.build_absolute_uri(f"/{settings.LANGUAGE_CODE}/keywords/")
    graph = Graph()
    graph.bind("skos", SKOS)
    scheme = URIRef(home)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for concept in vocabulary.concepts():
        here = URIRef(f"{home}{concept.pk}/")
        graph.add((here, RDF.type, SKOS.Concept))
        graph.add((here, SKOS.inScheme, scheme))
        for tongue, (label, *others) in thesaurus.names(concept).items():
            tag = interface_code(tongue)
            graph.add((here, SKOS.prefLabel, Literal(label, lang=tag)))
            for other in set(others):
                graph.add((here, SKOS.altLabel, Literal(other, lang=tag)))
        if concept.broader_id:
            graph.add((here, SKOS.broader, URIRef(f"{home}{concept.broader_id}/")))
        else:
            graph.add((scheme, SKOS.hasTopConcept, here))
    return HttpResponse(graph.serialize(format="turtle"), content_type="text/turtle; charset=utf-8")
