"""Records for machines: what a guest may see, in the language asked for or in all of them."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import override
from ninja import Query, Router, Schema

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.fields import printable
from platform_core.programme.search import selectors as search
from platform_core.programme.search.selectors import Question

from . import selectors
from .models import Record

router = Router(tags=["repository"])


class FileOut(Schema):
    name: str
    media_type: str
    size: int
    sha256: str
    address: str


class RecordOut(Schema):
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
    year: int
    creators: list[str]
    licence: str
    published_on: date
    is_demonstration: bool
    address: str
    files: list[FileOut]


class Hit(Schema):
    code: str
    title: str
    language: str
    summary: str
    day: date


class Hits(Schema):
    total: int
    more: bool
    page: int
    pages: int
    records: list[Hit]
    facets: dict[str, dict[str, int]]


class Filters(Schema):
    q: str = ""
    topic: list[str] = []
    country: list[str] = []
    region: list[str] = []
    kind: list[str] = []
    cycle_stage: list[str] = []
    level: list[str] = []
    year: list[str] = []
    language: str = "en"
    page: int = 1


@router.get("/records", response=Hits, summary="Search public records")
def list_records(request, asked: Query[Filters]):
    names = ("topic", "country", "region", "kind", "cycle_stage", "level", "year")
    filters = {name: getattr(asked, name) for name in names if getattr(asked, name)}
    language = asked.language if asked.language in CODES else "en"
    with override(interface_code(language)):
        question = Question(asked.q[:200], selectors.LABEL, filters, page=max(1, min(asked.page, 50)))
        answer = search.find(AnonymousUser(), question)
        hits = [hit(entry) for entry in answer.entries]
    facets = {name: {choice.code: choice.count for choice in rows} for name, rows in answer.choices.items()}
    return Hits(
        total=answer.total,
        more=answer.more,
        page=answer.question.page,
        pages=answer.page_count,
        records=hits,
        facets=facets,
    )


def hit(entry) -> Hit:
    title = entry.title.localise()
    return Hit(code=entry.key, title=title.text, language=title.language, summary=str(entry.summary), day=entry.day)


@router.get("/records/{code}", response=RecordOut, summary="One public record")
def get_record(request, code: str):
    return record_out(request, selectors.record_for(AnonymousUser(), printable(code)))


def record_out(request, record: Record) -> RecordOut:
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
        year=record.year,
        creators=record.creators,
        licence=record.licence,
        published_on=record.published_on,
        is_demonstration=record.is_demonstration,
        address=request.build_absolute_uri(record.get_absolute_url()),
        files=[file_out(request, record, attached) for attached in record.files.all()],
    )


def file_out(request, record: Record, attached) -> FileOut:
    stored = attached.file
    place = reverse("repository:download", args=[record.code, attached.pk, attached.name])
    address = request.build_absolute_uri(place)
    return FileOut(
        name=attached.name, media_type=stored.media_type, size=stored.size, sha256=stored.sha256, address=address
    )
