"""How cluster organisations are managed: their own assessments, labels, and all together without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.exchange.assessment import selectors as assessment
from platform_core.exchange.assessment.models import Assessment, Criterion, Grid
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require, visible
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import organisations, own_organisations

from ..models import Label, LabelRule, SelfAssessment, SelfScore

GRID, KIND, LABEL = "cluster-management", "benchmarking.excellence", "benchmarking.selfassessment"
CLUSTERS = "cluster_organisation"
LEAST = 5  # organisations below which nothing of them all together is told
COARSE = 5  # percent that shares of all together are rounded to
WARN = timedelta(days=60)


@dataclass(frozen=True)
class Part:
    """Indicators under one heading with what was said and found of each."""

    name: str
    rows: Sequence[tuple[Criterion, SelfScore | None]]

    @property
    def met(self) -> int:
        return sum(bool(score and score.met) for _criterion, score in self.rows)


def set_in_force(version: int | None = None) -> Grid:
    found = assessment.grid_in_force(GRID).version if version is None else version
    return assessment.grid_for(GRID, found)


def versions() -> list[Grid]:
    return list(Grid.objects.filter(code=GRID).order_by("-version"))


def rules(grid: Grid) -> list[LabelRule]:
    return list(LabelRule.objects.filter(grid=grid).order_by("-share"))


def rule_for(grid: Grid, met: int, judged: int) -> LabelRule | None:
    """The highest label that so many met and judged indicators carry."""
    total = grid.criteria.count()
    carried = (rule for rule in rules(grid) if 100 * met >= rule.share * total and 100 * judged >= rule.judged * total)
    return next(carried, None)


def self_assessments(user) -> QuerySet[SelfAssessment]:
    return visible(SelfAssessment.objects.select_related("organisation", "grid"), user)


def self_assessment_for(user, pk: int) -> SelfAssessment:
    scores = Prefetch("scores", SelfScore.objects.select_related("criterion"))
    return get_object_or_404(self_assessments(user).prefetch_related(scores, "grid__criteria"), pk=pk)


def parts(found: SelfAssessment) -> list[Part]:
    held = {score.criterion_id: score for score in found.scores.all()}
    return [
        Part(name, [(criterion, held.get(criterion.pk)) for criterion in criteria])
        for name, criteria in assessment.criteria_by_part(found.grid)
    ]


def unmet(found: SelfAssessment) -> list[Criterion]:
    """What verifiers found not met, each with its one recommendation."""
    return [score.criterion for score in found.scores.all() if score.met is False]


def of_organisation(user, organisation: Organisation) -> QuerySet[SelfAssessment]:
    return self_assessments(user).filter(organisation=organisation)


def own_clusters(user) -> list[Organisation]:
    return list(own_organisations(user).filter(kind=CLUSTERS))


def cluster_for(user, code: str) -> Organisation:
    found = get_object_or_404(organisations(user).filter(kind=CLUSTERS), code=code)
    require(user, "benchmarking.assess_management", found)
    return found


def to_look_after(user) -> QuerySet[SelfAssessment]:
    """Those that wait for verifiers or are with them."""
    states = (SelfAssessment.State.SUBMITTED, SelfAssessment.State.VERIFYING)
    return self_assessments(user).filter(state__in=states).order_by("submitted_on", "pk")


def valid_labels() -> QuerySet[Label]:
    return Label.objects.filter(state=Label.State.VALID).select_related("organisation", "rule")


def labels_to_look_after(user) -> QuerySet[Label]:
    require(user, "benchmarking.look_after_labels")
    return valid_labels().order_by("ends")


def published_labels(user) -> QuerySet[Label]:
    seen = organisations(user).values("pk")
    return valid_labels().filter(is_published=True, organisation__in=seen).order_by("organisation__sort_name")


def label_for(user, pk: int) -> Label:
    """A label of an organisation the person acts for, or any for those who look after labels."""
    rows = Label.objects.select_related("organisation", "rule")
    if not user.has_perm("benchmarking.look_after_labels"):
        rows = rows.filter(organisation__in=own_organisations(user).values("pk"))
    return get_object_or_404(rows, pk=pk)


def label_of(organisation: Organisation) -> Label | None:
    return valid_labels().filter(organisation=organisation).first()


def labels_of(organisation: Organisation) -> QuerySet[Label]:
    """All it ever held, the newest first."""
    return Label.objects.filter(organisation=organisation).select_related("rule")


def verification_of(found: SelfAssessment) -> Assessment | None:
    rows = Assessment.objects.filter(kind=KIND, thing=LABEL, object_id=found.pk)
    return rows.exclude(state=Assessment.State.ABANDONED).order_by("-pk").first()


def newest_verified(grid: Grid) -> QuerySet[SelfAssessment]:
    """The newest of each organisation."""
    rows = SelfAssessment.objects.filter(grid=grid, state=SelfAssessment.State.VERIFIED)
    newest = rows.order_by().values("organisation").annotate(last=Max("pk")).values("last")
    return rows.filter(pk__in=newest).select_related("organisation")


def share_met(found: SelfAssessment, total: int) -> float:
    return 100 * (found.met or 0) / total


def coarse(share: float) -> int:
    return COARSE * round(share / COARSE)


def expired(today: date) -> QuerySet[Label]:
    return Label.objects.filter(state=Label.State.VALID, ends__lt=today)


def to_warn(today: date) -> QuerySet[Label]:
    return Label.objects.filter(state=Label.State.VALID, warned=False, ends__lte=today + WARN)


def today() -> date:
    return platform_day()
