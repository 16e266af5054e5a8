"""A consultation's answers, counted once: what every figure is made from."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .nesting import nest_profiles
from .parts import tallies_of
from .suppression import small
from .tallies import Tally, telling

PROFILES = {"single", "country"}


@dataclass(frozen=True)
class Survey:
    """`tallies`: by code, then by key (see `parts`). `veiled`: questions whose number shown is hidden.

    `profiles` are the tallies that others are crossed with, in order; `origins` divides answers into own and campaign;
    `targets` says per profile question how many of each code were aimed at.
    """

    answers: pd.DataFrame
    seen: dict
    threshold: int
    tallies: dict
    veiled: set
    profiles: dict = field(default_factory=dict)
    origins: Tally | None = None
    languages: Tally | None = None
    targets: dict = field(default_factory=dict)

    def by(self, code):
        """What a question is crossed with: a pair of profile questions is crossed once only."""
        names = list(self.profiles)
        return {name: self.profiles[name] for name in (names[: names.index(code)] if code in names else names)}


def counted(questions, answers, seen, threshold, profile):
    """Tallies of all questions, and the codes of those whose number shown must be hidden.

    It is hidden where it, or the rest, is small, and where it tells about a hidden count of a filter question; hiding
    may spread to the questions that depend on those, so it is repeated until it rests.
    """
    reached = {code: int(mask.sum()) for code, mask in seen.items()}
    veiled = {code for code, shown in reached.items() if small([shown, len(answers) - shown], threshold).any()}
    partial = [code for code, shown in reached.items() if 0 < shown < len(answers)]
    tallies: dict[str, dict[str, Tally]] = {}
    stale = set(seen)
    while stale:
        for question in questions:
            code = question["code"]
            if code in stale:
                tallies[code] = tallies_of(question, answers, seen[code], threshold, code in veiled)
        for code, found in nest_profiles({code: tallies[code][code] for code in profile}, profile, threshold).items():
            tallies[code] = {code: found}
        every = [tally for keyed in tallies.values() for tally in keyed.values()]
        stale = {code for code in partial if code not in veiled and telling(seen[code], every)}
        veiled |= stale
    return tallies, veiled


def surveyed(questions, answers, shown, threshold, profile=(), targets=None, origins=None, languages=None):
    """Raises ValueError if a profile question is no single choice."""
    kinds = {question["code"]: question["type"] for question in questions}
    wrong = [code for code in profile if kinds.get(code) not in PROFILES]
    if wrong:
        raise ValueError(f"not a single or country question: {', '.join(wrong)}")
    seen = {code: shown[code].to_numpy(dtype=bool) for code in kinds}
    asked = [question for question in questions if question["type"] != "info"]
    profile = list(profile)
    tallies, veiled = counted(asked, answers, {q["code"]: seen[q["code"]] for q in asked}, threshold, profile)
    return Survey(
        answers,
        seen,
        threshold,
        tallies,
        veiled,
        {code: tallies[code][code] for code in profile},
        None if origins is None else division(origins, ["own", "campaign"], threshold),
        None if languages is None else division(languages, sorted(pd.Series(languages).dropna().unique()), threshold),
        targets or {},
    )


def division(column, codes, threshold):
    """A property that every answer has or lacks, counted like a question shown to all."""
    question = {"code": "division", "type": "single", "options": list(codes)}
    answers = pd.DataFrame({"division": pd.Series(column, dtype="str").to_numpy()})
    return tallies_of(question, answers, np.ones(len(answers), dtype=bool), threshold, False)["division"]
