from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import visible
from platform_core.identity.accounts.models import User
from platform_core.materials.files.models import StoredFile
from platform_core.people.members import selectors as members
from platform_core.people.members.models import Affiliation, Organisation
from platform_core.people.members.selectors import with_tier
from repository.models import Record

from ..models import Asked, GivenAnswer, InformationRequest, RequestQuestion, WorkingGroup

LABEL, ASKED = "workinggroups.informationrequest", "workinggroups.asked"
STATUS = {
    "given": gettext_lazy("Given"),
    "late": gettext_lazy("Given late"),
    "missing": gettext_lazy("Missing"),
    "asked": gettext_lazy("Asked"),
    "returned": gettext_lazy("Asked again"),
    "declined": gettext_lazy("Nothing to report"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "chosen": gettext_lazy("Not asked yet"),
}
TONES = {"given": "good", "late": "warning", "missing": "bad", "asked": "waiting", "returned": "waiting"}
MOST_COLUMNS = 20


@dataclass(frozen=True)
class Standing:
    """Where one organisation stands with one request, in words and days."""

    asked: Asked
    status: str
    words: str
    tone: str
    days: int | None


@dataclass(frozen=True)
class MatrixRow:
    organisation: Organisation
    cells: list[Standing | None]
    median: float | None


def requests(user, group: WorkingGroup) -> QuerySet[InformationRequest]:
    """The requests of a group with how many were asked and how many have answered."""
    rows = visible(InformationRequest.objects.filter(group=group), user)
    standing = Q(asked__stood_for_by=None)
    sent = standing & ~Q(asked__state__in=[Asked.State.CHOSEN, Asked.State.WITHDRAWN])
    over = standing & Q(asked__state__in=[Asked.State.GIVEN, Asked.State.DECLINED])
    return rows.annotate(
        number=Count("asked", filter=sent & Q(asked__isnull=False)), answered=Count("asked", filter=over)
    ).order_by("-pk")


def request_for(user, pk: int) -> InformationRequest:
    rows = visible(InformationRequest.objects.select_related("group__topic", "file", "made_by"), user)
    return get_object_or_404(rows, pk=pk)


def asked_for(user, pk: int) -> Asked:
    """One organisation's part of a request, for the group that asks and for those who act for it, also one that another
    stands for."""
    rows = visible(Asked.everything.all(), user).select_related(
        "request__group__topic", "request__file", "organisation", "record", "given_by"
    )
    return get_object_or_404(rows, pk=pk)


def stood_for(user, asked: Asked) -> list[Asked]:
    """Parts of the same request of organisations that turned out to be this one."""
    return list(visible(Asked.everything.filter(stood_for_by=asked), user))


def asked_of(user) -> QuerySet[Asked]:
    return visible(Asked.objects.select_related("request", "organisation"), user)


def with_file_for(user, pk: int) -> InformationRequest:
    """A request with a file, for who sees it or is asked it."""
    own = asked_of(user).filter(request=pk).values("request")
    seen = visible(InformationRequest.objects.all(), user).values("pk")
    rows = InformationRequest.objects.exclude(file=None).filter(Q(pk__in=own) | Q(pk__in=seen))
    return get_object_or_404(rows.select_related("file"), pk=pk)


def questions(request: InformationRequest) -> QuerySet[RequestQuestion]:
    return request.questions.prefetch_related("choices")


def reachable() -> QuerySet:
    """The organisations for which somebody acts today."""
    return Affiliation.objects.on(platform_day()).values("organisation")


def to_choose(user, request: InformationRequest, **chosen) -> QuerySet[Organisation]:
    """Organisations that answer to the filters and are not chosen yet."""
    return members.organisations(user, **chosen).exclude(pk__in=request.asked.values("organisation"))


def everyone(request: InformationRequest) -> QuerySet[Asked]:
    rows = Organisation.objects.select_related("country")
    return request.asked.prefetch_related(Prefetch("organisation", with_tier(rows)))


def people_numbers(organisations: Iterable[int]) -> dict[int, int]:
    """How many people act for each of these organisations today, and so are told."""
    rows = Affiliation.objects.on(platform_day()).filter(organisation__in=list(organisations))
    return dict(rows.order_by().values_list("organisation").annotate(Count("person", distinct=True)))


def people_of(organisations: Iterable[int]) -> QuerySet[User]:
    """Those people, who act for these organisations today."""
    rows = Affiliation.objects.on(platform_day()).filter(organisation__in=list(organisations))
    return User.objects.filter(pk__in=rows.values("person"), is_active=True)


def standing_of(asked: Asked) -> Standing:
    status = asked.status
    return Standing(asked, status, str(STATUS[status]), TONES.get(status, "neutral"), asked.days)


def by_status(request: InformationRequest) -> list[tuple[str, str, int]]:
    """How many organisations stand where: code, words, number."""
    rows = request.asked.only("state", "due_on", "given_at", "request")
    found: dict[str, int] = {}
    for asked in rows:
        found[asked.status] = found.get(asked.status, 0) + 1
    return [(code, str(words), found[code]) for code, words in STATUS.items() if code in found]


def with_answers(rows: QuerySet[Asked]) -> QuerySet[Asked]:
    return rows.select_related("record").prefetch_related(
        Prefetch("answers", GivenAnswer.objects.select_related("file"))
    )


def readable_records(user, rows: Iterable[Asked]) -> set[int]:
    """Keys of the records of these rows that the reader may see."""
    named = Record.objects.filter(pk__in=[one.record_id for one in rows if one.record_id])
    return set(visible(named, user).values_list("pk", flat=True))


def given_texts(asked: Asked, questions: list[RequestQuestion]) -> list[str]:
    """The answers in the order of the questions, as words; what is only kept and not given is nobody else's to read."""
    if asked.state != Asked.State.GIVEN:
        return [""] * len(questions)
    found = {answer.question_id: answer.file_name or answer.text for answer in asked.answers.all()}
    return [found.get(question.pk, "") for question in questions]


def shown_texts(asked: Asked, questions: list[RequestQuestion]) -> list[str]:
    """The same for pages, where days are written as people do."""
    texts = given_texts(asked, questions)
    return [in_words(question, text) for question, text in zip(questions, texts, strict=True)]


def in_words(question: RequestQuestion, text: str) -> str:
    if question.kind != RequestQuestion.Kind.DATE or not text:
        return text
    return date_format(date.fromisoformat(text), "DATE_FORMAT")


def file_of(user, asked: Asked, question: int) -> tuple[StoredFile, str]:
    """A file that was given; the organisation's own also before that."""
    rows = asked.answers.exclude(file=None)
    if not user.has_perm("workinggroups.give_information", asked):
        rows = rows.filter(asked__state=Asked.State.GIVEN)
    answer = get_object_or_404(rows.select_related("file"), question=question)
    return answer.file, answer.file_name


def table_head(questions: list[RequestQuestion]) -> list[str]:
    names = [_("Organisation"), _("Country"), _("State"), _("Answers until"), _("Given on"), _("Days"), _("Remarks")]
    return [*names, *(question.text for question in questions)]


def table(rows: QuerySet[Asked], questions: list[RequestQuestion]) -> Iterator[tuple]:
    for asked in with_answers(rows):
        shown = standing_of(asked)
        yield (
            str(asked.organisation),
            asked.organisation.country_id,
            shown.words,
            str(asked.due_on),
            str(platform_day(asked.given_at)) if asked.given_at else "",
            "" if shown.days is None else shown.days,
            asked.remarks if asked.state == Asked.State.GIVEN else asked.reason,
            *given_texts(asked, questions),
        )


def sent_requests(user, group: WorkingGroup) -> list[InformationRequest]:
    """The columns of the matrix: the newest twenty that were sent, the oldest first."""
    rows = requests(user, group).exclude(state=InformationRequest.State.DRAFT)
    return list(rows[:MOST_COLUMNS])[::-1]


def asked_organisations(
    group: WorkingGroup, columns: list[InformationRequest], *, tier: str = "", country: str = "", status: str = ""
) -> QuerySet[Organisation]:
    rows = Asked.objects.filter(request__in=columns).exclude(state=Asked.State.CHOSEN)
    if status:
        pks = [one.organisation_id for one in rows.select_related("request") if one.status == status]
        rows = rows.filter(organisation__in=pks)
    found = with_tier(Organisation.objects.filter(pk__in=rows.values("organisation"))).select_related("country")
    if tier:
        found = found.filter(tier=tier)
    if country:
        found = found.filter(country=country)
    return found.order_by("sort_name", "pk")


def matrix(organisations: list[Organisation], columns: list[InformationRequest]) -> list[MatrixRow]:
    """One row per organisation, one cell per request, and the median of its days."""
    rows = Asked.objects.filter(request__in=columns, organisation__in=organisations).exclude(state=Asked.State.CHOSEN)
    found: dict[int, dict[int, Standing]] = {}
    for asked in rows.select_related("request"):
        found.setdefault(asked.organisation_id, {})[asked.request_id] = standing_of(asked)
    return [matrix_row(one, found.get(one.pk, {}), columns) for one in organisations]


def matrix_row(organisation: Organisation, own: dict[int, Standing], columns: list[InformationRequest]) -> MatrixRow:
    days = [shown.days for shown in own.values() if shown.days is not None]
    return MatrixRow(organisation, [own.get(one.pk) for one in columns], median(days) if days else None)


def matrix_lines(rows: list[MatrixRow]) -> Iterator[tuple]:
    for row in rows:
        cells = ("" if one is None else cell_words(one) for one in row.cells)
        yield (str(row.organisation), row.organisation.country_id, *cells, "" if row.median is None else row.median)


def cell_words(shown: Standing) -> str:
    return shown.words if shown.days is None else f"{shown.words} ({shown.days})"


def overdue_of(user, organisation: Organisation) -> QuerySet[Asked]:
    """What an organisation was asked and has not answered in time, as far as the reader may see it."""
    return visible(late_of([organisation.pk]), user)


def late_of(organisations: Collection[int]) -> QuerySet[Asked]:
    rows = Asked.objects.filter(organisation__in=organisations, due_on__lt=platform_day())
    open_rows = rows.filter(
        state__in=(Asked.State.ASKED, Asked.State.RETURNED), request__state=InformationRequest.State.OPEN
    )
    return open_rows.select_related("request").order_by("due_on", "pk")
