"""A record as DataCite's metadata, kernel 4: for harvesters, and the payload with which a DOI would be registered."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from platform_core.ground.texts.codes import tag
from platform_core.ground.texts.fields import printable

from ..creators import PERSON, nature_of
from ..models import Record
from .citation import split
from .relations import Relation

SPACE = "http://datacite.org/schema/kernel-4"
XML = "http://www.w3.org/XML/1998/namespace"
UNKNOWN = ":unav"  # DataCite's code for a value that is not available
TYPES = {"dataset": "Dataset", "report": "Report", "evaluation": "Report", "assessment": "Report", "link": "Other"}


# Controlled lists of the schema, version 4.6
GENERAL_TYPES = re.compile(
    "Audiovisual|Award|Book|BookChapter|Collection|ComputationalNotebook|ConferencePaper|"
    "ConferenceProceeding|DataPaper|Dataset|Dissertation|Event|Image|Instrument|InteractiveResource|"
    "Journal|JournalArticle|Model|OutputManagementPlan|PeerReview|PhysicalObject|Preprint|Project|"
    "Report|Service|Software|Sound|Standard|StudyRegistration|Text|Workflow|Other"
)
IDENTIFIER_TYPES = re.compile(
    "ARK|arXiv|bibcode|CSTR|DOI|EAN13|EISSN|Handle|IGSN|ISBN|ISSN|ISTC|LISSN|LSID|PMID|PURL|RRID|UPC|URL|URN|w3id"
)
RELATION_TYPES = re.compile(
    "IsCitedBy|Cites|IsCollectedBy|Collects|IsSupplementTo|IsSupplementedBy|IsContinuedBy|Continues|"
    "IsDescribedBy|Describes|HasMetadata|IsMetadataFor|HasVersion|IsVersionOf|IsNewVersionOf|"
    "IsPreviousVersionOf|IsPartOf|HasPart|IsPublishedIn|IsReferencedBy|References|IsDocumentedBy|"
    "Documents|IsCompiledBy|Compiles|IsVariantFormOf|IsOriginalFormOf|IsIdenticalTo|IsReviewedBy|"
    "Reviews|IsDerivedFrom|IsSourceOf|IsRequiredBy|Requires|Obsoletes|IsObsoletedBy|HasTranslation|"
    "IsTranslationOf"
)
RELATIONS = {  # by our kind: from the record, and from the other end
    "based_on": ("IsDerivedFrom", "IsSourceOf"),
    "supported_by": ("References", "IsReferencedBy"),
    "adopted_from": ("IsDerivedFrom", "IsSourceOf"),
    "translation_of": ("IsTranslationOf", "HasTranslation"),
    "version_of": ("IsVersionOf", "HasVersion"),
    "supersedes": ("Obsoletes", "IsObsoletedBy"),
}
DOI = re.compile(r"10\.\d{4,9}/[^\s/]\S*")


class IncompleteError(ValueError):
    """What DataCite demands and the record lacks, named in the message."""


def payload(record: Record, address: str, doi: str = "", relations: Sequence[Relation] = ()) -> dict[str, Any]:
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
        "version": str(record.version or ""),
        "relatedIdentifiers": [
            {
                "relatedIdentifier": one.address,
                "relatedIdentifierType": "URL",
                "relationType": RELATIONS[one.kind][0 if one.is_own else 1],
            }
            for one in relations
            if one.kind in RELATIONS
        ],
        "dates": [{"date": str(record.published_on), "dateType": "Available"}] if record.published_on else [],
    }


def check(told: Mapping[str, Any]) -> None:
    """Raises IncompleteError for a payload that no DOI could be registered with: what is mandatory in the schema, and the
    controlled lists."""
    if lacking := [name for name, is_right in rules(told) if not is_right]:
        raise IncompleteError(", ".join(lacking))


def rules(told: Mapping[str, Any]) -> Iterable[tuple[str, bool]]:
    creators, titles, types = told["creators"], told["titles"], told["types"]
    yield "identifier", bool(DOI.fullmatch(told["doi"] or ""))
    yield "url", told["url"].startswith(("https://", "http://"))
    yield "creators", bool(creators) and all(one["name"].strip() not in ("", UNKNOWN) for one in creators)
    yield "titles", bool(titles) and all(one["title"].strip() for one in titles)
    yield "publisher", bool(told["publisher"]["name"].strip())
    yield "publicationYear", 1000 <= (told["publicationYear"] or 0) <= 9999
    yield "resourceTypeGeneral", bool(GENERAL_TYPES.fullmatch(types["resourceTypeGeneral"]))
    yield "resourceType", bool(types["resourceType"])
    for one in told["relatedIdentifiers"]:
        yield "relatedIdentifierType", bool(IDENTIFIER_TYPES.fullmatch(one["relatedIdentifierType"]))
        yield "relationType", bool(RELATION_TYPES.fullmatch(one["relationType"]))


def creator(record: Record, name: str) -> dict[str, Any]:
    address = record.identifiers.get(name, "")
    scheme = "ROR" if "ror.org" in address else "ORCID"
    known = [{"nameIdentifier": address, "nameIdentifierScheme": scheme}] if address else []
    return {**named(record, name), **({"nameIdentifiers": known} if known else {})}


def named(record: Record, name: str) -> dict[str, str]:
    """People by surname and given name; where nobody says what a creator is, no type is told."""
    nature = nature_of(name, record.identifiers, record.natures)
    if nature != PERSON:
        return {"name": name, **({"nameType": "Organizational"} if nature else {})}
    surname, given = split(name)
    parts = {"givenName": given, "familyName": surname} if given else {"familyName": surname}
    return {"name": ", ".join(filter(None, (surname, given))), "nameType": "Personal", **parts}


def write(metadata: Any, record: Record, address: str, relations: Sequence[Relation] = ()) -> None:
    """The same as XML, under an element of OAI-PMH."""
    form = etree.SubElement(metadata, f"{{{SPACE}}}resource", nsmap={None: SPACE})
    told = payload(record, address, relations=relations)
    add(form, "identifier", record.doi or address, identifierType="DOI" if record.doi else "URL")
    if record.doi:
        add(add(form, "alternateIdentifiers"), "alternateIdentifier", address, alternateIdentifierType="URL")
    people = add(form, "creators")
    for one in told["creators"]:
        person = add(people, "creator")
        kind = {"nameType": one["nameType"]} if "nameType" in one else {}
        add(person, "creatorName", one["name"], **kind)
        for part in ("givenName", "familyName"):
            if part in one:
                add(person, part, one[part])
        for known in one.get("nameIdentifiers", []):
            add(person, "nameIdentifier", known["nameIdentifier"], nameIdentifierScheme=known["nameIdentifierScheme"])
    listed(form, "titles", "title", [(row["title"], row["lang"], {}) for row in told["titles"]])
    add(form, "publisher", told["publisher"]["name"])
    add(form, "publicationYear", str(told["publicationYear"]))
    kind = told["types"]
    add(form, "resourceType", kind["resourceType"], resourceTypeGeneral=kind["resourceTypeGeneral"])
    listed(form, "subjects", "subject", [(row["subject"], row["lang"], {}) for row in told["subjects"]])
    add(form, "language", told["language"])
    if told["relatedIdentifiers"]:
        others = add(form, "relatedIdentifiers")
        for row in told["relatedIdentifiers"]:
            kinds = {name: row[name] for name in ("relatedIdentifierType", "relationType")}
            add(others, "relatedIdentifier", row["relatedIdentifier"], **kinds)
    if told["version"]:
        add(form, "version", told["version"])
    for row in told["dates"]:
        add(add(form, "dates"), "date", row["date"], dateType=row["dateType"])
    for row in told["fundingReferences"]:
        add(add(add(form, "fundingReferences"), "fundingReference"), "funderName", row["funderName"])
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
