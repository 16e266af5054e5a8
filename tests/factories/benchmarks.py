"""Benchmarks on invented figures: ten regions, four indicators in two groups."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from benchmarking.models import Benchmark, DataVersion, Indicator, Run
from benchmarking.selectors import runs as selectors
from benchmarking.services import approvals, benchmarks, hierarchy, runs
from platform_core.identity.access import services as access
from tests.factories.data import data_set, version
from tests.factories.workinggroups import group
from tests.settling import settle

REGIONS = ("AT11", "AT12", "AT13", "BG31", "BG32", "EL30", "HU11", "RO11", "SI03", "SK01")
GROUPS = {"money": ("grants", "venture"), "people": ("skills", "staff")}
INDICATORS = tuple(code for codes in GROUPS.values() for code in codes)
YEAR = 2022


def figures(code: str = "figures", regions=REGIONS, indicators=INDICATORS, seed: int = 1) -> DataVersion:
    """A published version with a figure for every region and indicator, the same for the same seed."""
    chance = Random(seed)
    cells = [
        (indicator, region, YEAR, round(chance.uniform(10, 90), 3)) for indicator in indicators for region in regions
    ]
    held = data_set(code)
    access.set_audience(held, {"public"})
    return version(held, *cells, published_at=timezone.now())


def begun(by, group_number: int = 4, **fields) -> Benchmark:
    texts = {"title": {"en": "Finance of clusters"}, "question": {"en": "Who finances clusters better?"}}
    return benchmarks.begin(group(group_number), by=by, **{"preset": "simple", "year": YEAR, **texts, **fields})


def complete(by, source: DataVersion | None = None, **fields) -> Benchmark:
    """With regions, data and two groups of indicators: everything a run needs."""
    found = begun(by, **fields)
    source = source or figures()
    benchmarks.choose_areas(found, REGIONS, by=by)
    benchmarks.choose_sources(found, [source], by=by)
    root = found.nodes.get(parent=None)
    for name, codes in GROUPS.items():
        node = hierarchy.add_aggregate(found, {"en": name.title()}, root, by=by)
        hierarchy.add_indicators(found, list(Indicator.objects.filter(code__in=codes)), node, by=by)
    found.refresh_from_db()
    return found


def computed(by, **fields) -> Run:
    found = complete(by, **fields)
    run = runs.start(found, by=by)
    settle()
    run.refresh_from_db()
    return run


def approved(run: Run, *, by, approver) -> Run:
    """The run after somebody else approved it."""
    (asked,) = approvals.ask(run, [approver], by=by, due_on=timezone.localdate() + timedelta(days=7))
    approvals.approve(asked, by=approver, reason="Good.")
    run.benchmark.refresh_from_db()
    assert selectors.standing(run) == "approved"
    return run
