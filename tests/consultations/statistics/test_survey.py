import numpy as np
import pandas as pd
import pytest

from consultations.statistics.summary import summarise
from consultations.statistics.survey import surveyed

from .answers import QUESTIONS, consultation


def follow_up(first, asked, kind="likert"):
    """Figures when a second question is shown to some of those who answered the first."""
    question = {
        "likert": {"code": "q", "type": "likert", "rows": ["r"], "scale": ["1", "2", "3"]},
        "rating": {"code": "q", "type": "rating", "max": 3},
    }[kind]
    column = pd.Series(first, dtype="str") if kind == "likert" else pd.Series(first, dtype=float)
    answers = pd.DataFrame({"q.r" if kind == "likert" else "q": column})
    answers["more"] = pd.Series(np.where(asked, "because", None), dtype="str")
    shown = pd.DataFrame({"q": True, "more": asked}, index=answers.index)
    return summarise([question, {"code": "more", "type": "text"}], answers, shown)


@pytest.mark.parametrize(("kind", "steps"), [("likert", ["1", "2", "3"]), ("rating", [1.0, 2.0, 3.0])])
def test_a_follow_up_does_not_tell_how_many_gave_a_hidden_step(kind, steps):
    first = np.repeat(np.array(steps, dtype=object), [60, 37, 3])
    found = follow_up(first.tolist(), first == steps[1], kind)
    counts = [option["count"] for option in (found["q"].get("rows") or [found["q"]])[0]["options"]]
    assert counts == [60, None, None]
    assert (found["more"]["shown"], found["more"]["base"]) == (None, None)


def test_a_pair_of_profile_questions_is_crossed_once():
    found = surveyed(QUESTIONS, *consultation(), 5, ["country", "kind"])
    assert [list(found.by(code)) for code in ("country", "kind", "need")] == [[], ["country"], ["country", "kind"]]


def test_campaigns_and_languages_divide_all_answers():
    found = surveyed(QUESTIONS, *consultation(40), 5, origins=["own"] * 30 + ["campaign"] * 10, languages=["el"] * 40)
    assert (found.origins.codes, found.origins.count.tolist()) == (["own", "campaign"], [30, 10])
    assert (found.languages.codes, found.languages.count.tolist()) == (["el"], [40])


def test_a_text_to_read_is_counted_as_shown_only():
    found = summarise(QUESTIONS, *consultation(40))["hint"]
    assert {name: found[name] for name in ("type", "responses", "shown")} == {
        "type": "info",
        "responses": 40,
        "shown": 40,
    }
