"""Studies of peers and cluster maps on a few invented regions."""

from benchmarking.models import ClusterMap, DataVersion, Indicator, PeerStudy
from benchmarking.services import clusters, peers, studies
from benchmarking.statistics.editions import OWN
from tests.factories import data as factory
from tests.factories.workinggroups import group
from tests.settling import settle

REGIONS = ("AT11", "AT12", "BG31", "BG32", "RO11", "RO12")
SIZES = (10.0, 11.0, 30.0, 31.0, 50.0, 90.0)
AGES = (40.0, 42.0, 44.0, 41.0, 39.0, 45.0)
JOBS = {"wood": (100, 900, 2000, 2500, 6000, None), "ships": (5000, 4000, 3000, 2600, 900, 700)}
EARLIER = {"wood": (80, 900, 1900, 2400, 5000, 10), "ships": (5200, 4100, 2800, 2500, 950, 700)}


def version(group: int = 4, published: bool = True) -> DataVersion:
    """Two structural variables, one of performance, employment of two sectors in two years, and what they make."""
    cells = [
        *(("size", code, 2020, value) for code, value in zip(REGIONS, SIZES, strict=True)),
        *(("age", code, 2020, value, "p") for code, value in zip(REGIONS, AGES, strict=True)),
        *(("gdp", code, 2020, value) for code, value in zip(REGIONS, SIZES, strict=True)),
        *(
            (sector, code, year, value, "" if value is not None else "c")
            for year, table in ((2020, JOBS), (2015, EARLIER))
            for sector, values in table.items()
            for code, value in zip(REGIONS, values, strict=True)
        ),
        *(("output", code, 2020, 50_000.0) for code in REGIONS),
    ]
    told = factory.version(factory.data_set(group=group), *cells)
    Indicator.objects.filter(code__in=["size", "age", *JOBS]).update(role="structural")
    if published:
        DataVersion.objects.filter(pk=told.pk).update(published_at=told.imported_at)
    return told


def indicators(*codes: str) -> list[Indicator]:
    held = {one.code: one for one in Indicator.objects.filter(code__in=codes)}
    return [held[code] for code in codes]


def begun(model, by, told: DataVersion, of: int = 4, **fields):
    preset = {"edition": OWN} if model is ClusterMap else {}
    title = fields.pop("title", {"en": "Alike"})
    return studies.begin(
        model, group(of), by=by, versions=[told], title=title, **{"year": 2020, "age": 1, **preset, **fields}
    )


def peer_study(by, told: DataVersion | None = None, **fields) -> PeerStudy:
    """With its variables, not computed yet."""
    study = begun(PeerStudy, by, told or version(), **fields)
    chosen = dict.fromkeys(indicators("size", "age"), ("people", 1.0))
    return peers.choose_variables(study, chosen, {}, by=by)


def cluster_map(by, told: DataVersion | None = None, **fields) -> ClusterMap:
    found = begun(ClusterMap, by, told or version(), year_before=2015, **fields)
    wood, ships, output = indicators("wood", "ships", "output")
    return clusters.choose_sectors(found, {wood: output, ships: None}, by=by)


def finished(made, by, publish=True):
    (peers if isinstance(made, PeerStudy) else clusters).compute(made, by=by)
    settle()
    return studies.publish(made, by=by) if publish else made
