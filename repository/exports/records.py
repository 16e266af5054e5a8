"""A record in full, as programs get it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.crypto import salted_hmac
from ninja import Schema

from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.selectors import keys_of
from platform_core.materials.trails.selectors import Related, around_each

from .. import selectors
from ..creators import nature_of
from ..kinds import details_of
from ..models import Adoption, Record, RecordFile
from .relations import between_records

LINKED = ("topics", "countries", "regions", "terms", "concepts", "clusters")
TEXTS = ("title", "summary", "description")
MARKED = (
    *("kind", "state", "year", "licence", "funding", "creators", "identifiers", "natures", "languages", "details"),
    *("begins", "ends", "organisation_id", "for_members", "files_for", "files_from"),
)


class FileOut(Schema):
    name: str
    media_type: str
    size: int
    sha256: str
    address: str


class RelationOut(Schema):
    """`kind` is read from the record's own end when it `is_own`, else from the other."""

    kind: str
    is_own: bool
    title: str
    address: str


class VersionOut(Schema):
    number: int
    made_on: date
    note: str
    sha256: str
    address: str


class AdoptionOut(Schema):
    organisation: str
    region: str
    year: int
    adapted: str
    outcome: str
    language: str


class RecordOut(Schema):
    """`details` hold what the kind asks: texts by language, codes, or an address; `merit` what `validated_version` was found
    to be. Organisations are named by their code."""

    code: str
    kind: str
    title: dict[str, str]
    summary: dict[str, str]
    description: dict[str, str]
    source_language: str
    topics: list[int]
    countries: list[str]
    regions: list[str]
    terms: dict[str, list[str]]
    keywords: list[str]
    details: dict[str, dict[str, str] | list[str] | str]
    begins: date | None
    ends: date | None
    funding: str
    year: int
    languages: list[str]
    creators: list[str]
    identifiers: dict[str, str]
    natures: dict[str, str]
    organisation: str
    clusters: list[str]
    licence: str
    for_members: bool
    files_for: str
    files_from: date | None
    doi: str
    published_on: date | None
    changed_on: date | None
    version: int
    versions: list[VersionOut]
    merit: str
    validated_on: date | None
    validated_version: int
    relations: list[RelationOut]
    adoptions: list[AdoptionOut]
    state: str
    is_demonstration: bool
    address: str
    files: list[FileOut]
    mark: str


def records_out(request, rows: Iterable[Record], reader) -> list[RecordOut]:
    """Costs the same whatever their number."""
    records = list(rows)
    prefetch_related_objects(
        records, *LINKED, "files__file", "versions", "organisation", "adoptions__organisation", "adoptions__region"
    )
    related = around_each(reader, selectors.LABEL, [record.pk for record in records])
    return [one_out(request, record, reader, related[record.pk]) for record in records]


def one_out(request, record: Record, reader, related: Iterable[Related]) -> RecordOut:
    root = request.build_absolute_uri("/")
    terms: dict[str, list[str]] = {}
    for term in record.terms.all():
        terms.setdefault(term.scheme, []).append(term.code)
    return RecordOut(
        code=record.code,
        kind=record.kind,
        title=dict(record.title),
        summary=dict(record.summary),
        description=dict(record.description),
        source_language=record.title.source,
        topics=[topic.pk for topic in record.topics.all()],
        countries=[country.pk for country in record.countries.all()],
        regions=[region.code for region in record.regions.all()],
        terms=terms,
        keywords=[concept.pk for concept in record.concepts.all()],
        details=details_out(record, reader),
        begins=record.begins,
        ends=record.ends,
        funding=record.funding,
        year=record.year,
        languages=record.languages,
        creators=record.creators,
        identifiers=record.identifiers,
        natures={
            name: nature for name in record.creators if (nature := nature_of(name, record.identifiers, record.natures))
        },
        organisation=record.organisation.code if record.organisation else "",
        clusters=[one.code for one in record.clusters.all()],
        licence=record.licence,
        for_members=record.for_members,
        files_for=record.files_for,
        files_from=record.files_from,
        doi=record.doi,
        published_on=record.published_on,
        changed_on=record.changed_on,
        version=record.version,
        versions=[
            VersionOut(
                number=kept.number,
                made_on=kept.made_on,
                note=kept.note,
                sha256=kept.sha256,
                address=urljoin(root, reverse("repository:version", args=[record.code, kept.number])),
            )
            for kept in record.versions.all()
        ],
        merit=record.merit,
        validated_on=record.validated_on,
        validated_version=record.validated_version,
        relations=[RelationOut(**asdict(one)) for one in between_records(related, root)],
        adoptions=[adoption_out(adoption) for adoption in record.adoptions.all()],
        state=record.state,
        is_demonstration=record.is_demonstration,
        address=request.build_absolute_uri(record.get_absolute_url()),
        files=[file_out(request, record, attached) for attached in shown_files(record)],
        mark=mark_of(record),
    )


def mark_of(record: Record) -> str:
    """Changes with everything a form could change, and is the same for every reader; what is linked may be prefetched."""
    told = [
        [getattr(record, name).stored() for name in TEXTS],
        [str(getattr(record, name)) for name in MARKED],
        [sorted(one.pk for one in getattr(record, name).all()) for name in LINKED],
        [[attached.name, attached.language, attached.file.sha256] for attached in record.files.all()],
    ]
    written = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return salted_hmac("repository.mark", written, algorithm="sha256").hexdigest()[:32]


def details_out(record: Record, reader) -> dict[str, Any]:
    """Without what only members may read, unless one asks."""
    open_to = MEMBERS in keys_of(reader)
    asked = {detail.code for detail in details_of(record.kind) if open_to or not detail.for_members}
    return {code: value for code, value in record.details.items() if code in asked}


def adoption_out(adoption: Adoption) -> AdoptionOut:
    return AdoptionOut(
        organisation=adoption.organisation.code,
        region=adoption.region.code if adoption.region else "",
        **{name: getattr(adoption, name) for name in ("year", "adapted", "outcome", "language")},
    )


def shown_files(record: Record) -> list[RecordFile]:
    """Files of what is published are named from the day on which they are open."""
    is_open = record.state == Record.State.DRAFT or selectors.has_open_files(record)
    return list(record.files.all()) if is_open else []


def file_out(request, record: Record, attached) -> FileOut:
    stored = attached.file
    place = reverse("repository:download", args=[record.code, attached.pk, attached.name])
    address = request.build_absolute_uri(place)
    return FileOut(
        name=attached.name, media_type=stored.media_type, size=stored.size, sha256=stored.sha256, address=address
    )
