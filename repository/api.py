"""Records for machines: what a guest may see, in the language asked for or in all; with a token they are written too."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _, override
from ninja import Query, Router, Schema, Status
from ninja.files import UploadedFile

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.fields import printable
from platform_core.identity.access.tokens import Token
from platform_core.materials.files.forms import UploadField
from platform_core.programme.search import selectors as search
from platform_core.programme.search.selectors import Question

from . import quality, selectors, services
from .imports.columns import SEVERAL
from .imports.rows import Known, Row
from .models import Record, RecordFile

router = Router(tags=["repository"])
WRITE, PUBLISH = Token("records.write"), Token("records.publish")


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
    published_on: date | None
    state: str
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


class RecordIn(Schema):
    """A new draft. Cells are named as the columns of the table for many records; `details` holds what the kind asks."""

    kind: str
    language: str = "en"
    title: str
    summary: str
    description: str = ""
    topics: list[int]
    keywords: list[str] = []
    countries: list[str] = []
    regions: list[str] = []
    begins: str = ""
    ends: str = ""
    level: list[str] = []
    cycle_stage: list[str] = []
    policy_stage: list[str] = []
    maturity: list[str] = []
    cluster_action: list[str] = []
    axis: list[str] = []
    creators: list[str]
    year: int
    funding: str = ""
    licence: str = ""
    for_members: bool = False
    details: dict[str, str | list[str]] = {}

    def cells(self) -> dict[str, str]:
        """As the table would hold them."""
        told = {**self.dict(exclude={"details"}), **self.details}
        return {name: cell(value) for name, value in told.items()}


def cell(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return SEVERAL.join(map(str, value)) if isinstance(value, list) else str(value)


class TextsIn(Schema):
    title: str
    summary: str
    description: str = ""


class ProblemOut(Schema):
    column: str
    words: str


class Refusal(Schema):
    problems: list[ProblemOut]


class Twins(Schema):
    """Records whose title is nearly the same; say `in_spite=true` to deposit nevertheless."""

    twins: list[str]


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


@router.post("/records", auth=WRITE, response={201: RecordOut, 409: Twins, 422: Refusal}, summary="Deposit a draft")
def deposit_record(request, given: RecordIn, in_spite: bool = False):
    row = Row(given.cells(), Known())
    if row.problems:
        return Status(
            422, Refusal(problems=[ProblemOut(column=one.column, words=str(one.words)) for one in row.problems])
        )
    twins = [] if in_spite else quality.alike(row.fields["title"].values(), request.user)
    if twins:
        return Status(409, Twins(twins=[twin.code for twin in twins]))
    made = services.deposit(by=request.user, **row.fields)
    return Status(201, record_out(request, made))


@router.put(
    "/records/{code}/texts/{language}", auth=WRITE, response={200: RecordOut, 422: Refusal}, summary="Write a language"
)
def write_texts(request, code: str, language: str, given: TextsIn, note: str = ""):
    """Title, summary and description in one language; the others stay as they are."""
    found = selectors.record_for(request.user, printable(code))
    problems = [] if language in CODES else [ProblemOut(column="language", words=_("This language is not used here."))]
    limits = {"title": 300, "summary": 1200, "description": 40_000}
    problems += [
        ProblemOut(column=name, words=_("This is too long."))
        for name, limit in limits.items()
        if len(getattr(given, name)) > limit
    ]
    if problems:
        return Status(422, Refusal(problems=problems))
    texts = {name: getattr(found, name).with_text(language, getattr(given, name)) for name in limits}
    return record_out(request, services.change(found, by=request.user, note=note, **texts))


@router.post("/records/{code}/files", auth=WRITE, response={201: FileOut, 422: Refusal}, summary="Attach a file")
def attach_file(request, code: str, file: UploadedFile, language: str = "en"):
    found = selectors.record_for(request.user, printable(code))
    language = language if language in CODES else "en"
    try:
        checked = UploadField().clean(file)
        attached = services.attach(found, checked.file, checked.name, language, by=request.user)
    except ValidationError as problem:
        return Status(422, Refusal(problems=[ProblemOut(column="file", words=" ".join(problem.messages))]))
    return Status(201, file_out(request, found, attached))


@router.post("/records/{code}/publish", auth=PUBLISH, response=RecordOut, summary="Publish a draft")
def publish_record(request, code: str):
    found = selectors.record_for(request.user, printable(code))
    return record_out(request, services.publish(found, by=request.user))


@router.get("/drafts", auth=WRITE, response=list[RecordOut], summary="Own drafts, the newest hundred")
def list_drafts(request):
    rows = selectors.drafts_of(request.user).filter(deposited_by=request.user)
    prefetched = rows.prefetch_related("topics", "countries", "regions", "terms", "files__file")
    return [record_out(request, record) for record in prefetched[:100]]


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
        state=record.state,
        is_demonstration=record.is_demonstration,
        address=request.build_absolute_uri(record.get_absolute_url()),
        files=[file_out(request, record, attached) for attached in shown_files(record)],
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


def refused(request, problem: PermissionDenied) -> JsonResponse:
    """What a token's owner may not do, said to her program."""
    return JsonResponse({"detail": "You may not do this."}, status=403)
