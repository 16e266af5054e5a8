"""Two benchmarks on invented figures: one published with its run, one on its way with two runs and points of several people.

Only the figures are invented; everything else is computed here as for anybody.
"""

import json
from pathlib import Path

from django.db import transaction

from platform_core.identity.accounts.models import User
from workinggroups.models import WorkingGroup

from .. import computing, publication
from ..models import Area, Benchmark, DataVersion, Indicator, PeerStudy
from ..services import benchmarks, hierarchy, points, runs

INNOVATION, FINANCE, YEAR = 1, 4, 2023  # groups, and the year of the figures
DATA = "invented-regions"
TOLD = Path(__file__).with_suffix(".json")
GIVERS = ("donaukreis", "oncluster", "anatolikos-ormos")


def load() -> str:
    """Never over what is there, and nothing without the invented figures."""
    version = DataVersion.objects.filter(data_set__code=DATA).order_by("number").last()
    if version is None or Benchmark.objects.filter(is_demonstration=True).exists():
        return ""
    told = json.loads(TOLD.read_text(encoding="utf-8"))
    with transaction.atomic():
        publish(told, version)
        prepare(told, version)
    return "two benchmarks of invented figures, computed"


def regions(version: DataVersion) -> list[str]:
    known = Area.objects.filter(level=Area.Level.REGION, observations__version=version)
    return list(known.order_by("code").values_list("code", flat=True).distinct())


def drawn_up(group: int, texts: dict, version: DataVersion, parts: list[dict], **fields) -> Benchmark:
    found = benchmarks.begin(
        WorkingGroup.objects.get(pk=group),
        by=None,
        title=texts["title"],
        question=texts["question"],
        year=YEAR,
        **fields,
    )
    Benchmark.objects.filter(pk=found.pk).update(is_demonstration=True)
    benchmarks.choose_areas(found, regions(version), by=None)
    benchmarks.choose_sources(found, [version], by=None)
    study = PeerStudy.objects.filter(is_demonstration=True, state=PeerStudy.State.PUBLISHED).first()
    benchmarks.keep(found, "regions", by=None, peer_study=study)
    root = found.nodes.get(parent=None)
    for part in parts:
        node = hierarchy.add_aggregate(found, part["name"], root, by=None)
        hierarchy.add_indicators(found, list(Indicator.objects.filter(code__in=part["indicators"])), node, by=None)
    for step in ("indicators", "treatment", "weights", "aggregation", "robustness"):
        benchmarks.keep(found, step, by=None)
    found.refresh_from_db()
    return found


def publish(told: dict, version: DataVersion) -> None:
    found = drawn_up(INNOVATION, told["published"], version, told["groups"], preset="default")
    benchmarks.keep(found, "reading", by=None, reading=told["published"]["reading"])
    computing.at_once(runs.start(found))
    publication.publish(found)


def prepare(told: dict, version: DataVersion) -> None:
    found = drawn_up(FINANCE, told["draft"], version, told["groups"][1:3], preset="simple")
    computing.at_once(runs.start(found, note="Simple means"))
    people = User.objects.filter(email__in=[f"{name}@example.org" for name in GIVERS]).order_by("email")
    giving = [person for person in people if person.has_perm("benchmarking.give_points", found)]
    for number, person in enumerate(giving):
        points.give(found, spread(found, number), by=person)
    benchmarks.keep(found, "weights", by=None, recipe={"weights": "budget" if giving else "original"})
    computing.at_once(runs.start(found, note="Weights from points" if giving else "Weights as given"))
    runs.diagnose(found, by=None)


def spread(benchmark: Benchmark, number: int) -> dict[int, int]:
    """A hundred points over the places beside each other; everybody finds another one most important."""
    given: dict[int, int] = {}
    for parent in benchmark.nodes.filter(children__isnull=False).distinct():
        beside = list(parent.children.all())
        each = 60 // len(beside)
        given |= {node.pk: each for node in beside}
        given[beside[number % len(beside)].pk] += 100 - each * len(beside)
    return given
