"""Records for machines: what a guest may see, in the language asked for or in all; with a token they are written too."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import JsonResponse
from django.utils.translation import gettext as _, override
from ninja import Query, Router, Schema, Status
from ninja.files import UploadedFile

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.fields import printable
from platform_core.identity.access.tokens import Token
from platform_core.materials.files.forms import UploadField
from platform_core.programme.search import selectors as search
from platform_core.programme.search.selectors import Question

from . import selectors, services, twins
from .exports.records import FileOut, RecordOut, file_out, records_out
from .imports.columns import SEVERAL
from .imports.rows import Known, Row
from .models import Record

router = Router(tags=["repository"])
WRITE, PUBLISH = Token("records.write"), Token("records.publish")


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
    organisation: str = ""
    year: int
    languages: list[str] = []
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
    policy_stage: list[str] = []
    level: list[str] = []
    maturity: list[str] = []
    cluster_action: list[str] = []
    axis: list[str] = []
    year: list[str] = []
    language: str = "en"
    page: int = 1


@router.get("/records", response=Hits, summary="Search public records")
def list_records(request, asked: Query[Filters]):
    names = ("topic", "country", "region", "kind", *selectors.SCHEMES, "year")
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
    row = Row(given.cells(), Known(request.user))
    if row.problems:
        return Status(
            422, Refusal(problems=[ProblemOut(column=one.column, words=str(one.words)) for one in row.problems])
        )
    copies = [] if in_spite else twins.alike(row.fields["title"].values(), request.user)
    if copies:
        return Status(409, Twins(twins=[copy.code for copy in copies]))
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
        raise ValidationError({"file": problem.messages}) from problem
    return Status(201, file_out(request, found, attached))


@router.post("/records/{code}/publish", auth=PUBLISH, response=RecordOut, summary="Publish a draft")
def publish_record(request, code: str):
    found = selectors.record_for(request.user, printable(code))
    return record_out(request, services.publish(found, by=request.user))


@router.get("/drafts", auth=WRITE, response=list[RecordOut], summary="Own drafts, the newest hundred")
def list_drafts(request):
    rows = selectors.drafts_of(request.user).filter(deposited_by=request.user)
    return records_out(request, rows[:100], request.user)


@router.get("/records/{code}", response=RecordOut, summary="One public record")
def get_record(request, code: str):
    guest = AnonymousUser()
    return records_out(request, [selectors.record_for(guest, printable(code))], guest)[0]


def record_out(request, record: Record) -> RecordOut:
    """As whoever sent the token sees it."""
    return records_out(request, [selectors.record_for(request.user, record.code)], request.user)[0]


def unfit(request, problem: ValidationError) -> JsonResponse:
    """What is wrong with what was sent, by the field it is wrong in; "" where it is none of them alone."""
    found = problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}
    told = [
        {"column": "" if name == NON_FIELD_ERRORS else name, "words": " ".join(words)} for name, words in found.items()
    ]
    return JsonResponse({"problems": told}, status=422)


def refused(request, problem: PermissionDenied) -> JsonResponse:
    """What a token's owner may not do, said to her program."""
    return JsonResponse({"detail": "You may not do this."}, status=403)
