"""Policy scorecards: of an area, through the years, and beside those of its structural peers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from platform_core.exchange.assessment import selectors as assessment
from platform_core.exchange.assessment.models import Assessment, Criterion, Evaluation, Grid
from platform_core.ground.texts.sorting import sort_key
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import visible

from ..models import Area, Measure, PolicyScore, Scorecard

GRID, KIND, LABEL = "cluster-policy", "benchmarking.policies", "benchmarking.scorecard"
RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff's customary limits of alpha
COMPARED = 10


@dataclass(frozen=True)
class Cell:
    """A line of a scorecard: `score` None where it is missing, which is not nothing."""

    criterion: Criterion
    score: PolicyScore | None

    @property
    def value(self) -> Decimal | None:
        return self.score.median if self.score else None

    @property
    def shade(self) -> int | None:
        return None if self.score is None else int(self.score.median + Decimal("0.5"))


@dataclass(frozen=True)
class Theme:
    """The lines of one part of the rubric; the mean is of those that were rated."""

    name: str
    cells: Sequence[Cell]

    @property
    def rated(self) -> int:
        return sum(cell.score is not None for cell in self.cells)

    @property
    def mean(self) -> float | None:
        values = [float(cell.value) for cell in self.cells if cell.value is not None]
        return round(mean(values), 1) if values else None


@dataclass(frozen=True)
class Comparison:
    """An area first, then those of its structural peers that have a scorecard on the same version of the rubric.

    `rows` are themes with, for each line, a cell of every column. Without a study of peers nothing is compared.
    """

    has_study: bool
    peers: int
    columns: Sequence[Scorecard]
    rows: Sequence[tuple[str, Sequence[tuple[Criterion, Sequence[Cell]]]]]


def scorecards(user) -> QuerySet[Scorecard]:
    return visible(Scorecard.objects.select_related("area", "group__topic", "grid"), user)


def scorecard_for(user, pk: int) -> Scorecard:
    return get_object_or_404(scorecards(user), pk=pk)


def published(user, *, country: str = "", level: str = "") -> QuerySet[Scorecard]:
    """The newest of each area first by area."""
    rows = scorecards(user).filter(state=Scorecard.State.PUBLISHED)
    if country:
        rows = rows.filter(area__country=country)
    if level in ("country", "region"):
        is_country = Q(area__level=Area.Level.COUNTRY)
        rows = rows.filter(is_country if level == "country" else ~is_country)
    return rows.annotate(rated=Count("scores")).order_by("area__code", "-ends", "-begins")


def of_area(user, code: str) -> list[Scorecard]:
    """The published scorecards of an area, the newest period first."""
    return list(published(user).filter(area__code=code))


def measures_of(scorecard: Scorecard) -> QuerySet[Measure]:
    lines = Prefetch("lines", Criterion.objects.only("pk", "code", "reference", "question", "part"))
    return scorecard.measures.select_related("record").prefetch_related(lines)


def measure_for(user, pk: int) -> Measure:
    rows = Measure.objects.select_related("scorecard__area", "record").prefetch_related("lines")
    return get_object_or_404(rows.filter(scorecard__in=scorecards(user).values("pk")), pk=pk)


def themes(scorecard: Scorecard) -> list[Theme]:
    """All lines of the rubric under their themes, rated or missing."""
    held = {score.criterion_id: score for score in scorecard.scores.all()}
    return [
        Theme(part, [Cell(criterion, held.get(criterion.pk)) for criterion in criteria])
        for part, criteria in assessment.criteria_by_part(scorecard.grid)
    ]


def rubric(version: int | None = None) -> Grid:
    found = assessment.grid_in_force(GRID).version if version is None else version
    return assessment.grid_for(GRID, found)


def versions() -> list[Grid]:
    return list(Grid.objects.filter(code=GRID).order_by("-version"))


def history(user, code: str) -> list[tuple[Scorecard, list[Theme]]]:
    """Every period of an area, the newest first."""
    rows = of_area(user, code)
    if not rows:
        raise Http404
    scores = PolicyScore.objects.filter(scorecard__in=rows)
    by_card: dict[int, list[PolicyScore]] = {}
    for score in scores:
        by_card.setdefault(score.scorecard_id, []).append(score)
    grids = {grid.pk: grid for grid in Grid.objects.prefetch_related("criteria").filter(code=GRID)}
    return [(row, themes_from(grids[row.grid_id], by_card.get(row.pk, []))) for row in rows]


def themes_from(grid: Grid, scores: Iterable[PolicyScore]) -> list[Theme]:
    held = {score.criterion_id: score for score in scores}
    return [
        Theme(part, [Cell(criterion, held.get(criterion.pk)) for criterion in criteria])
        for part, criteria in assessment.criteria_by_part(grid)
    ]


def comparison(user, scorecard: Scorecard, peers_of: Callable[..., Sequence[str] | None]) -> Comparison:
    """`peers_of(user, area code)` gives the codes of its structural peers, the nearest first; None without a study."""
    codes = peers_of(user, scorecard.area.code)
    if codes is None:
        return Comparison(False, 0, [scorecard], [])
    newest: dict[str, Scorecard] = {}
    wanted = published(user).filter(area__code__in=codes, grid=scorecard.grid_id)
    for row in wanted.exclude(area=scorecard.area_id):
        newest.setdefault(row.area.code, row)
    columns = [scorecard, *(newest[code] for code in codes if code in newest)][: COMPARED + 1]
    return Comparison(True, len(codes), columns, beside(scorecard.grid, columns))


def beside(grid: Grid, columns: Sequence[Scorecard]):
    held = {(row.scorecard_id, row.criterion_id): row for row in PolicyScore.objects.filter(scorecard__in=columns)}
    return [
        (part, [(one, [Cell(one, held.get((card.pk, one.pk))) for card in columns]) for one in criteria])
        for part, criteria in assessment.criteria_by_part(grid)
    ]


def area_label(area: Area) -> str:
    """Its name in the reader's language where it has one."""
    known = vocabulary.country_labels().get(area.code) or vocabulary.region_labels().get(area.code)
    return known or str(area)


