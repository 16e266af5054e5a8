from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment import selectors as judged
from platform_core.exchange.assessment.consolidation import Line
from platform_core.exchange.assessment.models import Assessment, Criterion, Grid
from platform_core.identity.access.selectors import may_see

from ..models import Pilot, PilotLesson, SelfRating
from .pilots import EVALUATION, PILOT, entered
from .schemes import EVALUATION_GRID

OUTCOMES = {
    "well": _("it worked, and others can take it over"),
    "partly": _("it worked in part"),
    "not": _("it did not work"),
}


@dataclass(frozen=True)
class Beside:
    """A criterion as the lead sees it and as the evaluators do; each None where nobody has said it yet."""

    criterion: Criterion
    own: SelfRating | None
    line: Line | None


def outcome_of(pilot: Pilot) -> str:
    return str(OUTCOMES.get(pilot.outcome, ""))


def grid_of(pilot: Pilot) -> Grid:
    """The one its evaluation is made by, or that in force."""
    found = evaluation_of(pilot)
    grid = found.grid if found else judged.grid_in_force(EVALUATION_GRID)
    return judged.grid_for(grid.code, grid.version)


def evaluation_of(pilot: Pilot) -> Assessment | None:
    rows = Assessment.objects.filter(kind=EVALUATION, thing=PILOT, object_id=pilot.pk).select_related("grid")
    return rows.exclude(state=Assessment.State.ABANDONED).order_by("-pk").first()


def beside(user, pilot: Pilot) -> list[Beside]:
    """The lead's self-assessment beside the evaluation, which shows once it is concluded."""
    own = {row.criterion_id: row for row in pilot.self_ratings.all()} if pilot.self_assessed_on else {}
    found, lines = evaluation_of(pilot), {}
    if found and found.state == Assessment.State.CONCLUDED and may_see(user, found):
        lines = {line.criterion.pk: line for line in judged.picture(found).lines}
    return [Beside(one, own.get(one.pk), lines.get(one.pk)) for one in grid_of(pilot).criteria.all()]


def ratings(pilot: Pilot) -> dict[int, SelfRating]:
    return {row.criterion_id: row for row in pilot.self_ratings.all()}


def lessons(user) -> QuerySet[PilotLesson]:
    rows = PilotLesson.objects.select_related("pilot__scheme__group", "pilot__lead", "record")
    return rows.filter(pilot__in=entered(user).values("pk"))


def lesson_for(user, pk: int) -> PilotLesson:
    return get_object_or_404(lessons(user), pk=pk)


def lessons_of(pilot: Pilot) -> Sequence[PilotLesson]:
    return list(pilot.lessons.select_related("record"))


def published_lessons(user, pilot: Pilot) -> list[PilotLesson]:
    """Those that became records everybody reads."""
    rows = pilot.lessons.select_related("record").filter(record__state="published")
    return [row for row in rows if may_see(user, row.record)]
