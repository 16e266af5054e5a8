import pytest
from django.utils import timezone

from benchmarking import publication
from benchmarking.models import PeerRow, PeerStudy, Run, RunArea, RunNode
from benchmarking.readings import pages, practices, sentences, supposing
from benchmarking.readings.drawings import peer_radar, peer_waterfall
from benchmarking.readings.profile import Profile, standing
from benchmarking.readings.region import indicators_table, interval, peers_table
from benchmarking.selectors import readings as selectors
from platform_core.identity.access import services as access
from tests.factories import data, readings as factory, repository as filing

pytestmark = pytest.mark.django_db  # regions are named by the vocabulary
MINMAX = {"normalisation": "minmax:0:100", "aggregation": ["amean"]}


def area(code, rank, low=None, high=None, figures=(), **profile):
    told = {
        f"i{place}": {"value": value, "normalised": value, "contribution": value / 4, **profile}
        if value is not None
        else {"value": None, "normalised": None}
        for place, value in enumerate(figures)
    }
    ranks = {"rank": rank, "rank_low": low, "rank_high": high, "score": sum(value or 0 for value in figures) / 4}
    return RunArea(code=code, name=f"Region {code}", profile={"indicators": told, "nodes": {}}, **ranks)


def nodes(count):
    leaves = [
        RunNode(
            code=f"i{place}",
            name={"en": f"Indicator {place}"},
            parent="index",
            level=1,
            weight=1,
            effective_weight=0.25,
        )
        for place in range(count)
    ]
    return [RunNode(code="index", name={"en": "Index"}, level=2, weight=1), *leaves]


def profile(own, *peers, recipe=MINMAX, by_country=False):
    return Profile(Run(recipe=recipe), own, peers, nodes(4), 20, by_country=by_country)


OWN = area("OWN", 5, 4, 7, (90, 50, 10, None))
PEERS = [
    area("P1", 2, 1, 3, (50, 40, 80, 10)),
    area("P2", 6, 5, 8, (60, 60, 70, 20)),
    area("P3", 9, 8, 10, (40, 50, 60, 30)),
    area("P4", None, figures=(30, 45, 65, 40)),
]


def test_strengths_and_weaknesses_are_found_among_the_peers():
    found = profile(OWN, *PEERS)

    assert [one.node.code for one in found.strengths] == ["i0", "i1"]
    assert [one.node.code for one in found.weaknesses] == ["i2"]
    assert found.weaknesses[0].best.code == "P1"
    assert (found.strengths[0].place, found.strengths[0].behind) == (1, 4)


def test_an_estimated_figure_is_neither():
    found = profile(area("OWN", 5, 4, 7, (90, 50, 10, 1), imputed=True), *PEERS)

    assert (found.strengths, found.weaknesses) == ([], [])


def test_estimated_figures_of_peers_are_no_yardstick():
    found = profile(OWN, *(area(f"P{place}", 2, 1, 3, (50, 40, 80, 10), imputed=True) for place in range(4)))

    assert found.compared[0].levels == []


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (area("A", 1, 1, 3), area("B", 5, 4, 6), "ahead"),
        (area("A", 5, 4, 6), area("B", 1, 1, 3), "behind"),
        (area("A", 1, 1, 4), area("B", 5, 4, 6), "alike"),
        (area("A", 1), area("B", 2), "ahead"),
        (area("A", 2), area("B", 2), "alike"),
        (area("A", None), area("B", 2), ""),
    ],
)
def test_regions_whose_intervals_meet_cannot_be_told_apart(one, other, told):
    assert standing(one, other) == told


def test_the_position_says_how_sure_it_is():
    assert sentences.position(profile(OWN, *PEERS)) == [
        "Region OWN stands on rank 5; 20 regions were ranked.",
        "When the choices of method are varied, its rank lies between 4 and 7 in nine of ten repetitions; a smaller"
        " difference than that tells nothing.",
        "1 of its peers is clearly ahead of it: Region P1.",
        "1 of them cannot be told apart from it, because the intervals of their ranks meet: Region P2.",
        "1 of them is clearly behind: Region P3.",
    ]


