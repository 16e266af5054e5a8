import pytest
from django.core.exceptions import ValidationError

from benchmarking.models import ClusterMap, Observation
from benchmarking.services import clusters, studies
from tests.factories import studies as factory
from tests.settling import settle

pytestmark = pytest.mark.database


def computed(people, told=None, **fields) -> ClusterMap:
    found = factory.cluster_map(people.wanda, told, **fields)
    clusters.compute(found, by=people.wanda)
    settle()
    found.refresh_from_db()
    return found


def cell(found, area, sector):
    return found.rows.get(area__code=area, sector__employment__code=sector)


def test_quotients_with_their_size(people):
    row = cell(computed(people), "BG31", "wood")

    jobs = 100 + 900 + 2000 + 2500 + 6000
    totals = 5100 + 4900 + 5000 + 5100 + 6900  # of the regions that report wood
    assert row.employment == 2000
    assert row.lq == pytest.approx((2000 / 5000) / (jobs / totals))
    assert row.size == pytest.approx(2000 / jobs)
    assert row.focus == pytest.approx(0.4)
    assert row.productivity == pytest.approx((50_000 / 2000) / (250_000 / jobs))


def test_a_suppressed_cell_is_not_known(people):
    row = cell(computed(people), "RO12", "wood")

    assert (row.employment, row.lq, row.stars, row.flag, row.passed) == (None, None, None, "c", {})


def test_a_small_cell_is_no_strength(people):
    found = computed(people, thresholds={"small": 1000})

    assert (cell(found, "RO12", "ships").is_small, cell(found, "RO12", "ships").stars) == (True, 0)


def test_another_threshold_is_marked_as_ours(people):
    found = computed(people, edition="observatory-2007", thresholds={"specialisation": 1.1})

    told = {one["measure"]: (one["value"], one["origin"]) for one in found.edition_used["thresholds"]}
    assert told["specialisation"] == (1.1, "ours")
    assert told["size"] == (0.1, "published")


def test_the_parts_of_change_add_up(people):
    found = computed(people)

    for row in found.rows.exclude(national=None):
        change = row.employment - row.before
        assert row.national + row.mix + row.regional == pytest.approx(change)
        assert row.competitive + row.allocation + row.born == pytest.approx(row.regional)
    assert cell(found, "RO12", "wood").national is None
    region = found.regions.get(area__code="RO12")
    assert region.change["covered"] == 0.5
    assert region.change["change"] == pytest.approx(0)


def test_a_total_over_a_gap_is_marked(people):
    found = computed(people)

    assert list(found.regions.filter(is_estimated=True).values_list("area__code", flat=True)) == ["RO12"]
    assert found.diagnosis["missing"] == 1


def test_a_country_figure_put_on_regions_is_left_out(people):
    told = factory.version()
    Observation.objects.filter(area__code="AT11", indicator__code="wood").update(provenance="national")

    found = computed(people, told)

    assert cell(found, "AT11", "wood").employment is None
    assert found.diagnosis["national"] == 1


def test_figures_in_thousands(people):
    assert cell(computed(people, persons=1000), "BG31", "wood").employment == 2_000_000


def test_without_an_earlier_year_there_is_no_change(people):
    found = factory.cluster_map(people.wanda)
    found = studies.change(found, by=people.wanda, year_before=None)
    clusters.compute(found, by=people.wanda)
    settle()

    assert found.regions.first().change == {}


def test_the_earlier_year_is_earlier(people):
    with pytest.raises(ValidationError, match="lies before"):
        studies.change(factory.cluster_map(people.wanda), by=people.wanda, year_before=2020)


@pytest.mark.parametrize(
    ("codes", "total", "told"), [(["wood"], None, "two sectors"), (["wood", "ships"], "wood", "no sector")]
)
def test_sectors_that_make_no_map(people, codes, total, told):
    found = factory.cluster_map(people.wanda)
    chosen = dict.fromkeys(factory.indicators(*codes))

    with pytest.raises(ValidationError, match=told):
        clusters.choose_sectors(found, chosen, factory.indicators(total)[0] if total else None, by=people.wanda)


def test_the_same_sectors_again_forget_nothing(people):
    found = computed(people)
    wood, ships, output = factory.indicators("wood", "ships", "output")

    clusters.choose_sectors(found, {wood: output, ships: None}, by=people.wanda)

    found.refresh_from_db()
    assert (found.computed_at is None, found.rows.count()) == (False, 12)
