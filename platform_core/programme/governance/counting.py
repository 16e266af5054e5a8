"""From votes to a result. Pure functions: every figure can be computed again from the stored votes.

A vote is, by kind of ballot: proposal – one of `POSITIONS`; choice – the code of an option; ranked – codes from the best
down, those left out being worse than all named; dates – a mapping of codes to `yes`, `maybe` or `no`; score – a mapping of
every code to a whole number from 0 to `HIGHEST`; dots – a mapping of codes to dots, 1 to `DOTS` of them in all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

POSITIONS = ("agree", "abstain", "disagree", "block")
AVAILABILITIES = ("yes", "maybe", "no")
HIGHEST = 10
DOTS = 10


@dataclass(frozen=True)
class Rules:
    """`quorum`: the least percentage of the eligible that must vote; `majority`: simple, absolute, two_thirds, consensus."""

    quorum: int
    majority: str
    silence_consents: bool = False


@dataclass
class Result:
    eligible: int
    cast: int
    quorum_met: bool
    passed: bool
    counts: dict[str, Any]
    winners: list[str] = field(default_factory=list)
    rounds: list[dict[str, int]] = field(default_factory=list)
    silent: int = 0


def count(kind: str, votes: Sequence[Any], options: Sequence[str], eligible: int, rules: Rules) -> Result:
    """The result of a ballot. More than one winner is a tie, which passes nothing."""
    silent = max(0, eligible - len(votes)) if rules.silence_consents and kind == "proposal" else 0
    met = silent > 0 or len(votes) * 100 >= rules.quorum * eligible
    result = Result(eligible, len(votes), met and bool(votes or silent), False, {}, silent=silent)
    COUNTED[kind](result, votes, options, rules)
    result.passed = result.passed and result.quorum_met
    return result


def count_proposal(result: Result, votes: Sequence[str], options: Sequence[str], rules: Rules) -> None:
    found = Counter(votes)
    result.counts = {position: found[position] for position in POSITIONS}
    agree, against = found["agree"] + result.silent, found["disagree"] + found["block"]
    result.passed = not found["block"] and carries(agree, against, result.eligible, rules.majority)


def carries(agree: int, against: int, eligible: int, majority: str) -> bool:
    """Abstentions count for the quorum and for no side."""
    if majority == "absolute":
        return 2 * agree > eligible
    if majority == "two_thirds":
        return agree > 0 and 3 * agree >= 2 * (agree + against)
    if majority == "consensus":
        return agree > 0 and not against
    return agree > against


def count_choice(result: Result, votes: Sequence[str], options: Sequence[str], rules: Rules) -> None:
    found = Counter(votes)
    result.counts = {option: found[option] for option in options}
    result.winners = best(result.counts)
    result.passed = len(result.winners) == 1


def count_ranked(result: Result, votes: Sequence[Sequence[str]], options: Sequence[str], rules: Rules) -> None:
    """Instant run-off: the last is struck out and his votes go on, until one has more than half of those still counting.

    Among several who are last, the one with fewer first places in the rounds before is struck out, and if they are even
    in all of them, the one named last among the options.
    """
    left = list(options)
    while left:
        tops = Counter(top for vote in votes if (top := next((code for code in vote if code in left), None)))
        result.rounds.append({code: tops[code] for code in left})
        if len(left) == 1 or 2 * max(tops.values(), default=0) > sum(tops.values()) or not tops:
            break
        left.remove(weakest(left, result.rounds))
    result.counts = result.rounds[0] if result.rounds else {}
    result.winners = best(result.rounds[-1]) if result.rounds else []
    result.passed = len(result.winners) == 1


def weakest(left: Sequence[str], rounds: Sequence[Mapping[str, int]]) -> str:
    history = {code: [found[code] for found in reversed(rounds)] for code in left}
    least = min(history.values())
    return [code for code in left if history[code] == least][-1]


def count_dates(result: Result, votes: Sequence[Mapping[str, str]], options: Sequence[str], rules: Rules) -> None:
    """The date with the most yes, then with the most maybe."""
    result.counts = {
        option: {answer: sum(vote.get(option) == answer for vote in votes) for answer in AVAILABILITIES}
        for option in options
    }
    scores = {option: (found["yes"], found["maybe"]) for option, found in result.counts.items()}
    top = max(scores.values(), default=(0, 0))
    result.winners = [option for option, score in scores.items() if score == top and top > (0, 0)]
    result.passed = len(result.winners) == 1


def count_points(result: Result, votes: Sequence[Mapping[str, int]], options: Sequence[str], rules: Rules) -> None:
    """The option with the most points in all."""
    result.counts = {option: sum(vote.get(option, 0) for vote in votes) for option in options}
    result.winners = best(result.counts)
    result.passed = len(result.winners) == 1


def best(counts: Mapping[str, int]) -> list[str]:
    top = max(counts.values(), default=0)
    return [code for code, number in counts.items() if number == top and top]


COUNTED = {
    "proposal": count_proposal,
    "choice": count_choice,
    "ranked": count_ranked,
    "dates": count_dates,
    "score": count_points,
    "dots": count_points,
}