def test_what_was_not_analysed_is_said():
    told = sentences.position(profile(area("OWN", 5, figures=(1, 1, 1, 1)), *PEERS[:1]))

    assert told[1] == "How far this rank depends on the choices of method was not analysed."


def test_no_rank_is_explained():
    found = area("OWN", None)
    found.left_out = "coverage"

    assert sentences.position(profile(found)) == ["Region OWN has no rank, because too few of its figures are known."]


def test_a_weakness_is_told_with_the_best():
    found = profile(OWN, *PEERS)

    assert sentences.weakness(found.weaknesses[0]) == (
        "Indicator 2: 10. Of 4 peers with a figure 4 do better; their median is 67.5, the best is Region P1 with 80."
    )


def test_gaps_and_flags_are_told():
    told = sentences.reservations(profile(area("OWN", 5, 4, 7, (90, 50, 10, None), flag="p"), *PEERS))

    assert told == ["1 of its 4 figures is missing.", "The source has put flags on 3 of its figures."]


def test_who_it_is_compared_with():
    assert sentences.peers(profile(OWN, *PEERS)) == (
        "It is compared with the 4 regions most like it in structure, whatever they achieve."
    )
    assert sentences.peers(profile(OWN, *PEERS, by_country=True)) == (
        "It is compared with the other regions of its country, because no structural peers were computed."
    )
    assert sentences.peers(profile(OWN)) == "This benchmark knows no peers of the region."


def test_long_lists_of_names_are_cut():
    assert sentences.names([area(str(place), place) for place in range(1, 10)]) == (
        "Region 1; Region 2; Region 3; Region 4; Region 5; Region 6 and 3 other regions"
    )


def test_a_ranking_says_who_may_be_first():
    ranked = [area("A", 1, 1, 2), area("B", 2, 1, 3), area("C", 3, 3, 3), area("D", 4, 4, 5)]

    assert sentences.leaders(ranked) == [
        "2 regions come first under some choices of method: Region A; Region B.",
        "Of 3 pairs of neighbours in the ranking, 2 cannot be told apart.",
    ]


def test_a_scale_without_ends_is_that_of_the_regions_shown():
    found = profile(OWN, *PEERS, recipe={"normalisation": "zscore:0:1"})

    assert found.scale is None
    assert found.levels(found.indicators[0]) == [100.0, pytest.approx(100 / 3), 50.0, pytest.approx(100 / 6), 0.0]
    assert not supposing.can_be_told(found)


def test_a_waterfall_ends_at_the_own_score():
    chart = peer_waterfall(profile(OWN, *PEERS))

    assert chart.rows[-1][2] == OWN.score
    assert chart.rows[-2][2] == pytest.approx(OWN.score)


def test_a_waterfall_needs_scores():
    alone = area("OWN", None)
    alone.score = None
    assert peer_waterfall(profile(alone, *PEERS)) is None


def test_a_radar_shows_a_gap_as_a_gap():
    chart = peer_radar(profile(OWN, *PEERS))

    assert chart.rows[3] == ["Indicator 3", None, 10, 25, 40]


def test_intervals_in_short():
    assert [interval(None, 3), interval(1, 4.5)] == ["–", "1–4"]
    assert sentences.in_short(area("A", 3, 2, 6)) == "Rank 3; between 2 and 6 when the choices of method are varied."
    assert sentences.in_short(area("A", 3)) == "Rank 3."


def test_the_better_ones_are_followed_to_what_they_did(people):
    run = factory.run(regions=12, peers=4)
    found = selectors.profile(people.guest, selectors.area_of(run, run.areas.get(rank=6).code))
    best, near = practices.better(found)[:2]
    filing.record("Vouchers", regions=[best.code])
    filing.record("A fund", kind="policy_mechanism", regions=[near.code, best.code])
    filing.record("What was asked", kind="consultation_result", countries=[])
    filing.record("Elsewhere", regions=[run.areas.get(rank=11).code])
    filing.record("Another topic", regions=[best.code], topics=[2])
    filing.record("For members", regions=[best.code], for_members=True)
    filing.record("A draft", regions=[best.code], publish=False)

    shown = selectors.practices(people.guest, found)
    assert {str(one.title) for one in shown} == {"Vouchers", "A fund", "What was asked"}
    assert shown[-1].why == (
        "What stakeholders said in a consultation on the same topic, which is not of these regions alone."
    )
    assert str(run.areas.get(code=best.code).name) in shown[0].why
    assert "For members" in {str(one.title) for one in selectors.practices(people.ana, found)}


