"""A record as DataCite's metadata, kernel 4: for harvesters, and the payload with which a DOI would be registered."""

from typing import Any

from lxml import etree

from platform_core.ground.texts.codes import tag
from platform_core.ground.texts.fields import printable

from ..models import Record

SPACE = "http://datacite.org/schema/kernel-4"
XML = "http://www.w3.org/XML/1998/namespace"
UNKNOWN = ":unav"  # DataCite's code for a value that is not available
TYPES = {"dataset": "Dataset", "report": "Report", "evaluation": "Report", "assessment": "Report", "link": "Other"}


class IncompleteError(ValueError):
    """What DataCite demands and the record lacks, named in the message."""


def payload(record: Record, address: str, doi: str = "") -> dict[str, Any]:
    """Attributes of a DOI in DataCite's JSON."""
    return {
        "doi": doi or None,
        "url": address,
        "creators": [creator(record, name) for name in record.creators or [UNKNOWN]],
        "titles": [{"title": text, "lang": tag(code)} for code, text in record.title.items()],
        "publisher": {"name": "ClusterPoliSEE"},
        "publicationYear": record.year,
        "types": {"resourceTypeGeneral": TYPES.get(record.kind, "Text"), "resourceType": record.kind},
        "language": tag(record.title.source),
        "subjects": [{"subject": concept.label["en"], "lang": "en"} for concept in record.concepts.all()],
        "descriptions": [
            {"description": text, "descriptionType": "Abstract", "lang": tag(code)}
            for code, text in record.summary.items()
        ],
        "rightsList": [{"rightsIdentifier": record.licence, "rightsIdentifierScheme": "SPDX"}],
        "fundingReferences": [{"funderName": record.funding}] if record.funding else [],
        "dates": [{"date": str(record.published_on), "dateType": "Available"}] if record.published_on else [],
    }


def check(record: Record) -> None:
    """Raises IncompleteError for a record that no DOI could be registered for."""
    needed = {"creators": record.creators, "titles": dict(record.title), "publicationYear": record.year}
    if lacking := [name for name, value in needed.items() if not value]:
        raise IncompleteError(", ".join(lacking))


def creator(record: Record, name: str) -> dict[str, Any]:
    address = record.identifiers.get(name, "")
    scheme = "ROR" if "ror.org" in address else "ORCID"
    known = [{"nameIdentifier": address, "nameIdentifierScheme": scheme}] if address else []
    return {"name": name, **({"nameIdentifiers": known} if known else {})}


def write(metadata: Any, record: Record, address: str) -> None:
    """The same as XML, under an element of OAI-PMH."""
    form = etree.SubElement(metadata, f"{{{SPACE}}}resource", nsmap={None: SPACE})
    told = payload(record, address)
    add(form, "identifier", address, identifierType="URL")
    people = add(form, "creators")
    for one in told["creators"]:
        person = add(people, "creator")
        add(person, "creatorName", one["name"])
        for known in one.get("nameIdentifiers", []):
            add(person, "nameIdentifier", known["nameIdentifier"], nameIdentifierScheme=known["nameIdentifierScheme"])
    listed(form, "titles", "title", [(row["title"], row["lang"], {}) for row in told["titles"]])
    add(form, "publisher", told["publisher"]["name"])
    add(form, "publicationYear", str(told["publicationYear"]))
    kind = told["types"]
    add(form, "resourceType", kind["resourceType"], resourceTypeGeneral=kind["resourceTypeGeneral"])
    listed(form, "subjects", "subject", [(row["subject"], row["lang"], {}) for row in told["subjects"]])
    add(form, "language", told["language"])
    rights = add(form, "rightsList")
    add(rights, "rights", record.licence, rightsIdentifier=record.licence, rightsIdentifierScheme="SPDX")
    abstracts = [(row["description"], row["lang"], {"descriptionType": "Abstract"}) for row in told["descriptions"]]
    listed(form, "descriptions", "description", abstracts)


def listed(form: Any, parent: str, name: str, rows: list[tuple[str, str, dict[str, str]]]) -> None:
    if rows:
        element = add(form, parent)
        for text, language, more in rows:
            add(element, name, text, **more).set(f"{{{XML}}}lang", language)


def add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{SPACE}}}{name}", attributes)
    element.text = printable(text) or None
    return element
