import numpy as np
import pandas as pd
from hypothesis import given, settings, strategies as st

from benchmarking.statistics import clusters
from benchmarking.statistics.concentration import indices
from benchmarking.statistics.editions import OWN, Edition, Threshold, editions, from_json

REGIONS = ["AT1", "BG1", "RO1"]


def jobs(**sectors) -> pd.DataFrame:
    return pd.DataFrame(sectors, index=REGIONS, dtype=float)


def test_quotient_by_hand():
    found = clusters.location_quotients(jobs(wood=[10, 20, 30], ships=[90, 80, 70]))

    # wood is 60 of 300 jobs, 10 of 100 in AT1
    assert found["wood"].round(12).tolist() == [0.5, 1, 1.5]


def test_a_suppressed_cell_is_no_zero():
    employment = jobs(wood=[10, np.nan, 30], ships=[90, 80, 70])

    found = clusters.location_quotients(employment, clusters.whole_of(employment, totals=pd.Series(100.0, REGIONS)))

    # the share of wood is taken over the two regions that report it: 40 of 200
    assert found["wood"].fillna(-1).round(12).tolist() == [0.5, -1, 1.5]
    assert found["ships"].round(12).tolist() == [round(x / 80, 12) for x in (90, 80, 70)]


def test_a_total_that_is_summed_over_a_gap_is_said_so():
    employment = jobs(wood=[10, np.nan, 30], ships=[90, 80, 70])

    assert clusters.whole_of(employment).estimated.tolist() == [False, True, False]
    assert clusters.whole_of(employment, totals=pd.Series(100.0, REGIONS)).estimated.tolist() == [False] * 3


def test_against_a_reference_area():
    employment = jobs(wood=[10, 20, 30], ships=[90, 80, 70])

    whole = clusters.whole_of(employment, reference=pd.Series({"wood": 10.0, "ships": 90.0}))

    assert clusters.location_quotients(employment, whole)["wood"].round(12).tolist() == [1, 2, 3]


def edition(*thresholds) -> Edition:
    return Edition(
        "own", "Own", tuple(Threshold(*told, "cell" if told[1] == "least" else "sector", "ours") for told in thresholds)
    )


def test_thresholds_give_stars_and_small_cells_none():
    employment = jobs(wood=[300, 200, 5], ships=[700, 800, 5])

    found = clusters.mapped(employment, edition(("specialisation", "least", 1.1), ("small", "least", 50)))

    assert found.stars["wood"].tolist() == [1, 0, 0]
    assert found.small["wood"].tolist() == [False, False, True]
    assert found.measures["specialisation"].loc["RO1", "wood"] > 1.1


def test_the_highest_share_is_rounded_up_and_ties_are_in():
    employment = pd.DataFrame({"wood": [5.0, 9, 9, 1, np.nan]}, index=list("abcde"))

    found = clusters.mapped(employment, edition(("size", "top", 0.25)))

    assert found.passed["size"]["wood"].fillna(-1).tolist() == [0, 1, 1, 0, -1]
    assert found.judged["wood"].tolist() == [1, 1, 1, 1, 0]


def test_productivity_is_held_against_the_sector():
    employment = jobs(wood=[10, 20, 30])
    output = jobs(wood=[20, 20, np.nan])

    assert clusters.productivity(employment, output)["wood"].fillna(-1).round(12).tolist() == [1.5, 0.75, -1]


def test_missing_measures_are_not_judged():
    found = clusters.mapped(jobs(wood=[1e4, 2e4, 3e4], ships=[1e4, 1e4, 1e4]), editions()[OWN])

    assert set(found.passed) == {"size", "specialisation", "focus"}
    assert (found.judged == 3).all().all()


def test_editions_say_where_each_threshold_comes_from():
    assert {code: {threshold.origin for threshold in one.thresholds} for code, one in editions().items()} == {
        "observatory-2007": {"published", "reported"},
        "panorama-2014": {"reported", "ours"},
        "clusterpolisee-2026": {"ours"},
    }


def test_a_changed_threshold_is_ours():
    changed = editions()["observatory-2007"].changed(size=0.2, specialisation=2)

    assert (changed.of("size").value, changed.of("size").origin) == (0.2, "ours")
    assert changed.of("specialisation").origin == "reported"
    assert from_json(changed.as_json() | {"thresholds": [*changed.as_json()["thresholds"]]}) == changed


def test_indices_at_their_ends():
    reference = pd.Series({"wood": 0.5, "ships": 0.5})

    found = indices(pd.DataFrame({"wood": [1, 1], "ships": [1, 0]}, index=["even", "one"], dtype=float), reference)

    assert found.loc["even"].round(12).to_dict() == {
        "krugman": 0,
        "hhi": 0.5,
        "hachman": 1,
        "entropy": round(np.log(2), 12),
        "evenness": 1,
        "known": 1,
    }
    assert found.loc["one", ["krugman", "hhi", "hachman", "entropy", "evenness"]].tolist() == [1, 1, 0.5, 0, 0]


def test_indices_over_the_sectors_reported_alone():
    reference = pd.Series({"wood": 0.25, "ships": 0.25, "fish": 0.5})
    table = pd.DataFrame({"wood": [1.0], "ships": [1.0], "fish": [np.nan]}, index=["AT1"])

    found = indices(table, reference).loc["AT1"]

    assert (found["krugman"], found["hachman"], found["known"]) == (0, 1, 0.5)


employment_tables = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=3, max_size=3), min_size=2, max_size=8
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(st.integers(1, 10**6), min_size=3, max_size=3), min_size=2, max_size=8))
def test_quotients_weighted_by_the_share_of_the_whole_make_one(rows):
    table = pd.DataFrame(rows, columns=list("abc"), dtype=float)
    whole = clusters.whole_of(table)

    found = clusters.location_quotients(table, whole)

    assert np.allclose(found @ whole.shares, 1)  # over sectors, in each region
    assert np.allclose((whole.totals / whole.totals.sum()) @ found, 1)  # over regions, in each sector


@settings(max_examples=60, deadline=None)
@given(rows=employment_tables)
def test_missing_cells_have_nothing_and_shares_stay_shares(rows):
    table = pd.DataFrame(rows, columns=list("abc"), dtype=float)

    found = clusters.mapped(table, editions()[OWN])

    for measure in found.measures.values():
        assert measure[table.isna()].isna().all().all()
    assert found.stars[table.isna()].isna().all().all()
    assert (found.judged[table.isna()].fillna(0) == 0).all().all()
    known = found.regions.dropna()
    assert ((known["hhi"] > 0) & (known["hhi"] <= 1 + 1e-12) & (known["hachman"] <= 1 + 1e-12)).all()
