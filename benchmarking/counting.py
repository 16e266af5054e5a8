"""What of benchmarking counts towards the indicators of the programme."""

from collections.abc import Iterator

from django.db.models import Avg, F
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Counted, IndicatorRule
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Country

from .models import Area, Benchmark, ClusterMap, ClusterRow, Label, Scorecard, Swot

MEASURES = 4  # by which a cluster map judges a sector of a region


def place(area: Area, countries: frozenset[str]) -> dict[str, str]:
    """Countries outside the programme are kept out of the counts by country."""
    country = area.country if area.country in countries else ""
    return {"country": country, "region": area.code if area.level == Area.Level.REGION else ""}


def programme_countries() -> frozenset[str]:
    return frozenset(Country.objects.values_list("code", flat=True))


def assessments() -> Iterator[Counted]:
    countries, evaluation = programme_countries(), "monitoring_evaluation"
    for one in Benchmark.objects.filter(state="published", published_at__isnull=False):
        day = platform_day(one.published_at)
        yield Counted(
            thing="benchmarking.benchmark",
            pk=one.pk,
            key=f"benchmark:{one.pk}",
            day=day,
            topic=one.group_id,
            stage=evaluation,
        )
    for card in published_scorecards():
        yield Counted(
            thing="benchmarking.scorecard",
            pk=card.pk,
            key=f"scorecard:{card.pk}",
            day=card.published_on,  # type: ignore[arg-type]
            topic=card.group_id,
            stage=evaluation,
            **place(card.area, countries),
        )
    for swot in Swot.objects.filter(state=Swot.State.APPROVED).select_related("area"):
        yield Counted(
            thing="benchmarking.swot",
            pk=swot.pk,
            key=f"swot:{swot.pk}",
            day=swot.approved_on,  # type: ignore[arg-type]
            topic=swot.group_id,
            stage="preparation",
            **place(swot.area, countries),
        )


def published_scorecards():
    rows = Scorecard.objects.filter(state=Scorecard.State.PUBLISHED, published_on__isnull=False)
    return rows.select_related("area").order_by("ends", "begins", "pk")


def policy_gains() -> Iterator[Counted]:
    """Each area once: by the group and grid of which its newest assessment is better, on average over all lines."""
    countries = programme_countries()
    last: dict[tuple[int, int, int], Scorecard] = {}
    gains: dict[int, Scorecard] = {}
    for card in published_scorecards().annotate(mean=Avg("scores__median")):
        key = (card.group_id, card.grid_id, card.area_id)
        before, last[key] = last.get(key), card
        if before is None or before.mean is None or card.mean is None:
            continue
        if card.mean > before.mean:
            gains.setdefault(card.area_id, card)
        elif gains.get(card.area_id) in (before, card):
            gains.pop(card.area_id)
    for area, card in gains.items():
        yield Counted(
            thing="benchmarking.scorecard",
            pk=card.pk,
            key=f"area:{area}",
            day=card.published_on,  # type: ignore[arg-type]
            topic=card.group_id,
            stage="monitoring_evaluation",
            **place(card.area, countries),
        )


def sectors() -> Iterator[Counted]:
    """Each sector of a region once, however many maps find it; `passed` holds what was judged."""
    countries = programme_countries()
    rows = ClusterRow.objects.filter(map__state=ClusterMap.State.PUBLISHED, map__published_at__isnull=False)
    rows = rows.filter(stars=MEASURES).select_related("map", "area").annotate(code=F("sector__employment__code"))
    for row in rows:
        yield Counted(
            thing="benchmarking.clustermap",
            pk=row.map_id,
            key=f"area:{row.area_id}:sector:{row.code}",
            day=platform_day(row.map.published_at),
            topic=row.map.group_id,
            stage="preparation",
            **place(row.area, countries),
        )


def labels() -> Iterator[Counted]:
    rows = Label.objects.filter(is_published=True, state__in=(Label.State.VALID, Label.State.RENEWED))
    for row in rows.select_related("organisation__region"):
        yield Counted(
            thing="members.organisation",
            pk=row.organisation_id,
            key=f"organisation:{row.organisation_id}",
            day=row.begins,
            organisation=row.organisation_id,
            country=row.organisation.country_id,
            region=row.organisation.region.code if row.organisation.region else "",
        )


RULES = [
    IndicatorRule(
        code="benchmarking.assessments",
        name=_("Assessments of cluster policy"),
        once_per=_("benchmark, assessment of policies or SWOT"),
        event=_("it is published or approved; a benchmark that a later version supersedes leaves the list"),
        confirmed_by=_("who decides for the working group"),
        counted=assessments,
        verbs=frozenset(
            {
                "benchmarking.benchmark_published",
                "benchmarking.benchmark_superseded",
                "benchmarking.benchmark_withdrawn",
                "benchmarking.benchmark_taken_back",
                "benchmarking.benchmark_deleted",
                "benchmarking.scorecard_published",
                "benchmarking.swot_approved",
            }
        ),
    ),
    IndicatorRule(
        code="benchmarking.policy_gains",
        name=_("Assessments of policies that are better than the one before"),
        once_per=_("region or country"),
        event=_("an assessment is published whose lines are better on average than those of the one before"),
        confirmed_by=_("the raters of the assessment"),
        counted=policy_gains,
        verbs=frozenset({"benchmarking.scorecard_published"}),
    ),
    IndicatorRule(
        code="benchmarking.sectors",
        name=_("Strong sectors of regions"),
        once_per=_("sector and region"),
        event=_("a cluster map is published in which the sector passes all four measures"),
        confirmed_by=_("who publishes the map for the working group"),
        counted=sectors,
        verbs=frozenset({"benchmarking.study_published", "benchmarking.study_withdrawn", "benchmarking.study_dropped"}),
    ),
    IndicatorRule(
        code="benchmarking.labels",
        name=_("Published labels of cluster management"),
        once_per=_("organisation"),
        event=_("it publishes a label it was given; who lets it expire or has it revoked leaves the list"),
        confirmed_by=_("the verifiers of its self-assessment"),
        without_stage=_("A label says how an organisation works, not how a policy does."),
        counted=labels,
        verbs=frozenset(
            {
                "benchmarking.label_given",
                "benchmarking.label_published",
                "benchmarking.label_revoked",
                "benchmarking.label_expired",
            }
        ),
    ),
]
