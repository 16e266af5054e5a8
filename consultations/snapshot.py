"""What results were computed from: a keyed fingerprint of the answers, how many, and to which versions of the questions.

The key keeps anybody from trying out answers until the fingerprint fits, where few were given.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.utils.crypto import salted_hmac

from .structure import canonical_json

COLUMNS = ("answers", "day", "language", "audience", "questionnaire__number")


def differs(figures: Mapping[str, Any], base: int, rows: Iterable[tuple]) -> bool:
    """Whether answers, as rows in COLUMNS, are others than those behind some figures; older figures know only how many."""
    rows, known = list(rows), figures.get("input")
    return len(rows) != base if known is None else described(rows) != known


def described(rows: Iterable[tuple]) -> dict[str, Any]:
    """Of rows as in COLUMNS, in whatever order; answers given twice count twice."""
    rows = list(rows)
    marks = sorted(sha256(canonical_json([*row[:1], str(row[1]), *row[2:]]).encode()).hexdigest() for row in rows)
    versions = Counter(row[4] for row in rows if len(row) > 4)
    return {
        "fingerprint": salted_hmac("consultations.snapshot", "".join(marks), algorithm="sha256").hexdigest(),
        "answers": len(rows),
        "versions": {str(number): versions[number] for number in sorted(versions)},
    }
