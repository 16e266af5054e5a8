"""Stored runs with invented figures that fit together: scores are the sums of their contributions."""

from django.utils import timezone

from benchmarking.models import Benchmark, Run, RunArea, RunNode, RunResult, RunSource
from platform_core.ground.vocabulary.models import Region
from platform_core.identity.access import services as access
from tests.factories import data

PARTS = ("money", "skills", "firms")
RECIPE = {
    "screen": 0.65,
    "imputation": "mean_group:country",
    "treatment": "winsorise:5",
    "normalisation": "minmax:0:100",
    "weights": "equal",
    "aggregation": ["amean"],
}

FACTORS = {
    "weight_set": {"First": 0.5, "FirstLow": 0.4, "FirstHigh": 0.6, "Total": 0.7, "TotalLow": 0.6, "TotalHigh": 0.8},
    "normalisation": {"First": 0.1, "FirstLow": None, "FirstHigh": None, "Total": 0.3},
}
MOVED = {"Level": 1, "MeanShift": 1.5, "MaxShift": 4, "Moved": 0.6}
OFTEN = {"Low": 1, "Median": 2, "High": 4, "Top": 0.9, "AtNominal": 0.4, "Runs": 500}


def benchmark(code: str = "finance", group: int = 4, **fields) -> Benchmark:
    told = {
        "title": {"en": "Clusters compared"},
        "question": {"en": "Who pays for clusters, and does it help?"},
        "year": 2023,
    }
    return Benchmark.objects.create(code=code, group_id=group, **(told | {"recipe": RECIPE} | fields))


def run(
    of: Benchmark | None = None,
    regions: int = 12,
    indicators: int = 2,
    *,
    is_open: bool = True,
    peers: int = 5,
    **fields,
) -> Run:
    """A computed run; `indicators` to each of three parts. The region at place n has rank n + 1, the last one none."""
    of = of or benchmark()
    found = of.runs.create(
        **{
            "number": of.runs.count() + 1,
            "recipe": RECIPE,
            "robustness": {"runs": 500, "top": 10},
            "years": [2023, 2],
            "structure": structure(indicators),
            "inputs": [{"data_set": "figures", "number": 1, "sha256": "a" * 64, "digest": "b" * 64, "version": 1}],
            "code_version": "1",
            "seed": 7,
            "state": Run.State.DONE,
            "choices_sha256": "c" * 64,
            "sha256": "d" * 64,
            "finished_at": timezone.now(),
            "published_at": timezone.now() if is_open else None,
        }
        | fields
    )
    nodes(found, indicators)
    areas(found, regions, indicators, peers)
    results(found, indicators)
    keys = {"public"} if is_open else of.audience_before
    access.set_audience(found, keys)
    access.set_audience(of, keys)
    if is_open:
        Benchmark.objects.filter(pk=of.pk).update(state=Benchmark.State.PUBLISHED, published_at=timezone.now())
        of.refresh_from_db()
    return found


def codes(indicators: int) -> list[str]:
    return [f"{part}_{number}" for part in PARTS for number in range(1, indicators + 1)]


def structure(indicators: int) -> list[dict]:
    heads = [{"code": "index", "parent": ""}, *({"code": part, "parent": "index"} for part in PARTS)]
    return [
        *heads,
        *({"code": code, "parent": code.partition("_")[0], "indicator": code} for code in codes(indicators)),
    ]


def nodes(of: Run, indicators: int) -> None:
    weight = 1 / (len(PARTS) * indicators)
    leaves = [
        RunNode(
            run=of,
            code=code,
            name={"en": f"Share of {code.replace('_', ' ')}", "el": f"Μερίδιο {code}"},
            parent=code.partition("_")[0],
            level=1,
            unit="% of firms",
            weight=1,
            effective_weight=weight,
            order=place,
        )
        for place, code in enumerate(codes(indicators), 10)
    ]
    middle = [
        RunNode(run=of, code=part, name={"en": part.title()}, parent="index", level=2, weight=1, effective_weight=1 / 3)
        for part in PARTS
    ]
    top = RunNode(run=of, code="index", name={"en": "Index"}, level=3, weight=1, effective_weight=1)
    RunNode.objects.bulk_create([top, *middle, *leaves])


