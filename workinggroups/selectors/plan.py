from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require, visible
from repository.models import Record

from ..models import Document, Output, PlanEvidence, PlanPeriod, Task, WorkingGroup
from .documents import documents
from .tasks import tasks

DONE = (Document.State.APPROVED, Document.State.PUBLISHED, Document.State.SUPERSEDED)


@dataclass(frozen=True)
class Piece:
    """A document or a record that an output consists of; it counts once it is approved or published."""

    evidence: PlanEvidence
    title: object
    address: str
    counts: bool


@dataclass(frozen=True)
class Cell:
    period: int
    target: int
    pieces: list[Piece]
    tasks: list[Task]

    @property
    def reached(self) -> int:
        return sum(piece.counts for piece in self.pieces)


@dataclass(frozen=True)
class Row:
    output: Output
    cells: list[Cell]
    loose: list[Task]

    @property
    def target(self) -> int:
        return sum(cell.target for cell in self.cells)

    @property
    def reached(self) -> int:
        return sum(cell.reached for cell in self.cells)

    @property
    def pieces(self) -> list[Piece]:
        return [piece for cell in self.cells for piece in cell.pieces]

    @property
    def tasks(self) -> list[Task]:
        return [*self.loose, *(task for cell in self.cells for task in cell.tasks)]


def outputs(group: WorkingGroup) -> QuerySet[Output]:
    return group.outputs.prefetch_related("targets")


def plan(user, group: WorkingGroup, numbers: list[int]) -> list[Row]:
    """Every output of a group with what is promised, made and planned in each period, as far as the reader sees it."""
    return rows_of(user, outputs(group), numbers)


def output_for(user, pk: int) -> Output:
    found = get_object_or_404(Output.objects.select_related("group__topic").prefetch_related("targets"), pk=pk)
    require(user, "workinggroups.enter_group", found.group)
    return found


def row_of(user, output: Output) -> Row:
    rows = Output.objects.filter(pk=output.pk).prefetch_related("targets")
    return rows_of(user, rows, numbers(output.group))[0]


def numbers(group: WorkingGroup) -> list[int]:
    """The periods of a plan: those with days, and those in which something is promised or shown."""
    found = set(group.periods.values_list("number", flat=True))
    for name in ("targets", "evidence"):
        found |= set(group.outputs.exclude(**{name: None}).values_list(f"{name}__period", flat=True))
    return sorted(found)


def rows_of(user, outputs: QuerySet[Output], periods: list[int]) -> list[Row]:
    shown = evidence(user).order_by("period", "pk")
    rows = outputs.prefetch_related(
        Prefetch("evidence", shown, to_attr="shown"), Prefetch("tasks", tasks(user), to_attr="planned")
    )
    return [Row(one, [cell(one, period) for period in periods], loose(one, periods)) for one in rows]


def evidence(user) -> QuerySet[PlanEvidence]:
    """Pieces a person may see; what she may not see does not count for her either."""
    rows = PlanEvidence.objects.select_related("document", "record")
    seen = rows.filter(document__in=documents(user).filter(trashed_on=None).values("pk"))
    return seen | rows.filter(record__in=visible(Record.objects.all(), user).values("pk"))


def loose(output: Output, periods: list[int]) -> list[Task]:
    return [task for task in output.planned if task.period not in periods]


def cell(output: Output, period: int) -> Cell:
    target = sum(one.number for one in output.targets.all() if one.period == period)
    pieces = [piece_of(one) for one in output.shown if one.period == period]
    return Cell(period, target, pieces, [task for task in output.planned if task.period == period])


def piece_of(row: PlanEvidence) -> Piece:
    if row.document:
        return Piece(row, row.document.title, row.document.get_absolute_url(), row.document.state in DONE)
    record = row.record
    return Piece(row, record.title, record.get_absolute_url(), record.state == Record.State.PUBLISHED)


def evidence_for(user, pk: int) -> PlanEvidence:
    return get_object_or_404(evidence(user).select_related("output__group"), pk=pk)


def periods(group: WorkingGroup, numbers: list[int]) -> list[tuple[int, PlanPeriod | None]]:
    known = {period.number: period for period in group.periods.all()}
    return [(number, known.get(number)) for number in numbers]


def head(numbers: list[int]) -> list[str]:
    columns = [_("Period %(number)s") % {"number": f"{number:02}"} for number in numbers]
    return [_("Code"), _("Output"), _("Kind"), _("Counted in"), _("Target"), _("Reached"), *columns]


def lines(rows: list[Row]) -> Iterator[tuple]:
    """One line per output; a period says how many of how many, and what they are."""
    for row in rows:
        told = (row.output.code, row.output.name, row.output.get_kind_display(), row.output.unit)
        yield (*told, row.target, row.reached, *(words_of(one) for one in row.cells))


def words_of(cell: Cell) -> str:
    titles = [str(piece.title) for piece in cell.pieces] + [task.title for task in cell.tasks]
    figures = f"{cell.reached}/{cell.target}" if cell.target or cell.pieces else ""
    return "; ".join(part for part in [figures, *titles] if part)
