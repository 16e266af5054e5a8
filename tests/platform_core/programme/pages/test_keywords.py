"""The thesaurus as pages."""

import pytest
from django.core.cache import cache
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Concept
from tests.factories.repository import record
from tests.people import browser_of
from tests.platform_core.programme.search.asking import open_to
from tests.settling import settle

pytestmark = pytest.mark.django_db


def rows(person, query: str = "", language: str = "en") -> list[tuple]:
    cache.clear()
    return browser_of(person).get(f"/{language}/keywords/{query}").context["rows"]


def number_of(person, code: str) -> int:
    found = {concept.pk: number for concept, number, _narrower in rows(person)}
    for _concept, _number, narrower in rows(person):
        found |= {one.pk: number for one, number in narrower}
    return found[code]


def test_every_keyword_has_its_place(people):
    found = rows(people.guest)

    assert sum(1 + len(narrower) for _concept, _number, narrower in found) == Concept.objects.count()


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("cluster finan", ["cluster_financing"]),
        ("finanțarea clust", ["cluster_financing"]),
        ("χρηματοδότηση συνεργ", ["cluster_financing"]),
        ("cluster finansing", ["cluster_financing"]),
        ("zzzz", []),
    ],
)
def test_one_is_found_by_any_of_its_names(people, words, codes):
    assert [concept.pk.replace("-", "_") for concept, *_rest in rows(people.guest, f"?q={words}")] == codes


def test_numbers_count_what_one_sees(people):
    code = Concept.objects.filter(broader=None).first().pk
    record("Public", concepts=[code])
    open_to(record("For members", concepts=[code]), "members")
    settle()

    assert {name: number_of(person, code) for name, person in people.each()} == {
        **dict.fromkeys(("lena", "wanda", "marko", "ana"), 2),
        **dict.fromkeys(("petra", "carl", "guest"), 1),
    }


def test_a_keyword_tells_its_names_and_what_it_describes(client):
    concept = Concept.objects.exclude(broader=None).first()
    record("Described", concepts=[concept.pk])
    settle()

    shown = client.get(f"/en/keywords/{concept.pk}/")

    assert (shown.context["broader"].pk, len(shown.context["names"])) == (concept.broader_id, 11)
    assert "Described" in shown.content.decode()
    assert client.get("/en/keywords/none-such/").status_code == 404


def test_the_thesaurus_for_programs(client):
    graph = Graph().parse(data=client.get("/en/keywords/thesaurus.ttl").content, format="turtle")

    one = vocabulary.concepts()[0]
    address = URIRef(f"http://testserver/en/keywords/{one.pk}/")
    assert len(list(graph.subjects(RDF.type, SKOS.Concept))) == Concept.objects.count()
    assert (address, SKOS.prefLabel, Literal(one.label["en"], lang="en")) in graph
    assert len({label.language for label in graph.objects(address, SKOS.prefLabel)}) == 11