def test_figures_over_the_years_come_from_the_data_of_the_run(django_assert_num_queries):
    run = factory.run(regions=3)
    factory.observations(run)
    codes = list(run.areas.values_list("code", flat=True))

    with django_assert_num_queries(1):
        rows = selectors.observed(run, "money_1", codes)
    assert len(rows) == 3 * 4
    assert {(year, flag) for _code, year, _value, flag, _provenance in rows} == {
        (2020, ""),
        (2021, "b"),
        (2022, ""),
        (2023, ""),
    }
    assert [value for _code, year, value, *_told in rows if year == 2022].count(None) == 1


def test_the_page_of_a_region_tells_of_the_latest_benchmark(client, people):
    old = factory.run(factory.benchmark("old"), regions=4)
    run = factory.run(factory.benchmark("new", title={"en": "The newest one"}), regions=4)
    factory.run(factory.benchmark("draft"), regions=4, is_open=False)
    code = run.areas.get(rank=2).code

    page = client.get(f"/en/regions/{code}/").content.decode()
    assert old.areas.filter(code=code).exists()
    assert "The newest one" in page
    assert f"/en/benchmarking/new/regions/{code}/" in page


def test_without_peers_of_its_own_a_run_takes_those_of_the_newest_study(client, people):
    run = factory.run(regions=8, peers=0)
    own, near, far = (run.areas.get(rank=rank) for rank in (4, 6, 1))
    study = peer_study(own.code, [near.code, "XX99", far.code])
    peer_study(own.code, [run.areas.get(rank=5).code], code="invented", is_demonstration=True)

    found = selectors.profile(people.guest, selectors.area_of(run, own.code))
    assert (found.study, found.by_country) == (study, False)
    assert [peer.code for peer in found.peers] == [near.code, far.code]
    assert found.distances[far.code] == 0.3
    page = client.get(f"/en/benchmarking/finance/regions/{own.code}/").content.decode()
    assert "It is compared with the 2 regions most like it in structure, by the study “Who is alike”." in page


def peer_study(code_of, codes, code="alike", **fields):
    study = PeerStudy.objects.create(
        code=code,
        group_id=4,
        title={"en": "Who is alike"},
        year=2023,
        state=PeerStudy.State.PUBLISHED,
        published_at=timezone.now(),
        computed_at=timezone.now(),
        **fields,
    )
    access.set_audience(study, {"public"})
    cells = {one: {"euclidean": place / 10} for place, one in enumerate(codes, 1)}
    PeerRow.objects.create(
        study=study,
        area=data.area(code_of),
        values={},
        stability={},
        compared=len(codes),
        peers={"lists": {"euclidean": {"all": codes, "abroad": codes}}, "cells": cells},
    )
    return study


def test_without_any_study_it_is_the_country(people):
    run = factory.run(regions=12, peers=0)
    own = run.areas.get(rank=2)

    found = selectors.profile(people.guest, selectors.area_of(run, own.code))
    assert found.by_country
    assert {peer.country for peer in found.peers} == {own.country}
    assert own.code not in {peer.code for peer in found.peers}


def national():
    found = area("OWN", 5, 4, 7, (90, 50, 10, None))
    found.profile["indicators"]["i0"] |= {"provenance": "national", "flag": "p"}
    return found


def test_the_country_s_figure_is_named_and_is_no_strength():
    found = profile(national(), *PEERS)

    assert [one.node.code for one in found.strengths] == ["i1"]
    assert indicators_table(found)["rows"][0][3] == "p; the country’s figure"
    assert sentences.reservations(found)[1:] == [
        "1 of its 4 figures is that of its country, put on the region; it is left out of strengths and weaknesses.",
        "The source has put a flag on 1 of its figures.",
    ]


