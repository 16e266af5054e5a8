"""Records for machines: what a guest may see, in the language asked for or in all; with a token they are written too."""

from datetime import date
from typing import Annotated

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _, override
from ninja import Field, Header, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.fields import printable
from platform_core.identity.access.selectors import require
from platform_core.identity.access.tokens import Token, require_scope
from platform_core.materials.files.forms import UploadField
from platform_core.programme.search import selectors as search
from platform_core.programme.search.selectors import Question

from . import patching, proposals, selectors, services, twins
from .exports.records import FileOut, RecordOut, file_out, mark_of, records_out
from .forms.records import RecordForm
from .imports.columns import SEVERAL
from .imports.rows import Known, Row
from .models import Record

router = Router(tags=["repository"])
AT_ONCE = 100
Mark = Annotated[str, Header(alias="If-Match")]
WRITE, PUBLISH = Token("records.write"), Token("records.publish")
PROPOSE = "repository.propose_change"


class Hit(Schema):
    code: str
    title: str
    language: str
    summary: str
    day: date


class Hits(Schema):
    """`total` is exact up to 1,000. With a `cursor` all are told from the newest, a hundred at a time, without counts; `next`
    is the cursor of those that follow, empty at the end."""

    total: int | None = None
    more: bool
    page: int | None = None
    pages: int | None = None
    records: list[Hit]
    facets: dict[str, dict[str, int]] = {}
    next: str = ""


class Described(Schema):
    """What may be said of a record beside what it has to say; `details` holds what its kind asks, `clusters` codes of the
    directory."""

    keywords: list[str] = []
    countries: list[str] = []
    regions: list[str] = []
    level: list[str] = []
    cycle_stage: list[str] = []
    policy_stage: list[str] = []
    maturity: list[str] = []
    cluster_action: list[str] = []
    axis: list[str] = []
    organisation: str = ""
    languages: list[str] = []
    funding: str = ""
    licence: str = ""
    for_members: bool = False
    files_for: str = ""
    clusters: list[str] = []
    details: dict[str, str | list[str]] = {}


class RecordIn(Described):
    """A new draft. Cells are named as the columns of the table for many records; `details` holds what the kind asks."""

    model_config = ConfigDict(extra="forbid")

    kind: str
    language: str = "en"
    title: str
    summary: str
    description: str = ""
    topics: list[int]
    begins: str = ""
    ends: str = ""
    creators: list[str]
    year: int
    files_from: str = ""

    def cells(self) -> dict[str, str]:
        """As the table would hold them."""
        told = {**self.dict(exclude={"details", "clusters"}), **self.details}
        return {name: cell(value) for name, value in told.items()}