def area_choices() -> list[tuple[str, str]]:
    """Countries of the programme and their regions, by name."""
    places = {*vocabulary.country_labels(), *vocabulary.region_labels()}
    rows = Area.objects.filter(code__in=places).order_by("code")
    countries = [(str(row.pk), area_label(row)) for row in rows if row.level == Area.Level.COUNTRY]
    regions = [(str(row.pk), area_label(row)) for row in rows if row.level != Area.Level.COUNTRY]
    return sorted(countries, key=by_name) + sorted(regions, key=by_name)


def by_name(choice: tuple[str, str]) -> str:
    return sort_key(choice[1])


def reliability(value: float | None) -> str:
    """What an alpha means, in words."""
    if value is None:
        return gettext("not computable, because everybody gave the same step throughout")
    if value >= RELIABLE:
        return gettext("reliable")
    if value >= TENTATIVE:
        return gettext("good enough for tentative conclusions")
    return gettext("the raters differ; read single lines, not sums")


def rating_of(scorecard: Scorecard) -> Assessment | None:
    rows = Assessment.objects.filter(kind=KIND, thing=LABEL, object_id=scorecard.pk)
    return rows.exclude(state=Assessment.State.ABANDONED).order_by("-pk").first()


def judged_once(rating: Assessment | None) -> set[int]:
    """Keys of the lines that one rater alone could judge, which therefore have no median."""
    if rating is None:
        return set()
    return {line.criterion.pk for line in assessment.picture(rating).lines if len(line.values) == 1}


def desk(user) -> QuerySet[Scorecard]:
    """Scorecards under way that a person sees, the newest first, each with the number of its measures."""
    rows = scorecards(user).exclude(state=Scorecard.State.PUBLISHED).order_by("-pk")
    return rows.annotate(entered=Count("measures"))


def rating_progress(rows: Iterable[Scorecard]) -> dict[int, tuple[Assessment, int, int]]:
    """By scorecard: its open assessment, how many evaluations are in, and how many are asked; the same cost for many."""
    pks = [row.pk for row in rows]
    found: dict[int, tuple[Assessment, int, int]] = {}
    open_ones = Assessment.objects.filter(kind=KIND, thing=LABEL, object_id__in=pks, state=Assessment.State.OPEN)
    done = Count("evaluations", filter=Q(evaluations__state=Evaluation.State.SUBMITTED))
    asked = Count("evaluations", filter=~Q(evaluations__state=Evaluation.State.CONFLICT))
    for row in open_ones.annotate(done=done, asked=asked):
        found[row.object_id] = (row, row.done, row.asked)
    return found
