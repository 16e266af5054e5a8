"""What the page of a record tells programs: schema.org, Highwire tags for scholarly search, FAIR Signposting."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from platform_core.ground.texts.codes import tag

from .. import licences
from ..models import Record
from ..selectors import has_open_files
from . import citation
from .dublin_core import dublin_core
from .relations import Relation

TYPES = {"dataset": "Dataset", "report": "Report", "training_material": "LearningResource", "link": "WebPage"}
RELATIONS = {  # by our kind: what schema.org calls it from the record, and from the other end
    "based_on": ("isBasedOn", ""),
    "supported_by": ("citation", ""),
    "adopted_from": ("isBasedOn", ""),
    "translation_of": ("translationOfWork", "workTranslation"),
    "version_of": ("exampleOfWork", "workExample"),
    "supersedes": ("isBasedOn", ""),
}
PDF = "application/pdf"
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def head(record: Record, address: str, relations: Sequence[Relation] = ()) -> SafeString:
    """For the head of the page; drafts tell nothing."""
    if record.state != Record.State.PUBLISHED:
        return SafeString("")
    rows = [("citation_title", str(record.title)), ("citation_publication_date", str(record.year))]
    rows += [("citation_author", name) for name in record.creators]
    rows += [("citation_language", record.title.localise().language), ("citation_abstract_html_url", address)]
    rows += [("citation_doi", record.doi)] if record.doi else []
    rows += [("citation_pdf_url", place) for place in open_pdfs(record, address)]
    rows += [(f"DC.{name}", value) for name, value in [("title", str(record.title)), *dublin_core(record, address)]]
    tags = format_html_join("\n", '<meta name="{}" content="{}">', rows)
    script = json.dumps(schema_org(record, address, relations), ensure_ascii=False).translate(ESCAPES)
    return format_html('{}\n<script type="application/ld+json">{}</script>', tags, mark_safe(script))  # noqa: S308 - escaped above


def open_pdfs(record: Record, address: str) -> list[str]:
    """Where everybody who sees the record gets its PDF files."""
    held = record.files.all() if has_open_files(record) else []
    return [
        urljoin(address, reverse("repository:download", args=[record.code, one.pk, one.name]))
        for one in held
        if one.file.media_type == PDF
    ]


def schema_org(record: Record, address: str, relations: Sequence[Relation] = ()) -> dict[str, Any]:
    title = record.title.localise()
    found = {
        "@context": "https://schema.org",
        "@type": TYPES.get(record.kind, "CreativeWork"),
        "@id": address,
        "url": address,
        "name": {"@value": title.text, "@language": tag(title.language)},
        "description": str(record.summary),
        "inLanguage": [tag(code) for code in record.languages],
        "datePublished": str(record.published_on),
        "dateModified": str(record.changed_on or record.published_on),
        "license": licences.address(record.licence),
        "publisher": {"@type": "Organization", "name": "ClusterPoliSEE"},
        "creator": [creator(record, name) for name in record.creators],
        "keywords": [str(concept.label) for concept in record.concepts.all()],
        "about": [str(topic.name) for topic in record.topics.all()],
        "spatialCoverage": [country.iso for country in record.countries.all()],
        "version": str(record.version or ""),
        **related(relations),
    }
    return {name: value for name, value in found.items() if value}


def related(relations: Sequence[Relation]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for one in relations:
        if name := RELATIONS.get(one.kind, ("", ""))[0 if one.is_own else 1]:
            found.setdefault(name, []).append({"@type": "CreativeWork", "@id": one.address, "name": one.title})
    return found


def creator(record: Record, name: str) -> dict[str, str]:
    address = record.identifiers.get(name, "")
    kind = "Person" if citation.is_person(record, name) else "Organization"
    return {"@type": kind, "name": name, **({"@id": address} if address else {})}


def signposts(record: Record, address: str, request: HttpRequest) -> str:
    """The Link header of FAIR Signposting, level 1."""
    links = [
        (f"https://schema.org/{TYPES.get(record.kind, 'CreativeWork')}", "type", ""),
        (record.cited_as(address), "cite-as", ""),
    ]
    links += [(known, "author", "") for known in record.identifiers.values()]
    links.append((licences.address(record.licence), "license", ""))
    for style, (_write, kind) in citation.FORMATS.items():
        links.append((reverse("repository:cite", args=[record.code, style]), "describedby", kind))
    if has_open_files(record):
        for file in record.files.all():
            place = reverse("repository:download", args=[record.code, file.pk, file.name])
            links.append((place, "item", file.file.media_type))
    root = request.build_absolute_uri("/").removesuffix("/")
    told = [
        f'<{root if place.startswith("/") else ""}{place}>; rel="{relation}"' + (f'; type="{kind}"' if kind else "")
        for place, relation, kind in links
    ]
    return ", ".join(told)