def areas(of: Run, regions: int, indicators: int, peers: int) -> None:
    places = list(Region.objects.order_by("code")[:regions])
    told = [area(of, region, number, len(places), indicators) for number, region in enumerate(places)]
    for number, one in enumerate(told):
        near = sorted(range(len(told)), key=lambda other: (abs(other - number), other))[1 : peers + 1]
        one.profile["peers"] = [{"code": told[other].code, "distance": abs(other - number) / 10} for other in near]
    RunArea.objects.bulk_create(told)


def area(of: Run, region: Region, number: int, count: int, indicators: int) -> RunArea:
    every, is_last = codes(indicators), number == count - 1
    levels = {code: level(number, place, count) for place, code in enumerate(every)}
    score = sum(levels.values()) / len(every)
    figures = {
        code: {
            "value": None if number == 2 and code == every[1] else round(found / 4, 2),
            "year": 2023 - (number + place) % 3,
            "flag": "p" if (number + place) % 5 == 0 else "",
            "imputed": number == 2 and code == every[1],
            "used": found / 4,
            "treated": found / 4,
            "normalised": found,
            "contribution": found / len(every),
        }
        for place, (code, found) in enumerate(levels.items())
    }
    parts = {
        part: {
            "score": sum(levels[code] for code in every if code.startswith(part)) / indicators,
            "rank": number + 1,
            "low": max(1, number - 1),
            "high": min(count, number + 3),
        }
        for part in PARTS
    }
    return RunArea(
        run=of,
        code=region.code,
        name=region.name,
        country=region.country_id,
        score=None if is_last else score,
        rank=None if is_last else number + 1,
        rank_low=None if is_last else max(1, number),
        rank_median=None if is_last else number + 1,
        rank_high=None if is_last else min(count - 1, number + 2),
        left_out="coverage" if is_last else "",
        profile={"nodes": {**parts, "index": {"score": score, "rank": number + 1}}, "indicators": figures},
    )


def level(number: int, place: int, count: int) -> float:
    """0 to 100, falling with the place of the region, a little uneven from indicator to indicator."""
    return round(max(0.0, min(100.0, 90 - 80 * number / count + 17 * ((place * 7 + number * 3) % 5 - 2) / 2)), 3)


def observations(of: Run, years: int = 4) -> None:
    """The data the run was computed from: every indicator of every region, one flag and one gap among them."""
    told = [
        (
            code,
            area.code,
            year,
            None if year == 2022 and place == 1 else 10.0 + place + year % 7,
            "b" if year == 2021 else "",
        )
        for code in codes(of.nodes.filter(level=1).count() // len(PARTS))
        for place, area in enumerate(of.areas.order_by("code"))
        for year in range(2024 - years, 2024)
    ]
    version = data.version(data.data_set(f"data-{of.pk}"), *told)
    RunSource.objects.create(run=of, version=version)


def results(of: Run, indicators: int) -> None:
    every = codes(indicators)
    matrix = [[1.0 if one == other else 0.4 for other in every] for one in every]
    RunResult.objects.bulk_create(
        [
            RunResult(run=of, code="correlations", figures={"codes": every, "rows": matrix}),
            RunResult(run=of, code="sensitivity", figures={"factors": FACTORS}),
            RunResult(run=of, code="removal", figures={"elements": dict.fromkeys(every, MOVED)}),
            RunResult(
                run=of, code="uncertainty", figures={"top": 10, "areas": {area.code: OFTEN for area in of.areas.all()}}
            ),
            RunResult(run=of, code="coherence", figures={"alpha": {"money": 0.8}, "redundant": [every[:2]]}),
            RunResult(run=of, code="treatment", figures={every[0]: {"Method": "none", "SkewBefore": 0.4}}),
        ]
    )
