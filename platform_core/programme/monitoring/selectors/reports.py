"""Reports of periods, as they stand or as they were frozen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.texts.codes import CODES, SOURCE, active_code
from platform_core.identity.access.selectors import visible
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acts_for

from ..models import Figure, FrozenEntry, Narrative, Period, PeriodReport, ReportFile
from .evidence import Fold, folded
from .indicators import full_members

LABEL = "monitoring.periodreport"


@dataclass(frozen=True)
class FrozenProof:
    """A frozen number and its list: `entries` open to everybody, people counted, and what was not open then."""

    figure: Figure
    entries: QuerySet[FrozenEntry]
    people: Fold
    closed: int


def reports(user) -> QuerySet[PeriodReport]:
    return visible(PeriodReport.objects.select_related("period", "approved_for"), user)


def report_for(user, code: str) -> PeriodReport:
    files = ReportFile.objects.select_related("file")
    return get_object_or_404(reports(user).prefetch_related(Prefetch("files", files)), period__code=code)


def periods_with(user) -> list[tuple[Period, PeriodReport | None]]:
    held = {report.period_id: report for report in reports(user)}
    return [(period, held.get(period.pk)) for period in Period.objects.all()]


def narratives(report: PeriodReport) -> list[Narrative]:
    return list(report.narratives.exclude(text="").select_related("organisation"))


def silent_partners(report: PeriodReport) -> list[Organisation]:
    """Full members that have not told anything yet."""
    told = report.narratives.exclude(text="").values("organisation")
    return list(full_members().exclude(pk__in=told))


def own_narrative(user, report: PeriodReport) -> Narrative | None:
    """What the reader's organisation has told, or would; None where she acts for nobody."""
    organisation = acts_for(user.pk) if user.is_authenticated else None
    if organisation is None:
        return None
    found = report.narratives.filter(organisation=organisation).first()
    return found or Narrative(report=report, organisation=organisation)


def figures(report: PeriodReport) -> Sequence[Figure]:
    return list(report.figures.select_related("indicator"))


def proof_for(user, code: str, indicator: str) -> FrozenProof:
    report = report_for(user, code)
    rows = report.figures.select_related("indicator", "report__period")
    return proof(get_object_or_404(rows, indicator__code=indicator))


def proof(figure: Figure) -> FrozenProof:
    things = figure.entries.filter(personal=False)
    open_ones = things.exclude(address="")
    return FrozenProof(
        figure, open_ones, folded(figure.entries.filter(personal=True)), things.count() - open_ones.count()
    )


def files_of(report: PeriodReport) -> dict[str, list[ReportFile]]:
    """Files by language, languages and forms in the order in which they stand everywhere."""
    found: dict[str, list[ReportFile]] = {}
    forms = ReportFile.Form.values
    for row in sorted(report.files.all(), key=lambda row: (CODES.index(row.language), forms.index(row.form))):
        found.setdefault(row.language, []).append(row)
    return found


def file_for(user, code: str, form: str, language: str = "") -> ReportFile:
    """In a language, else in the reader's, else in English."""
    held = {row.language: row for row in report_for(user, code).files.all() if row.form == form}
    wanted = (language,) if language else (active_code(), SOURCE)
    found = next((held[one] for one in wanted if one in held), None)
    if found is None:
        raise Http404
    return found
