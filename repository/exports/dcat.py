"""The catalogue in DCAT-AP 3, for data portals: every record that everyone may see is a dataset.

Pages follow Hydra, as portals' harvesters do, so that no answer grows with the catalogue. Languages, countries, themes, kinds
of files and access rights are named by the authority tables of the EU's Publications Office, regions by Eurostat's NUTS.
"""

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from platform_core.ground.texts.codes import tag
from platform_core.ground.texts.fields import printable
from platform_core.ground.vocabulary.linking import prefetch_vocabulary

from .. import licences, selectors
from ..creators import ORGANISATION, PERSON, nature_of
from ..models import Record, RecordFile

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
AUTHORITY = "http://publications.europa.eu/resource/authority"
NUTS = "http://data.europa.eu/nuts/code"
LANGUAGES = {
    "en": "ENG",
    "it": "ITA",
    "de": "DEU",
    "hu": "HUN",
    "ro": "RON",
    "bg": "BUL",
    "el": "ELL",
    "sk": "SLK",
    "sl": "SLV",
    "hr": "HRV",
    "sr": "SRP",
}
COUNTRIES = {
    "IT": "ITA",
    "AT": "AUT",
    "HU": "HUN",
    "RO": "ROU",
    "BG": "BGR",
    "GR": "GRC",
    "SK": "SVK",
    "SI": "SVN",
    "HR": "HRV",
    "RS": "SRB",
}
THEMES = {1: "TECH", 2: "ENVI", 3: "INTR", 4: "ECON", 5: "REGI", 6: "EDUC"}
FILE_TYPES = {
    "application/pdf": "PDF",
    "text/csv": "CSV",
    "text/plain": "TXT",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
}
FORMATS = {
    "ttl": ("turtle", "text/turtle"),
    "rdf": ("pretty-xml", "application/rdf+xml"),
    "jsonld": ("json-ld", "application/ld+json"),
}
PER_PAGE = 200


