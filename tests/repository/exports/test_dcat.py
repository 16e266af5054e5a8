"""The catalogue for data portals."""

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from repository import services
from repository.exports import dcat
from tests.factories.repository import record
from tests.platform_core.programme.search.asking import open_to
from tests.repository.filing import attach
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADDRESS = URIRef("http://testserver/en/repository/vouchers/")


def read(client, ending: str = "ttl", query: str = "") -> Graph:
    answer = client.get(f"/catalogue.{ending}{query}")
    assert answer["Content-Type"] == f"{dcat.FORMATS[ending][1]}; charset=utf-8"
    syntax = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}[ending]
    return Graph().parse(data=answer.content, format=syntax)


def vouchers(**fields):
    given = {"title": {"en": "Vouchers <&>", "el": "Κουπόνια"}, "code": "vouchers", "countries": ["EL"], "topics": [4]}
    made = services.deposit(
        **given,
        kind="good_practice",
        summary={"en": "What came of it."},
        year=2024,
        regions=["EL30"],
        concepts=["venture-capital"],
        languages=["en", "el"],
        creators=["An office"],
        identifiers={"An office": "https://ror.org/012345678"},
        **fields,
    )
    attach(made, b"Text")
    return services.publish(made)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD
def test_every_format_says_the_same(client):
    vouchers()
    settle()

    graphs = [read(client, ending) for ending in dcat.FORMATS]

    assert [len(graph) for graph in graphs] == [len(graphs[0])] * 3


def test_a_dataset_has_what_portals_ask(client):
    made = vouchers()
    settle()
    graph = read(client)

    assert (URIRef("http://testserver/catalogue"), DCAT.dataset, ADDRESS) in graph
    assert {*graph.objects(ADDRESS, DCTERMS.title)} == {
        Literal("Vouchers <&>", lang="en"),
        Literal("Κουπόνια", lang="el"),
    }
    assert {str(one).rpartition("/")[2] for one in graph.objects(ADDRESS, DCTERMS.spatial)} == {"GRC", "EL30"}
    assert {str(one).rpartition("/")[2] for one in graph.objects(ADDRESS, DCTERMS.language)} == {"ENG", "ELL"}
    assert [str(one).rpartition("/")[2] for one in graph.objects(ADDRESS, DCAT.theme)] == ["ECON"]
    assert [str(one).rpartition("/")[2] for one in graph.objects(ADDRESS, DCTERMS.accessRights)] == ["PUBLIC"]
    assert [*graph.objects(ADDRESS, DCTERMS.creator)] == [URIRef("https://ror.org/012345678")]
    assert Literal("Venture capital", lang="en") in {*graph.objects(ADDRESS, DCAT.keyword)}
    (file,) = graph.objects(ADDRESS, DCAT.distribution)
    assert str(file) == f"http://testserver/en/repository/vouchers/files/{made.files.get().pk}/notes.txt"
    assert [str(one) for one in graph.objects(file, DCTERMS.license)] == ["https://spdx.org/licenses/CC-BY-4.0"]


def test_only_what_everyone_may_see(client, people):
    vouchers()
    open_to(record("Members"), "members")
    record("Draft", publish=False)
    services.withdraw(record("Gone"), by=people.lena, why="wrong")
    settle()

    assert [*read(client).subjects(RDF.type, DCAT.Dataset)] == [ADDRESS]


def test_pages_name_the_next(client, monkeypatch):
    monkeypatch.setattr(dcat, "PER_PAGE", 2)
    for number in range(5):
        record(f"V{number}")
    settle()

    found, place = [], "http://testserver/catalogue?page=1"
    while place:
        graph = read(client, "ttl", place.removeprefix("http://testserver/catalogue"))
        found += [str(one) for one in graph.subjects(RDF.type, DCAT.Dataset)]
        place = next((str(one) for one in graph.objects(None, dcat.HYDRA.nextPage)), "")

    assert sorted(found) == [f"http://testserver/en/repository/v{number}/" for number in range(5)]


def test_a_page_costs_the_same_whatever_it_holds(client, django_assert_max_num_queries):
    for number in range(6):
        vouchers() if not number else record(f"V{number}")
    settle()

    with django_assert_max_num_queries(9):
        client.get("/catalogue.ttl")


@pytest.mark.parametrize("query", ["?page=0", "?page=99", "?page=x", "?page=-1"])
def test_wrong_pages_give_one_that_is_there(client, query):
    vouchers()
    settle()

    assert [*read(client, "ttl", query).subjects(RDF.type, DCAT.Dataset)] == [ADDRESS]


def test_unknown_formats_are_not_there(client):
    assert client.get("/catalogue.exe").status_code == 404


def test_one_record_as_turtle(client):
    vouchers()

    graph = Graph().parse(data=client.get("/en/repository/vouchers/cite/ttl/").content, format="turtle")

    assert (ADDRESS, RDF.type, DCAT.Dataset) in graph
