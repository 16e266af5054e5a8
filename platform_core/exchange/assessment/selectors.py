from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model, Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.registry.catalogue import declared, find_thing, thing_kind
from platform_core.ground.registry.kinds import AssessmentKind, Evidence, Outcome
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import keys_of, visible
from platform_core.identity.access.sight import people_of
from platform_core.identity.accounts.models import User

from .consolidation import Line, Picture, consolidated
from .models import Assessment, Criterion, Evaluation, Grid, Score, ScoreEvidence


def kind_named(code: str) -> AssessmentKind:
    return next(kind for kind in declared(AssessmentKind) if kind.code == code)


def kind_of(assessment: Assessment) -> AssessmentKind:
    return kind_named(assessment.kind)


def grid_code(kind: AssessmentKind, thing: Model) -> str:
    return kind.grid if isinstance(kind.grid, str) else kind.grid(thing)


def grid_in_force(code: str) -> Grid:
    found = Grid.objects.filter(code=code, published_on__lte=platform_day()).order_by("-version").first()
    if found is None:
        raise Http404
    return found


def grid_for(code: str, version: int) -> Grid:
    return get_object_or_404(Grid.objects.prefetch_related("criteria", "steps"), code=code, version=version)


def criteria_by_part(grid: Grid) -> list[tuple[str, list[Criterion]]]:
    """Under the headings of its parts, or of the kinds of criteria, in the order of the grid."""
    found: dict[str, list[Criterion]] = {}
    for criterion in grid.criteria.all():
        found.setdefault(str(criterion.part) or criterion.get_kind_display(), []).append(criterion)
    return list(found.items())


def assessments(user) -> QuerySet[Assessment]:
    return visible(Assessment.objects.select_related("grid"), user)


def assessment_for(user, pk: int) -> Assessment:
    return get_object_or_404(assessments(user), pk=pk)


def assessments_of(user, thing: str, pk: int) -> QuerySet[Assessment]:
    """Of one thing, the newest first; abandoned ones are left out."""
    rows = assessments(user).filter(thing=thing, object_id=pk).exclude(state=Assessment.State.ABANDONED)
    return rows.order_by("-pk")


def subject(assessment: Assessment) -> Model | None:
    return find_thing(assessment.thing, assessment.object_id)


def title(assessment: Assessment) -> str:
    kind, thing = thing_kind(assessment.thing), subject(assessment)
    return str(kind.title(thing)) if kind and thing else str(kind_of(assessment).name)


def subject_address(user, assessment: Assessment) -> str:
    kind, thing = thing_kind(assessment.thing), subject(assessment)
    seen = kind and thing and kind.visible(user).filter(pk=thing.pk).exists()
    return kind.address(thing) if seen else ""


def picture(assessment: Assessment) -> Picture:
    submitted = {"evaluation__assessment": assessment, "evaluation__state": Evaluation.State.SUBMITTED}
    rows = Score.objects.filter(**submitted).select_related("evaluation")
    return consolidated(assessment.grid.criteria.all(), [(score.evaluation.number, score) for score in rows])


def evidence_of(assessment: Assessment) -> Mapping[str, Sequence[Evidence]]:
    """What scores can stand on, by the code of the criterion."""
    thing = subject(assessment)
    return kind_of(assessment).evidence(thing) if thing else {}


@dataclass(frozen=True)
class Told:
    """A line of the picture with its scores as they are read."""

    line: Line
    given: list[tuple[int, int | None, str, list[Evidence]]]


def parts(assessment: Assessment) -> list[tuple[str, list[Told]]]:
    """The picture under the headings of the grid's parts, or of the kinds of criteria."""
    known = {piece.key: piece for pieces in evidence_of(assessment).values() for piece in pieces}
    cited: dict[tuple[int, int], list[Evidence]] = {}
    rows = ScoreEvidence.objects.filter(score__evaluation__assessment=assessment, key__in=known)
    for number, criterion, key in rows.values_list("score__evaluation__number", "score__criterion", "key"):
        cited.setdefault((number, criterion), []).append(known[key])
    found: dict[str, list[Told]] = {}
    for line in picture(assessment).lines:
        given = [
            (number, value, reason, cited.get((number, line.criterion.pk), [])) for number, value, reason in line.given
        ]
        heading = str(line.criterion.part) or line.criterion.get_kind_display()
        found.setdefault(heading, []).append(Told(line, given))
    return list(found.items())


def progress(assessment: Assessment) -> dict[str, int]:
    """How many evaluators are in each state; those who stepped back are counted apart."""
    return dict(Counter(assessment.evaluations.values_list("state", flat=True)))


def allowed_outcomes(assessment: Assessment, found: Picture) -> list[Outcome]:
    """Those that the scores allow, the best first; to refuse is always allowed."""
    kind, thing = kind_of(assessment), subject(assessment)
    return [outcome for outcome in kind.outcomes if outcome.allowed(thing, found)]


def outcome_name(assessment: Assessment) -> str:
    found = (outcome for outcome in kind_of(assessment).outcomes if outcome.code == assessment.outcome)
    return next((str(outcome.name) for outcome in found), "")


def evaluations_of(user) -> QuerySet[Evaluation]:
    """What waits for a person, then what she has done."""
    rows = Evaluation.objects.filter(evaluator=user.pk).select_related("assessment__grid")
    return rows.exclude(assessment__state=Assessment.State.ABANDONED).order_by("assessment__due_on", "pk")


def evaluation_for(user, pk: int) -> Evaluation:
    rows = Evaluation.objects.filter(evaluator=user.pk).select_related("assessment__grid")
    scores = Prefetch("scores", Score.objects.select_related("criterion").prefetch_related("evidence"))
    grid = ("assessment__grid__criteria", "assessment__grid__steps")
    return get_object_or_404(rows.prefetch_related(scores, *grid), pk=pk)


def eligible(kind: AssessmentKind, thing: Model, besides: int | None = None) -> QuerySet[User]:
    """People who may evaluate a thing: those the kind names, without anybody whose interest is known; who asks may not."""
    today = platform_day()
    keys = {pk for key in kind.evaluators(thing) for pk in people_of(key, today) if pk}
    own = kind.interested(thing) | ({besides} if besides else set())
    people = User.objects.filter(pk__in=keys - own, is_active=True)
    may = [person.pk for person in people if "tier:full" in keys_of(person)]
    return User.objects.filter(pk__in=may).order_by("name", "email")


def to_remind(today) -> QuerySet[Evaluation]:
    open_ones = Evaluation.objects.filter(assessment__state=Assessment.State.OPEN, assessment__reminded=False)
    return open_ones.filter(state__in=("asked", "begun"), assessment__due_on__lte=today).select_related("assessment")
