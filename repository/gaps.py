"""What the repository lacks: topics against regions, countries, kinds or stages; and asking those who could tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Affiliation, Organisation
from platform_core.people.members.selectors import organisations

from . import selectors
from .models import GapRequest, Record

ROWS = {
    "country": gettext_lazy("By country"),
    "region": gettext_lazy("By region"),
    "kind": gettext_lazy("By kind"),
    "cycle_stage": gettext_lazy("By stage of the policy cycle"),
}
PATHS = {"country": "countries__pk", "region": "regions__code", "kind": "kind", "cycle_stage": "terms__code"}
FILTERS = {"country": "countries", "region": "regions__code", "kind": "kind"}
EMPTY: dict[str, str | None] = {"topic": None, "region": None, "country": None, "kind": "", "cycle_stage": ""}


@dataclass(frozen=True)
class Line:
    code: str
    name: str
    counts: tuple[int, ...]


def labels(rows: str) -> Mapping[str, str]:
    if rows == "country":
        return vocabulary.country_labels()
    if rows == "region":
        return vocabulary.region_labels()
    return vocabulary.term_labels("record_kind" if rows == "kind" else rows)


def lines(user, rows: str, chosen: Mapping[str, str]) -> list[Line]:
    """Numbers of published records a person may see, by row and topic; `chosen` narrows by the other dimensions."""
    found = narrowed(selectors.records(user).filter(state=Record.State.PUBLISHED), chosen)
    if rows == "cycle_stage":
        found = found.filter(terms__scheme="cycle_stage")
    counted = found.order_by().values_list(PATHS[rows], "topics__pk").annotate(Count("pk", distinct=True))
    numbers = {(code, topic): number for code, topic, number in counted}
    topics = [topic.pk for topic in vocabulary.topics()]
    return [
        Line(code, name, tuple(numbers.get((code, topic), 0) for topic in topics))
        for code, name in labels(rows).items()
    ]


def narrowed(rows: QuerySet[Record], chosen: Mapping[str, str]) -> QuerySet[Record]:
    for name, path in FILTERS.items():
        if value := chosen.get(name):
            rows = rows.filter(**{path: value})
    if stage := chosen.get("cycle_stage"):
        own = Record.objects.filter(terms__scheme="cycle_stage", terms__code=stage)
        rows = rows.filter(pk__in=own.values("pk"))
    return rows


def concerned(user, *, region: str = "", country: str = "") -> QuerySet[Organisation]:
    """Members of the partnership, of whatever tier, in a region; in its country where the region has none."""
    rows = organisations(user).exclude(tier=None)
    if region:
        here = rows.filter(region__code=region)
        found = vocabulary.region(region)
        return here if here.exists() or found is None else rows.filter(country=found.country_id)
    return rows.filter(country=country) if country else rows


@transaction.atomic
def ask(asked: Iterable[Organisation], *, by, **fields) -> list[GapRequest]:
    """Ask each organisation; those whose answer to the very same is still awaited are left alone."""
    require(by, "repository.ask_gap")
    made = []
    same = {name: fields.get(name) or EMPTY[name] for name in EMPTY}
    for organisation in asked:
        if not GapRequest.objects.filter(organisation=organisation, is_open=True, **same).exists():
            request = GapRequest.objects.create(organisation=organisation, asked_by=by, **fields)
            audit.record("repository.gap_asked", request, by=by)
            made.append(request)
    if not made:
        raise ValidationError(_("They have been asked for this already."))
    return made


def offered(request: GapRequest, reader) -> QuerySet[Record]:
    """What an organisation may name as its answer: what the reader sees of the records it stands for, or that those who act
    for it have deposited."""
    people = Affiliation.objects.on(platform_day()).filter(organisation=request.organisation_id).values("person")
    rows = selectors.records(reader).exclude(state=Record.State.WITHDRAWN)
    return rows.filter(Q(organisation=request.organisation_id) | Q(deposited_by__in=people)).order_by("-pk")


@transaction.atomic
def tell(request: GapRequest, *, by, reason: str, record: Record | None = None) -> None:
    if record and not offered(request, by).filter(pk=record.pk).exists():
        raise ValidationError({"record": _("This record cannot be named here.")})
    end(request, by, record)


@transaction.atomic
def nothing(request: GapRequest, *, by, reason: str) -> None:
    end(request, by)


@transaction.atomic
def take_back(request: GapRequest, *, by) -> None:
    end(request, by)


def end(request: GapRequest, by, record: Record | None = None) -> None:
    """From now on the organisation may be asked for the same again."""
    request.answered_with, request.is_open = record, False
    request.save(update_fields=["answered_with", "is_open"])
    audit.record("repository.gap_answered", request, by=by, record=record.pk if record else None)
