from consultations.statistics.representation import cells, representation


def figures(counts, base=None, hidden=()):
    base = sum(counts.values()) if base is None else base
    options = [
        {
            "code": code,
            "count": None if code in hidden else count,
            "share": None if code in hidden else count / max(base, 1),
            "suppressed": code in hidden,
        }
        for code, count in counts.items()
    ]
    return {"base": base, "share_of": "base", "options": options}


def test_numbers_are_set_against_targets():
    found = representation(figures({"policy": 26, "private": 130}), {"policy": 52, "private": 260})
    assert (found["stated"], found["target"], found["reached"], found["dissimilarity"]) == (156, 312, 0.5, 0.0)
    assert found["groups"][0] == {
        "code": "policy",
        "count": 26,
        "share": 26 / 156,
        "target": 52,
        "reached": 0.5,
        "target_share": 0.166667,
        "difference": 0.0,
        "suppressed": False,
    }


def test_dissimilarity_is_who_would_have_to_move():
    found = representation(figures({"a": 60, "b": 40}), {"a": 50, "b": 25, "c": 25})
    assert found["dissimilarity"] == 0.25


def test_one_country_above_two_fifths_dominates():
    assert representation(figures({"a": 41, "b": 30, "c": 29}))["dominated"] is True
    assert representation(figures({"a": 40, "b": 30, "c": 30}))["dominated"] is False


def test_the_effective_number_of_equal_groups_is_their_number():
    assert representation(figures({"a": 20, "b": 20, "c": 20}))["effective_number"] == 3.0


def test_hidden_groups_are_taken_together():
    shown = representation(figures({"a": 20, "b": 17, "c": 3}, hidden="bc"), {"a": 1, "b": 1, "c": 2})
    other = representation(figures({"a": 20, "b": 16, "c": 4}, hidden="bc"), {"a": 1, "b": 1, "c": 2})
    assert shown == other
    assert (shown["effective_number"], shown["pooled"], shown["dissimilarity"]) == (2.0, ["b", "c"], 0.25)


def test_without_targets_and_without_answers_nothing_is_set_against_anything():
    found = representation(figures({"a": 0}, base=0))
    assert (found["reached"], found["effective_number"], found["largest"], found["dominated"]) == (
        None,
        None,
        None,
        False,
    )


def test_a_hidden_base_tells_no_index():
    found = representation({**figures({"a": 20, "b": 9}), "base": None, "share_of": "shown"}, {"a": 1})
    assert (found["stated"], found["dissimilarity"], found["groups"][0]["share"]) == (None, None, None)


def test_pairs_have_targets_of_their_own():
    table = {
        "rows": [
            {"code": "EL", "cells": [{"code": "policy", "count": 3 + 5, "suppressed": False}]},
            {"code": "BG", "cells": [{"code": "policy", "count": None, "suppressed": True}]},
        ]
    }
    found = cells(table, {"EL": {"policy": 4}, "BG": {"policy": 4}, "IT": {"policy": 4}})
    assert [(cell["row"], cell["reached"]) for cell in found] == [("EL", 2.0), ("BG", None)]