def page_of(request: HttpRequest, number: int) -> tuple[Graph, int]:
    """One page of the catalogue and the number of pages."""
    rows = selectors.records(AnonymousUser()).filter(state=Record.State.PUBLISHED).order_by("pk")
    pages = max(1, -(-rows.count() // PER_PAGE))
    number = max(1, min(number, pages))
    with_files = RecordFile.objects.select_related("file")
    shown = rows.prefetch_related(Prefetch("files", with_files))[(number - 1) * PER_PAGE :][:PER_PAGE]
    records = list(shown)
    prefetch_vocabulary(records, "topics", "countries", "regions", "concepts")
    return catalogue(request, records, number, pages), pages


def catalogue(request: HttpRequest, records: Sequence[Record], number: int, pages: int) -> Graph:
    root = request.build_absolute_uri("/").rstrip("/")
    graph, whole = begun(), URIRef(f"{root}/catalogue")
    graph.add((whole, RDF.type, DCAT.Catalog))
    graph.add((whole, DCTERMS.title, Literal("ClusterPoliSEE", lang="en")))
    told = "Practices, lessons, policies and documents on cluster policy in the regions of South-East Europe"
    graph.add((whole, DCTERMS.description, Literal(told, lang="en")))
    graph.add((whole, DCTERMS.publisher, publisher(graph, root)))
    graph.add((whole, FOAF.homepage, URIRef(f"{root}/en/")))
    for code in LANGUAGES.values():
        graph.add((whole, DCTERMS.language, URIRef(f"{AUTHORITY}/language/{code}")))
    for record in records:
        graph.add((whole, DCAT.dataset, add_dataset(graph, record, request)))
    add_pages(graph, whole, number, pages)
    return graph


def alone(record: Record, address: str) -> str:
    """One record as Turtle."""
    graph = begun()
    add_described(graph, URIRef(address), record)
    graph.add((URIRef(address), DCTERMS.publisher, publisher(graph, address.partition("/repository/")[0])))
    return graph.serialize(format="turtle")


def begun() -> Graph:
    graph = Graph()
    for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("hydra", HYDRA)):
        graph.bind(prefix, space)
    return graph


def publisher(graph: Graph, root: str) -> URIRef:
    us = URIRef(f"{root}#publisher")
    graph.add((us, RDF.type, FOAF.Agent))
    graph.add((us, FOAF.name, Literal("ClusterPoliSEE")))
    return us


def add_pages(graph: Graph, whole: URIRef, number: int, pages: int) -> None:
    view = URIRef(f"{whole}?page={number}")
    graph.add((view, RDF.type, HYDRA.PagedCollection))
    graph.add((view, HYDRA.itemsPerPage, Literal(PER_PAGE)))
    places = {"firstPage": 1, "lastPage": pages, "previousPage": number - 1, "nextPage": number + 1}
    for name, place in places.items():
        if 1 <= place <= pages:
            graph.add((view, HYDRA[name], Literal(f"{whole}?page={place}")))


def add_dataset(graph: Graph, record: Record, request: HttpRequest) -> URIRef:
    """Addresses are those of the English page, which is what identifies a record."""
    with override("en"):
        address = request.build_absolute_uri(record.get_absolute_url())
        dataset = add_described(graph, URIRef(address), record)
        graph.add((dataset, DCTERMS.publisher, publisher(graph, request.build_absolute_uri("/").rstrip("/"))))
        if selectors.has_open_files(record):
            for attached in record.files.all():
                place = reverse("repository:download", args=[record.code, attached.pk, attached.name])
                add_file(graph, dataset, record, attached, request.build_absolute_uri(place))
    return dataset


def add_described(graph: Graph, dataset: URIRef, record: Record) -> URIRef:
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, DCTERMS.identifier, Literal(str(dataset))))
    add_texts(graph, dataset, DCTERMS.title, record.title)
    add_texts(graph, dataset, DCTERMS.description, record.summary)
    for concept in record.concepts.all():
        add_texts(graph, dataset, DCAT.keyword, concept.label)
    rows = [(DCAT.theme, f"data-theme/{THEMES[topic.pk]}") for topic in record.topics.all() if topic.pk in THEMES]
    rows += [(DCTERMS.language, f"language/{LANGUAGES[code]}") for code in record.languages if code in LANGUAGES]
    places = [COUNTRIES[country.iso] for country in record.countries.all() if country.iso in COUNTRIES]
    rows += [(DCTERMS.spatial, f"country/{code}") for code in places]
    rows.append((DCTERMS.accessRights, "access-right/PUBLIC"))
    for name, code in rows:
        graph.add((dataset, name, URIRef(f"{AUTHORITY}/{code}")))
    for region in record.regions.all():
        graph.add((dataset, DCTERMS.spatial, URIRef(f"{NUTS}/{region.code}")))
    for name, day in ((DCTERMS.issued, record.published_on), (DCTERMS.modified, record.changed_on)):
        if day:
            graph.add((dataset, name, Literal(day.isoformat(), datatype=XSD.date)))
    for name in record.creators:
        graph.add((dataset, DCTERMS.creator, agent(graph, record, name)))
    graph.add((dataset, DCAT.landingPage, dataset))
    return dataset


def add_texts(graph: Graph, subject: URIRef, name: URIRef, texts) -> None:
    for code, text in texts.items():
        graph.add((subject, name, Literal(printable(text), lang=tag(code))))


AGENTS = {PERSON: FOAF.Person, ORGANISATION: FOAF.Organization, "": FOAF.Agent}


def agent(graph: Graph, record: Record, name: str) -> URIRef | BNode:
    known = record.identifiers.get(name, "")
    found = URIRef(known) if known else BNode()
    graph.add((found, RDF.type, AGENTS[nature_of(name, record.identifiers, record.natures)]))
    graph.add((found, FOAF.name, Literal(printable(name))))
    return found


def add_file(graph: Graph, dataset: URIRef, record: Record, attached: RecordFile, address: str) -> None:
    found, stored = URIRef(address), attached.file
    graph.add((dataset, DCAT.distribution, found))
    graph.add((found, RDF.type, DCAT.Distribution))
    graph.add((found, DCTERMS.title, Literal(attached.name)))
    graph.add((found, DCAT.accessURL, found))
    graph.add((found, DCAT.downloadURL, found))
    graph.add((found, DCAT.byteSize, Literal(stored.size, datatype=XSD.nonNegativeInteger)))
    graph.add((found, DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{stored.media_type}")))
    if stored.media_type in FILE_TYPES:
        graph.add((found, DCTERMS.format, URIRef(f"{AUTHORITY}/file-type/{FILE_TYPES[stored.media_type]}")))
    graph.add((found, DCTERMS.license, URIRef(licences.address(record.licence))))


def serialised(graph: Graph, ending: str) -> bytes:
    return graph.serialize(format=FORMATS[ending][0], encoding="utf-8")