def test_a_run_says_where_countries_stand_for_regions():
    assert sentences.nationals({"i0": 3, "i1": 1}, {"i0": "Rate"}) == [
        "4 figures of regions are those of their countries (Rate; i1): they make regions alike that are not."
    ]
    assert sentences.nationals(None, {}) == []


def test_flags_stand_on_map_scatter_and_trends(client, people):
    run = factory.run(regions=4)
    code = run.areas.get(rank=2).code
    row = run.areas.get(code=code)
    row.profile["indicators"]["money_1"] |= {"flag": "p", "provenance": "national"}
    row.save()
    remark = "p; the country’s figure"

    shown = pages.world(people.guest, run, {"node": "money_1"})
    assert {one["code"]: one["remark"] for one in shown["regions"]}[code] == remark
    assert [line[3] for line in shown["files"][0].rows if line[1] == code] == [remark]
    (chart,) = pages.scattered(people.guest, run, {"across": "money_1", "up": "index"})["charts"]
    assert [line[3:6:2] for line in chart.rows if line[1] == code] == [[remark, ""]]
    assert f"[{remark}]" in str(chart.wide)


@pytest.mark.parametrize(
    ("aggregation", "marker", "kind"),
    [(["amean"], None, "adds"), (["gmean"], None, "none"), (["gmean"], "lost", "lost"), (["copeland"], "none", "none")],
)
def test_contributions_are_shown_as_what_they_are(aggregation, marker, kind):
    own = area("OWN", 5, 4, 7, (90, 50, 10, None))
    if marker:
        own.profile["contributions"] = marker
    found = profile(own, *PEERS, recipe={"normalisation": "minmax:0:100", "aggregation": aggregation})

    assert found.contributes == kind
    assert (peer_waterfall(found) is None) == (kind == "none")
    if kind == "lost":
        assert "would lose" in peer_waterfall(found).description


def test_what_was_asked_where_better_peers_lie_comes_first(people):
    run = factory.run(regions=12, peers=4)
    found = selectors.profile(people.guest, selectors.area_of(run, run.areas.get(rank=6).code))
    near = practices.better(found)[1]
    elsewhere = [run.areas.get(rank=11).code]
    filing.record("Elsewhere asked", kind="consultation_result", regions=elsewhere, countries=[])
    filing.record("Asked everywhere", kind="consultation_result", countries=[])
    filing.record("Asked in the country", kind="consultation_result", countries=[near.country])
    filing.record("Asked there", kind="consultation_result", regions=[near.code])
    filing.record("Vouchers", regions=[near.code])

    shown = selectors.practices(people.guest, found)
    assert [str(one.title) for one in shown][:3] == ["Vouchers", "Asked there", "Asked in the country"]
    assert shown[1].why == f"What stakeholders said on the same topic where better peers lie: {near.called}."
    assert {one.why for one in shown[3:]} == {
        "What stakeholders said in a consultation on the same topic, which is not of these regions alone."
    }


def test_what_a_better_peers_country_did_counts_as_of_the_country(people):
    run = factory.run(regions=12, peers=4)
    found = selectors.profile(people.guest, selectors.area_of(run, run.areas.get(rank=11).code))
    ahead = [peer for peer in practices.better(found) if peer.country != found.area.country]
    filing.record("Austria's")
    filing.record("Of both", kind="policy_mechanism", countries=["SI", "AT"])
    filing.record("A region's", regions=[ahead[-1].code])
    filing.record("Its own country's", countries=[found.area.country])
    filing.record("Another country's", countries=["SI"])
    filing.record("Of a region behind", regions=["AT11"])
    shown = selectors.practices(people.guest, found)

    assert [str(one.title) for one in shown] == ["A region's", "Austria's", "Of both"]
    told = f"{practices.why(found, ahead[0])} The record is of Austria as a whole."
    assert [one.why for one in shown] == [practices.why(found, ahead[-1]), told, told]


def test_regions_are_called_as_the_reader_knows_them():
    greek = RunArea(code="EL30", name="Αττική", rank=2, score=50, profile={"indicators": {}, "nodes": {}})

    assert greek.called != greek.name
    assert peers_table(profile(OWN, greek))["rows"][0][0] == f"{greek.called} (EL30)"
    assert publication.line(greek) == f"- 2. {greek.called} (50)"
