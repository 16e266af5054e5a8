import numpy as np
import pandas as pd

from consultations.statistics.pairs import associations, keyed, pair_table
from consultations.statistics.survey import surveyed

from .answers import QUESTIONS, consultation

MADE = {"a": "x", "b": "y"}


def survey(size=400):
    return surveyed(QUESTIONS, *consultation(size), 5)


def linked(size=200):
    """The second question follows from the first, the ticks from nothing."""
    chance = np.random.default_rng(1)
    first = chance.choice(["a", "b"], size)
    answers = pd.DataFrame({"one": first, "two": [MADE[code] for code in first]}, dtype="str")
    for option in ("m", "n"):
        answers[f"ticks.{option}"] = pd.array(chance.random(size) < 0.5, dtype="boolean")
    questions = [
        {"code": "one", "type": "single", "options": ["a", "b"]},
        {"code": "two", "type": "single", "options": ["x", "y"]},
        {"code": "ticks", "type": "multiple", "options": ["m", "n"]},
    ]
    return surveyed(questions, answers, pd.DataFrame(True, index=answers.index, columns=["one", "two", "ticks"]), 5)


def counts(table):
    return [[cell["count"] for cell in row["cells"]] for row in table["rows"]]


def test_everything_chosen_can_be_crossed():
    assert list(keyed(survey())) == [
        *("country", "kind", "need", "rate.cost", "rate.time", "staff", "agree", "fit.now", "fit.later"),
        *("tools.small", "tools.large", "stars", "part", "since"),
    ]


def test_a_table_turned_round_holds_the_same_counts():
    straight, turned = pair_table(survey(), "kind", "stars"), pair_table(survey(), "stars", "kind")
    assert counts(straight) == np.transpose(counts(turned)).tolist()
    assert straight["test"]["chi2"] == turned["test"]["chi2"]


def test_two_multiple_choices_are_crossed_option_by_option():
    found, (answers, _shown) = pair_table(survey(), "need", "tools.small"), consultation(400)
    ticked = answers.filter(regex=r"^(need|tools)\.").fillna(False)
    both = [
        [int((ticked[f"need.{row}"] & ticked[f"tools.small.{column}"]).sum()) for column in ("grant", "loan")]
        for row in ("money", "skills", "none")
    ]
    assert counts(found) == both
    assert [len(tests) for tests in found["tests"]] == [2, 2, 2]


def test_a_multiple_choice_by_a_single_one_is_turned_too():
    straight, turned = pair_table(survey(), "kind", "need"), pair_table(survey(), "need", "kind")
    assert counts(straight) == np.transpose(counts(turned)).tolist()


def test_what_hangs_together_comes_first():
    found = associations(linked())
    assert [(line["first"], line["second"]) for line in found[:1]] == [("one", "two")]
    assert (found[0]["cramers_v"], found[0]["p_holm"], len(found)) == (1.0, 0.0, 5)
    assert all(line["p_holm"] >= line["p"] for line in found)


def test_pairs_can_be_chosen():
    assert [(line["first"], line["second"]) for line in associations(linked(), {"one", "two"})] == [("one", "two")]
