"""Invented answers to a question of every type."""

import numpy as np
import pandas as pd

STEPS = ["1", "2", "3", "4", "5"]
QUESTIONS = [
    {"code": "country", "type": "country", "options": ["gr", "it", "si"]},
    {"code": "kind", "type": "single", "options": ["public", "private"], "dont_know": True},
    {"code": "need", "type": "multiple", "options": ["money", "skills", "none"], "exclusive": "none"},
    {"code": "rate", "type": "likert", "rows": ["cost", "time"], "scale": STEPS},
    {"code": "staff", "type": "number"},
    {"code": "order", "type": "ranking", "options": ["x", "y", "z"]},
    {"code": "why", "type": "long_text"},
    {"code": "agree", "type": "consent"},
    {"code": "fit", "type": "matrix", "rows": ["now", "later"], "columns": ["bad", "good"]},
    {"code": "tools", "type": "matrix_multiple", "rows": ["small", "large"], "columns": ["grant", "loan"]},
    {"code": "stars", "type": "rating", "max": 4},
    {"code": "part", "type": "slider", "min": 0, "max": 100},
    {"code": "split", "type": "budget", "options": ["train", "build", "meet"], "total": 100},
    {"code": "since", "type": "date"},
    {"code": "where", "type": "region"},
    {"code": "who", "type": "organisation"},
    {"code": "mail", "type": "email"},
    {"code": "site", "type": "url"},
    {"code": "proof", "type": "file"},
    {"code": "hint", "type": "info"},
]


def consultation(size=60, seed=4):
    """A third of the private are asked for staff, one in ten leaves a question out."""
    random = np.random.default_rng(seed)

    def draw(options, gaps=0.1):
        drawn = np.array(options, dtype=object)[random.integers(0, len(options), size)]
        return pd.Series(np.where(random.random(size) < gaps, None, drawn), dtype="str")

    def gaps(values):
        return np.where(random.random(size) < 0.1, np.nan, values)

    def ticks(code, options):
        gap = random.random(size) < 0.1
        columns = {f"{code}.{o}": np.where(gap, None, random.random(size) < 0.4) for o in options}
        return {name: pd.Series(values, dtype="boolean") for name, values in columns.items()}

    ranks = random.random((size, 3)).argsort(axis=1) + 1.0
    answers = {"country": draw(["gr", "it", "it", "si"]), "kind": draw(["public", "private", "dont_know"])}
    answers |= ticks("need", QUESTIONS[2]["options"])
    answers |= {f"rate.{row}": draw([*STEPS, "dont_know"]) for row in ["cost", "time"]}
    answers |= {"staff": pd.Series(random.integers(1, 50, size).astype(float)), "why": draw(["because"])}
    answers |= {f"order.{o}": pd.Series(ranks[:, i]) for i, o in enumerate("xyz")} | {"agree": draw(["yes", "no"])}
    answers |= {f"fit.{row}": draw(["bad", "good", "good"]) for row in ["now", "later"]}
    answers |= ticks("tools.small", ["grant", "loan"]) | ticks("tools.large", ["grant", "loan"])
    answers |= {"stars": gaps(random.integers(1, 5, size)), "part": gaps(5.0 * random.integers(0, 21, size))}
    shares = 10 * random.multinomial(10, [0.5, 0.4, 0.1], size)
    answers |= {f"split.{o}": shares[:, i].astype(float) for i, o in enumerate(["train", "build", "meet"])}
    answers |= {"since": draw(["2019-05-01", "2024-02-29", "2025-12-31"]), "where": draw(["EL30", "EL52", "ITC4"])}
    answers |= {code: draw(["given"], 0.5) for code in ("who", "mail", "site", "proof")}
    shown = pd.DataFrame(True, index=range(size), columns=[question["code"] for question in QUESTIONS])
    shown["staff"] = (answers["kind"] == "private").fillna(False).astype(bool)
    return pd.DataFrame(answers), shown
