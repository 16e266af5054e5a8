import numpy as np
import pandas as pd

from consultations.statistics.campaigns import bursts, campaigns, same_vectors

LETTER = "We the undersigned ask for a stable core grant for every cluster organisation of the region."
QUESTIONS = [f"q{number}" for number in range(9)]


def closed(size=60, same=()):
    chance = np.random.default_rng(2)
    frame = pd.DataFrame({code: chance.choice(list("abcd"), size) for code in QUESTIONS}, dtype="str")
    for row in same:
        frame.loc[row] = frame.loc[same[0]]
    return frame


def test_equal_answers_to_all_questions_are_a_group():
    group = same_vectors(closed(same=(3, 10, 40)))
    assert np.flatnonzero(group == 0).tolist() == [3, 10, 40]
    assert (group >= 0).sum() == 3


def test_few_answers_are_equal_by_chance():
    frame = closed(same=(3, 10, 40))
    frame.loc[[3, 10, 40], QUESTIONS[2:]] = None
    assert (same_vectors(frame) >= 0).sum() == 0


def test_a_question_in_many_columns_counts_once():
    frame = pd.DataFrame({f"q.{row}": ["1", "1"] for row in "abcdefghij"}, dtype="str")
    assert same_vectors(frame).tolist() == [-1, -1]
    assert same_vectors(frame, fewest=1).tolist() == [0, 0]


def test_no_closed_questions_and_no_answers_make_no_groups():
    assert same_vectors(pd.DataFrame(index=range(3))).tolist() == [-1] * 3
    assert same_vectors(closed(0)).tolist() == []


def test_campaigns_are_set_apart():
    texts = pd.Series([None] * 60, dtype="str")
    texts[20:26] = LETTER
    found = campaigns([texts], closed(same=range(30, 36)))
    assert np.flatnonzero(found.texts >= 0).tolist() == list(range(20, 26))
    assert np.flatnonzero(found.vectors >= 0).tolist() == list(range(30, 36))
    assert (found.origins == "campaign").sum() == 12


def test_a_few_alike_are_no_campaign():
    texts = pd.Series([None] * 60, dtype="str")
    texts[20:24] = LETTER
    assert (campaigns([texts], closed(same=range(30, 34))).origins == "own").all()


def test_letters_to_several_questions_are_numbered_apart():
    first, second = pd.Series([LETTER] * 5 + [None] * 10), pd.Series([None] * 5 + [LETTER] * 5 + [None] * 5)
    found = campaigns([first, second], pd.DataFrame(index=range(15)))
    assert found.texts.tolist() == [0] * 5 + [1] * 5 + [-1] * 5


def test_a_day_with_many_answers_is_a_burst():
    start = pd.Timestamp(2026, 3, 1)
    days = [start + pd.Timedelta(days=day) for day in range(20) for _ in range(4 if day != 9 else 60)]
    table = bursts(days)
    assert table.index[table["burst"]].tolist() == [start + pd.Timedelta(days=9)]
    assert table["count"].sum() == len(days)


def test_steady_answers_and_none_at_all_are_no_burst():
    steady = pd.date_range("2026-03-01", periods=30).repeat(5)
    assert bursts(steady)["burst"].any() == np.False_
    assert len(bursts(pd.Series([], dtype="datetime64[ns]"))) == 0


def test_a_burst_alone_is_no_campaign():
    days = pd.Series(pd.date_range("2026-03-01", periods=20).repeat(2).tolist() + [pd.Timestamp(2026, 3, 7)] * 50)
    found = campaigns([], closed(len(days)), days)
    assert (found.burst.sum(), found.member.sum()) == (52, 0)
