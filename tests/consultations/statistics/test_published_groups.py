import numpy as np
import pandas as pd
from hypothesis import given, settings, strategies as st

from consultations.statistics.published_groups import withheld
from consultations.statistics.summary import summarise

THRESHOLD = 5
sizes = st.lists(st.one_of(st.just(0), st.integers(1, 30)), min_size=2, max_size=8)


def test_nothing_secret_withholds_nothing():
    assert withheld([20, 30, 0], [False, False], THRESHOLD).tolist() == [False, False]


def test_a_secret_group_takes_the_smallest_other_with_it():
    assert withheld([20, 30, 9, 0], [False, True, False], THRESHOLD).tolist() == [False, True, True]


def test_who_stated_no_group_is_never_told_and_protects_another():
    assert withheld([20, 30, 9], [False, True], THRESHOLD).tolist() == [False, True]


def test_few_who_stated_no_group_take_one_with_them():
    assert withheld([20, 30, 2], [False, False], THRESHOLD).tolist() == [True, False]


@settings(derandomize=True, max_examples=200, deadline=None)
@given(base=sizes, chance=st.integers(0, 1000))
def test_what_is_withheld_is_never_one_secret_group_nor_few(base, chance):
    base = np.array(base)
    secret = (np.random.default_rng(chance).random(len(base) - 1) < 0.3) | ((base > 0) & (base < THRESHOLD))[:-1]
    hidden = np.append(withheld(base, secret, THRESHOLD), True) & (base > 0)
    open_to_all = not hidden[:-1].any() and not 0 < base[-1] < THRESHOLD
    assert hidden[:-1][secret & (base[:-1] > 0)].all()
    told = base[:-1][~hidden[:-1]].any()
    assert open_to_all or not told or (hidden.sum() >= 2 and base[hidden].sum() >= THRESHOLD)


def split_up(country, splits):
    """Figures of a budget by country."""
    answers = pd.DataFrame({"country": pd.Series(country, dtype="str")})
    answers[["split.a", "split.b"]] = np.array(splits, dtype=float)
    questions = [
        {"code": "country", "type": "country", "options": ["gr", "it", "si"]},
        {"code": "split", "type": "budget", "options": ["a", "b"]},
    ]
    shown = pd.DataFrame(True, index=answers.index, columns=["country", "split"])
    return summarise(questions, answers, shown, THRESHOLD, ["country"])["split"]


def test_means_of_groups_in_which_few_gave_anything_are_withheld():
    country = ["gr"] * 20 + ["it"] * 20 + ["si"] * 10
    splits = [[100, 0]] * 18 + [[50, 50]] * 2 + [[60, 40]] * 20 + [[30, 70]] * 10
    rows = split_up(country, splits)["groups"]["country"]["rows"]
    assert [(row["code"], row["base"], row["suppressed"]) for row in rows] == [
        ("gr", 20, True),
        ("it", 20, False),
        ("si", 10, True),
    ]
    assert rows[1]["options"] == [{"code": "a", "mean": 60.0}, {"code": "b", "mean": 40.0}]


def test_the_options_of_a_budget_add_up():
    figures = split_up(["gr"] * 20 + ["it"] * 20, [[50, 50]] * 30 + [[20, 80]] * 10)
    assert [option["mean"] for option in figures["options"]] == [42.5, 57.5]
    assert [option["median"] for option in figures["options"]] == [50.0, 50.0]


def test_an_option_to_which_few_gave_takes_another_with_it():
    options = split_up(["gr"] * 40, [[97, 3]] * 2 + [[100, 0]] * 38)["options"]
    assert [(option["mean"], option["suppressed"]) for option in options] == [(None, True), (None, True)]
