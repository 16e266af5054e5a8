import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from consultations.statistics.report import equal_countries, standard_report
from consultations.statistics.summary import summarise
from consultations.statistics.survey import surveyed

from .answers import QUESTIONS, consultation

PROFILE = ["country", "kind"]
LETTER = "We the undersigned ask for a stable core grant for every cluster organisation of the region."
TARGETS = {"kind": {"public": 52, "private": 260}, "country": {"gr": 100, "it": 100, "si": 112}}


def report(size=600, letters=0, **more):
    answers, shown = consultation(size)
    answers.loc[answers.index[:letters], "why"] = LETTER
    answers["why"] = answers["why"].where(answers["why"] != "because")
    return standard_report(QUESTIONS, answers, shown, 5, PROFILE, **more)


@pytest.mark.parametrize("size", [0, 1, 40])
def test_a_report_of_any_size_is_json(size):
    found = report(size, targets=TARGETS, days=["2026-03-01"] * size, languages=["el"] * size)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_its_questions_are_those_of_the_summary():
    answers, shown = consultation(300)
    codes = ["gr", "it", "si"]
    expected = summarise(QUESTIONS, answers, shown, 5, PROFILE, targets={"country": dict.fromkeys(codes, 1)})
    assert standard_report(QUESTIONS, answers, shown, 5, PROFILE)["questions"] == expected


def test_every_figure_says_that_respondents_chose_themselves():
    samples = {entry["interval"]["sample"] for entry in report(60)["questions"].values()}
    assert samples == {"self_selected"}


def test_who_answered_is_set_against_targets():
    found = report(targets=TARGETS)["representation"]["kind"]
    counts = {group["code"]: group["count"] for group in found["groups"]}
    assert found["target"] == 312
    assert [group["reached"] for group in found["groups"]] == [
        round(counts["public"] / 52, 6),
        round(counts["private"] / 260, 6),
    ]


def test_pairs_of_profile_questions_have_targets():
    found = report(pair_targets={("country", "kind"): {"gr": {"public": 4}}})["pairs"]
    assert [(cell["row"], cell["column"], cell["target"]) for cell in found["country/kind"]] == [("gr", "public", 4)]


def test_without_campaigns_nothing_is_told_without_them():
    assert "origins" not in report()["questions"]["need"]


def test_campaigns_are_told_with_and_without():
    found = report(letters=200)
    (own, campaign), origins = found["questions"]["stars"]["origins"]["rows"], found["questions"]["stars"]["origins"]
    assert found["campaigns"]["campaign"]["count"] == 200
    assert found["campaigns"]["groups"]["texts"] == [200]
    assert (own["code"], own["total"], campaign["code"], campaign["total"]) == ("own", 400, "campaign", 200)
    whole, without = found["questions"]["stars"], origins["without"]
    assert [option["count"] for option in without["options"]] == [cell["count"] for cell in own["cells"]]
    assert without["base"] == sum(option["count"] for option in without["options"])
    assert whole["base"] > without["base"]


def test_texts_and_ticks_are_told_apart():
    found = report(letters=40)["campaigns"]
    assert [found[name]["suppressed"] for name in ("texts", "vectors", "campaign")] == [False, False, False]


def test_tests_of_a_report_are_corrected_together():
    figures = report()["questions"]
    table = figures["stars"]["crosstabs"]["kind"]
    tests = [table["test"], table["comparison"], figures["need"]["crosstabs"]["kind"]["columns"][0]["test"]]
    assert len({test["batch"] for test in tests}) == 1
    assert all(test["p_holm"] >= test["p"] for test in tests)


def test_weighted_shares_stand_beside_the_unweighted():
    figures = report(targets=TARGETS)["questions"]["fit"]["rows"][0]
    view, rows = figures["weighted"]["country"], figures["crosstabs"]["country"]["rows"]
    target = np.array([100, 100, 112]) / 312
    shares = np.array([[cell["share"] for cell in row["cells"]] for row in rows])
    counts = np.array([[cell["count"] for cell in row["cells"]] for row in rows])
    assert [option["weighted"] for option in view["options"]] == np.round(target @ shares, 6).tolist()
    assert [option["unweighted"] for option in view["options"]] == np.round(
        counts.sum(axis=0) / counts.sum(), 6
    ).tolist()
    assert round(view["n_eff"] * view["design_effect"], 2) == view["base"]


def test_weights_for_two_questions_at_once_meet_both_targets():
    found = report(3000, targets=TARGETS)["raked"]
    assert (found["by"], found["converged"]) == (PROFILE, True)
    assert sum(option["weighted"] for option in found["questions"]["fit.now"]) == pytest.approx(1, abs=1e-5)


@settings(derandomize=True, max_examples=10, deadline=None)
@given(size=st.integers(20, 400), chance=st.integers(0, 1000))
def test_weighted_shares_follow_from_published_counts(size, chance):
    """The same published table gives the same weighted view, whatever is hidden in it."""
    answers, shown = consultation(size, chance)
    figures = summarise(QUESTIONS, answers, shown, 5, ["country"], targets={"country": {"gr": 1, "it": 1, "si": 1}})
    for entry in figures["fit"]["rows"]:
        view = entry["weighted"].get("country")
        closed = [
            row["code"] for row in entry["crosstabs"]["country"]["rows"] if any(c["suppressed"] for c in row["cells"])
        ]
        assert view is None or set(view["pooled"]) == set(closed)


def test_texts_by_language_of_the_answer():
    found = report(60, letters=20, languages=["el"] * 30 + ["en"] * 30)["questions"]["why"]["languages"]
    assert [(line["code"], line["total"]) for line in found] == [("el", 30), ("en", 30)]
    assert found[0]["base"] == 20


def test_days_with_a_burst_are_named():
    days = pd.Series(pd.date_range("2026-03-01", periods=20).repeat(27).tolist() + [pd.Timestamp(2026, 3, 7)] * 60)
    (day,) = report(600, days=days)["campaigns"]["days"]
    assert (day["day"], day["count"], day["expected"]) == ("2026-03-07", 87, 27.0)


def test_the_equal_weight_of_countries_follows_from_what_is_published():
    answers, shown = consultation(60)
    answers["country"] = pd.Series(["gr"] * 30 + ["it"] * 24 + ["si"] * 6, dtype="str")
    other = answers.assign(country=pd.Series(["gr"] * 30 + ["it"] * 27 + ["si"] * 3, dtype="str"))
    aims = [equal_countries(QUESTIONS, surveyed(QUESTIONS, frame, shown, 5)) for frame in (answers, other)]
    assert aims == [{"country": {"gr": 1, "it": 1, "si": 1}}] * 2
