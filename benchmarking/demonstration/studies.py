"""A study of peers and a cluster map of invented figures: drawn by a seed, the same every time, labelled as such."""

from random import Random

import pandas as pd
from django.db import transaction
from django.utils import timezone

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access import services as access
from platform_core.materials.languages.services import note_translations
from workinggroups.models import WorkingGroup

from .. import mapping, peering
from ..loading import COLUMNS, store
from ..models import Area, ClusterMap, DataSet, DataVersion, Indicator, PeerStudy
from ..services import clusters, peers, studies
from ..statistics.editions import OWN
from .figures import DIVISORS, LICENCE, SECTORS, STRUCTURE, cells, named

GROUP = 5  # clusters and regional specialisation
DATA, PEERS, CLUSTERS = "demonstration-regions", "demonstration-peers", "demonstration-clusters"
YEAR, BEFORE, SEED = 2023, 2018, 2027
SOURCE = "Invented for the demonstration"


def load() -> str:
    """Never over what is there, and nothing where no regions are known."""
    if DataSet.objects.filter(code=DATA).exists() or not regions():
        return ""
    with transaction.atomic():
        version = figures()
        study_peers(version)
        map_clusters(version)
    return "a study of peers and a cluster map of invented figures"


def regions() -> list[str]:
    known = {region.code for region in vocabulary.regions()}
    return list(Area.objects.filter(code__in=known).order_by("code").values_list("code", flat=True))


def figures() -> DataVersion:
    held = DataSet.objects.create(
        group_id=GROUP,
        code=DATA,
        title=named("titles", DATA, "Demonstration: structure and employment of regions"),
        description={"en": "Every figure is invented. It shows how the pages work and says nothing about any region."},
        source=SOURCE,
        licence=LICENCE,
        is_demonstration=True,
    )
    note_translations(held)
    access.set_audience(held, {"public"})
    for code, told in (STRUCTURE | SECTORS).items():
        indicator(code, *told)
    frame = pd.DataFrame(cells(regions(), Random(SEED), YEAR, BEFORE), columns=COLUMNS)  # noqa: S311 - invented figures
    version = store(frame, DataVersion(data_set=held, number=1, published_at=timezone.now(), note=SOURCE))
    access.set_audience(version, {"public"})
    return version


def indicator(code: str, name: str, unit: str, decimals: int, role: str) -> None:
    fields = {
        "name": named("names", code, name),
        "unit": named("units", unit),
        "decimals": decimals,
        "role": role,
        "direction": 1 if role == Indicator.Role.PERFORMANCE else 0,
        "source": SOURCE,
        "licence": LICENCE,
        "denominator": Indicator.objects.filter(code=DIVISORS.get(code, "")).first(),
        "is_demonstration": True,
    }
    made, new = Indicator.objects.get_or_create(code=code, defaults=fields)
    if new:
        note_translations(made)


def study_peers(version: DataVersion) -> None:
    study = studies.begin(
        PeerStudy,
        group(),
        versions=[version],
        code=PEERS,
        title=named("titles", PEERS, "Demonstration: who is like us in South-East Europe"),
        summary={"en": "Regions alike by what they are, found from invented figures. It shows how such a study reads."},
        year=YEAR,
        age=1,
        is_demonstration=True,
    )
    blocks = {
        "demo-density": "geography",
        "demo-trust": "institutions",
        "demo-trade": "openness",
        "demo-micro": "firms",
    }
    blocks |= {"demo-old": "people", "demo-tertiary": "people", "demo-farming": "sectors", "demo-industry": "sectors"}
    chosen = {one: (blocks[one.code], 1.0) for one in Indicator.objects.filter(code__in=blocks).order_by("pk")}
    peers.choose_variables(study, chosen, {})
    study.refresh_from_db()
    peering.at_once(study)
    studies.publish(study)


def map_clusters(version: DataVersion) -> None:
    found = studies.begin(
        ClusterMap,
        group(),
        versions=[version],
        code=CLUSTERS,
        title=named("titles", CLUSTERS, "Demonstration: sectors and regions of South-East Europe"),
        summary={"en": "Where sectors are strong, from invented figures. It shows how such a map reads."},
        year=YEAR,
        age=0,
        year_before=BEFORE,
        edition=OWN,
        is_demonstration=True,
    )
    held = {one.code: one for one in Indicator.objects.filter(code__in=SECTORS)}
    jobs = [code for code in SECTORS if code.startswith("demo-jobs-") and code != "demo-jobs-all"]
    chosen = {held[code]: held[code.replace("jobs", "value")] for code in jobs}
    clusters.choose_sectors(found, chosen, held["demo-jobs-all"])
    found.refresh_from_db()
    mapping.at_once(found)
    studies.publish(found)


def group() -> WorkingGroup:
    return WorkingGroup.objects.get(pk=GROUP)
