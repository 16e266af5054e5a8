"""Sixty questions, each with the record it should find; recall within the first ten answers."""

import pytest

from benchmarks.content import add
from benchmarks.pairs import PAIRS, missed
from benchmarks.shelving import shelve
from benchmarks.texts import Writer

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_sixty_questions_find_their_record(db):
    add(Writer(7), 0, 300)
    shelve()

    lost = missed()

    print(f"recall at 10: {1 - len(lost) / len(PAIRS):.3f} of {len(PAIRS)} questions")  # noqa: T201 - it is asked for
    assert len(PAIRS) == 60
    assert len(lost) <= 0.05 * len(PAIRS), lost