def cell(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return SEVERAL.join(map(str, value)) if isinstance(value, list) else str(value)


class RecordPatch(Described):
    """What is to change; what is not named stays. Texts and `details` are in `language`, by default the record's first one;
    `note` says what has changed where the record is published."""

    model_config = ConfigDict(extra="forbid")

    language: str = ""
    title: str = ""
    summary: str = ""
    description: str = ""
    topics: list[int] = []
    begins: date | None = None
    ends: date | None = None
    creators: list[str] = []
    year: int | None = None
    files_from: date | None = None
    note: str = ""


class Stale(Schema):
    """Somebody has changed the record since `mark` was read; this is its mark now."""

    mark: str


class Barred(Schema):
    """Why it may not be done; `proposals` is where the same can be proposed, empty where it cannot."""

    detail: str
    proposals: str = ""


class ProposalOut(Schema):
    """What waits for an answer; `fields` are paths such as `year`, `title/el` or `details/method/en`."""

    record: str
    made_on: date
    note: str
    fields: list[str]


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
    """Records whose title is nearly the same, or that may tell the same in another language; say `in_spite=true` to deposit
    nevertheless."""

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
    cursor: str | None = Field(None, description='"start", then what `next` said')


@router.get("/records", response=Hits, summary="Search public records")
def list_records(request, asked: Query[Filters]):
    names = ("topic", "country", "region", "kind", *selectors.SCHEMES, "year")
    filters = {name: getattr(asked, name) for name in names if getattr(asked, name)}
    language = asked.language if asked.language in CODES else "en"
    with override(interface_code(language)):
        question = Question(asked.q[:200], selectors.LABEL, filters, page=max(1, min(asked.page, 50)))
        if asked.cursor is not None:
            return walked(question, asked.cursor)
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


def walked(question: Question, cursor: str) -> Hits:
    found = search.walk(AnonymousUser(), question, search.place_of(cursor), AT_ONCE + 1)
    shown, more = found[:AT_ONCE], len(found) > AT_ONCE
    following = f"{shown[-1].day.isoformat()}.{shown[-1].pk}" if more else ""
    return Hits(more=more, records=[hit(entry) for entry in shown], next=following)


def hit(entry) -> Hit:
    title = entry.title.localise()
    return Hit(code=entry.key, title=title.text, language=title.language, summary=str(entry.summary), day=entry.day)


@router.post("/records", auth=WRITE, response={201: RecordOut, 409: Twins, 422: Refusal}, summary="Deposit a draft")
def deposit_record(request, given: RecordIn, in_spite: bool = False):
    row = Row(given.cells(), Known(request.user))
    wrong = [ProblemOut(column=one.column, words=str(one.words)) for one in row.problems]
    wrong += [ProblemOut(**one) for one in patching.wrong_clusters(given.clusters, given.kind)]
    if wrong:
        return Status(422, Refusal(problems=wrong))
    copies = [] if in_spite else copies_of(row.fields, request.user)
    if copies:
        return Status(409, Twins(twins=[copy.code for copy in copies]))
    named = {"clusters": patching.clusters_named(given.clusters)} if given.clusters else {}
    made = services.deposit(by=request.user, **row.fields, **named)
    return Status(201, record_out(request, made))


def copies_of(fields: dict, reader) -> list[Record]:
    found = twins.alike(fields["title"].values(), reader)
    return list({one.pk: one for one in [*found, *twins.perhaps(fields, reader)]}.values())


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
    require_scope_of(request, found)
    texts = {name: getattr(found, name).with_text(language, getattr(given, name)) for name in limits}
    return record_out(request, services.change(found, by=request.user, note=note, **texts))


def require_scope_of(request, found: Record) -> None:
    """What readers see already is changed by those alone that may publish."""
    if found.state != Record.State.DRAFT:
        require_scope(request, PUBLISH.scope)


@router.post("/records/{code}/files", auth=WRITE, response={201: FileOut, 422: Refusal}, summary="Attach a file")
def attach_file(request, code: str, file: UploadedFile, language: str = "en"):
    found = selectors.record_for(request.user, printable(code))
    require_scope_of(request, found)
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


@router.patch(
    "/records/{code}",
    auth=WRITE,
    response={200: RecordOut, 403: Barred, 409: Stale, 422: Refusal, 428: Refusal},
    summary="Change a draft, or revise what is published",
)
def change_record(request, response: HttpResponse, code: str, given: RecordPatch, if_match: Mark = ""):
    """Checked as the form on the web checks. `If-Match` is the record's `mark` as it was read.

    A creator is a name, which keeps what is known of who is a creator already, or "Name | person" or "Name | organisation",
    with an ORCID or ROR address after another bar. What is published is changed with the scope `records.publish` alone; who
    may only propose a change is told where.
    """
    found = selectors.record_for(request.user, printable(code))
    if selectors.right_to_change(request.user, found) == PROPOSE:
        words = _("You may not change what is published, but propose it: send the same to the address in “proposals”.")
        return Status(403, Barred(detail=words, proposals=reverse("api:propose_change", args=[found.code])))
    require_scope_of(request, found)
    with transaction.atomic():
        form = checked(found, given, if_match, request.user)
        if isinstance(form, Status):
            return form
        services.change(found, by=request.user, note=given.note.strip(), **form.fields_of_record(found))
    return marked(response, record_out(request, found))


def checked(found: Record, given: RecordPatch, if_match: str, person) -> RecordForm | Status:
    """The form with what would be changed, or the answer that refuses it; the record is kept from others meanwhile."""
    if not if_match:
        words = _("Say in If-Match which state of the record you change: its mark.")
        return Status(428, Refusal(problems=[ProblemOut(column="If-Match", words=words)]))
    mark = mark_of(selectors.locked(found))
    if if_match.removeprefix("W/").strip('"') != mark:
        return Status(409, Stale(mark=mark))
    asked = given.dict(exclude_unset=True)
    form = patching.form_for(found, asked, person)
    if wrong := list(patching.problems(form, asked)):
        return Status(422, Refusal(problems=[ProblemOut(**row) for row in wrong]))
    return form


@router.post(
    "/records/{code}/proposals",
    auth=WRITE,
    response={201: ProposalOut, 403: Barred, 409: Stale, 422: Refusal, 428: Refusal},
    summary="Propose a change of what is published",
)
def propose_change(request, code: str, given: RecordPatch, if_match: Mark = ""):
    """For who deposited a record and may not revise it; sent and checked as a change is. It takes the place of an earlier
    proposal that still waits, and the record stays as it is until the leader of its group has taken it over."""
    found = selectors.record_for(request.user, printable(code))
    require(request.user, PROPOSE, found)
    with transaction.atomic():
        form = checked(found, given, if_match, request.user)
        if isinstance(form, Status):
            return form
        made = proposals.propose(
            found, by=request.user, note=given.note.strip(), added=None, dropped=(), **form.fields_of_record(found)
        )
    told = ProposalOut(record=found.code, made_on=made.made_on, note=made.note, fields=sorted(made.changes))
    return Status(201, told)


@router.get(
    "/drafts", auth=WRITE, response=list[RecordOut], summary="Own drafts, the newest first, a hundred to a page"
)
def list_drafts(request, response: HttpResponse, page: int = 1):
    """`X-Pages` tells how many pages there are; beyond the last there is nothing."""
    rows = selectors.drafts_of(request.user).filter(deposited_by=request.user)
    pages = Paginator(rows, AT_ONCE)
    response["X-Pages"] = str(pages.num_pages)
    return records_out(request, pages.page(page) if 1 <= page <= pages.num_pages else [], request.user)


@router.get("/drafts/{code}", auth=WRITE, response=RecordOut, summary="One record as the token's owner sees it")
def get_draft(request, response: HttpResponse, code: str):
    return marked(response, record_out(request, selectors.record_for(request.user, printable(code))))


@router.get("/records/{code}", response=RecordOut, summary="One public record")
def get_record(request, response: HttpResponse, code: str):
    guest = AnonymousUser()
    return marked(response, records_out(request, [selectors.record_for(guest, printable(code))], guest)[0])


def marked(response: HttpResponse, told: RecordOut) -> RecordOut:
    response["ETag"] = f'"{told.mark}"'
    return told


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
