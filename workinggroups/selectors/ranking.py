from collections import defaultdict
from dataclasses import dataclass

from platform_core.exchange.assessment.consolidation import Picture, consolidated
from platform_core.exchange.assessment.models import Assessment, Evaluation, Score

from ..models import Call, Expression
from .expressions import LABEL

KIND = "workinggroups.expression"


@dataclass(frozen=True)
class Place:
    """An expression in the ranking. `rank` is None while its gates are not passed or nobody has scored it."""

    expression: Expression
    assessment: Assessment | None
    picture: Picture | None
    submitted: int
    waiting: int
    rank: int | None = None
    tied: bool = False

    @property
    def score(self) -> float | None:
        return self.picture.score if self.picture else None

    @property
    def passes(self) -> bool:
        return bool(self.picture and self.picture.passes and self.submitted)

    @property
    def disagreements(self) -> int:
        return len(self.picture.disagreements) if self.picture else 0


def assessments(call: Call) -> dict[int, Assessment]:
    """The last assessment of each expression."""
    rows = Assessment.objects.filter(kind=KIND, thing=LABEL, object_id__in=call.expressions.values("pk"))
    return {row.object_id: row for row in rows.exclude(state=Assessment.State.ABANDONED).order_by("pk")}


def ranking(call: Call) -> list[Place]:
    """All eligible expressions, the best first; the same score is the same rank. As many queries for one as for many."""
    judged = assessments(call)
    pks = [one.pk for one in judged.values()]
    states: dict[int, list[str]] = defaultdict(list)
    for pk, state in Evaluation.objects.filter(assessment__in=pks).values_list("assessment", "state"):
        states[pk].append(state)
    scores: dict[int, list[tuple[int, Score]]] = defaultdict(list)
    rows = Score.objects.filter(evaluation__assessment__in=pks, evaluation__state=Evaluation.State.SUBMITTED)
    for score in rows.select_related("evaluation"):
        scores[score.evaluation.assessment_id].append((score.evaluation.number, score))
    first = next(iter(judged.values()), None)
    criteria = list(first.grid.criteria.all()) if first else []
    wanted = call.expressions.filter(state__in=("eligible", "decided")).select_related("organisation__country")
    places = []
    for expression in wanted:
        own = judged.get(expression.pk)
        picture = consolidated(criteria, scores[own.pk]) if own else None
        told = states[own.pk] if own else []
        waiting = sum(state in ("asked", "begun") for state in told)
        places.append(Place(expression, own, picture, told.count("submitted"), waiting))
    return ranked(places)


def ranked(places: list[Place]) -> list[Place]:
    """Those that pass their gates by score, the others after them without a rank."""
    order = sorted(places, key=lambda one: (not one.passes, -(one.score or 0), one.expression.organisation.sort_name))
    counted = [one.score for one in order if one.passes and one.score is not None]
    return [
        Place(
            one.expression,
            one.assessment,
            one.picture,
            one.submitted,
            one.waiting,
            rank=counted.index(one.score) + 1 if one.passes and one.score in counted else None,
            tied=one.passes and counted.count(one.score) > 1,
        )
        for one in order
    ]
