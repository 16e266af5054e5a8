import pytest
from hypothesis import given, strategies as st

from platform_core.programme.governance.counting import POSITIONS, Rules, count

SIMPLE = Rules(50, "simple")
CODES = ["a", "b", "c"]


def proposal(votes: str, majority: str = "simple", eligible: int = 10, quorum: int = 50, silence: bool = False):
    names = {"+": "agree", "0": "abstain", "-": "disagree", "!": "block"}
    return count("proposal", [names[sign] for sign in votes], [], eligible, Rules(quorum, majority, silence))


@pytest.mark.parametrize(
    ("votes", "majority", "passed"),
    [
        ("+++--", "simple", True),
        ("++--0", "simple", False),
        ("+0000", "simple", True),
        ("00000", "simple", False),
        ("+++++", "absolute", False),
        ("++++++", "absolute", True),
        ("++++--", "two_thirds", True),
        ("+++--", "two_thirds", False),
        ("++++0", "consensus", True),
        ("++++-", "consensus", False),
        ("+++++++++!", "simple", False),
    ],
)
def test_majorities(votes, majority, passed):
    assert proposal(votes, majority).passed is passed


@pytest.mark.parametrize(
    ("votes", "eligible", "quorum", "met"),
    [("+++++", 10, 50, True), ("++++", 10, 50, False), ("++++", 9, 50, False), ("", 10, 0, False), ("+", 3, 33, True)],
)
def test_quorum_is_of_those_who_may_vote(votes, eligible, quorum, met):
    result = proposal(votes, eligible=eligible, quorum=quorum)

    assert (result.quorum_met, result.passed) == (met, met)


def test_abstentions_count_for_the_quorum_and_for_no_side():
    result = proposal("+0000")

    assert (result.quorum_met, result.counts) == (True, {"agree": 1, "abstain": 4, "disagree": 0, "block": 0})


@pytest.mark.parametrize(("votes", "passed"), [("", True), ("----", True), ("-----", False), ("!", False)])
def test_who_is_silent_in_a_written_procedure_consents(votes, passed):
    result = proposal(votes, silence=True)

    assert (result.silent, result.quorum_met, result.passed) == (10 - len(votes), True, passed)


def test_a_choice_goes_to_the_most_votes_and_a_tie_to_nobody():
    clear, tie = (count("choice", list(votes), CODES, 5, SIMPLE) for votes in ("aab", "aabb"))

    assert (clear.winners, clear.passed, clear.counts) == (["a"], True, {"a": 2, "b": 1, "c": 0})
    assert (tie.winners, tie.passed) == (["a", "b"], False)


def test_a_ranking_is_an_instant_run_off():
    votes = [*[["a", "c"]] * 4, *[["b", "c"]] * 3, *[["c", "b"]] * 2]

    result = count("ranked", votes, CODES, 9, SIMPLE)

    assert result.rounds == [{"a": 4, "b": 3, "c": 2}, {"a": 4, "b": 5}]
    assert (result.winners, result.passed) == (["b"], True)


def test_a_ranking_ends_with_the_first_absolute_majority():
    assert count("ranked", [["a"], ["a", "b"], ["b"]], CODES, 3, SIMPLE).rounds == [{"a": 2, "b": 1, "c": 0}]


def test_a_date_with_the_most_yes_wins_then_with_the_most_maybe():
    votes = [{"a": "yes", "b": "yes", "c": "no"}, {"a": "no", "b": "maybe", "c": "no"}]

    result = count("dates", votes, CODES, 2, SIMPLE)

    assert (result.winners, result.counts["b"]) == (["b"], {"yes": 1, "maybe": 1, "no": 0})


@pytest.mark.parametrize("kind", ["choice", "ranked", "dates"])
def test_without_votes_nothing_is_chosen(kind):
    result = count(kind, [], CODES, 4, Rules(0, "simple"))

    assert (result.winners, result.passed, result.quorum_met) == ([], False, False)


@given(
    st.lists(
        st.permutations(CODES).flatmap(lambda codes: st.integers(1, 3).map(lambda size: codes[:size])), max_size=12
    )
)
def test_the_order_of_votes_changes_no_ranking(votes):
    forward, backward = (count("ranked", order, CODES, 12, Rules(0, "simple")) for order in (votes, votes[::-1]))

    assert forward == backward
    assert all(sum(found.values()) <= len(votes) for found in forward.rounds)


@given(
    st.lists(st.sampled_from(POSITIONS), max_size=12),
    st.sampled_from(["simple", "absolute", "two_thirds", "consensus"]),
)
def test_one_more_who_agrees_never_stops_a_proposal(votes, majority):
    rules = Rules(0, majority)

    if count("proposal", votes, [], 20, rules).passed:
        assert count("proposal", [*votes, "agree"], [], 20, rules).passed


@pytest.mark.parametrize("kind", ["score", "dots"])
def test_the_most_points_win_and_even_ones_win_nothing(kind):
    clear = count(kind, [{"a": 6, "b": 4}, {"b": 5, "c": 5}], CODES, 2, SIMPLE)
    tie = count(kind, [{"a": 5, "b": 5}], CODES, 2, SIMPLE)

    assert (clear.counts, clear.winners, clear.passed) == ({"a": 6, "b": 9, "c": 5}, ["b"], True)
    assert (tie.winners, tie.passed) == (["a", "b"], False)


def test_nobody_wins_without_points():
    result = count("score", [{"a": 0, "b": 0, "c": 0}], CODES, 1, SIMPLE)

    assert (result.winners, result.passed) == ([], False)
