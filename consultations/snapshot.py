"""What results were computed from: a keyed fingerprint of the answers, how many, and to which versions of the questions.

The key keeps anybody from trying out answers until the fingerprint fits, where few were given.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.utils.crypto import salted_hmac

from .questions import emptied, is_emptied
from .structure import Structure, canonical_json, questions

COLUMNS = ("answers", "day", "language", "audience", "questionnaire__number")


def differs(figures: Mapping[str, Any], base: int, rows: Iterable[tuple], structure: Structure) -> bool:
    """Whether answers, as rows in COLUMNS, are others than those behind some figures; older figures know only how many, and
    those between were taken with addresses and names of files."""
    rows, known = list(rows), figures.get("input")
    if known is None:
        return len(rows) != base
    now = described(rows, structure)
    if now == known:
        return False
    if any(is_emptied(row[0]) for row in rows):  # figures taken with what has gone are known by their numbers alone
        return any(now[name] != known.get(name) for name in ("answers", "versions"))
    return fingerprinted(rows) != known


def described(rows: Iterable[tuple], structure: Structure) -> dict[str, Any]:
    """Of rows as in COLUMNS, in whatever order; answers given twice count twice. Of addresses and files only that there were
    some, so that deleting them changes nothing."""
    asked = list(questions(structure))
    return fingerprinted([(emptied(asked, row[0]), *row[1:]) for row in rows])


def fingerprinted(rows: list[tuple]) -> dict[str, Any]:
    marks = sorted(sha256(canonical_json([*row[:1], str(row[1]), *row[2:]]).encode()).hexdigest() for row in rows)
    versions = Counter(row[4] for row in rows if len(row) > 4)
    return {
        "fingerprint": salted_hmac("consultations.snapshot", "".join(marks), algorithm="sha256").hexdigest(),
        "answers": len(rows),
        "versions": {str(number): versions[number] for number in sorted(versions)},
    }
