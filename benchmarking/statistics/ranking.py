"""Ranks that do not hang on the last digit of a sum."""

DIGITS = 10


def ranks(scores):
    """Best is 1, ties take the smallest, no score no rank; scores are compared after rounding to 1e-10."""
    return scores.round(DIGITS).rank(ascending=False, method="min")
