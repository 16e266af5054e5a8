from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from platform_core.ground.vocabulary.days import later, platform_day

LATE = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Vienna", "Pacific/Pago_Pago", "Pacific/Kiritimati"])
def test_one_day_for_all(zone):
    with timezone.override(zone):
        assert platform_day(LATE) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 3, 31), 6, date(2026, 9, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 1), -13, date(2024, 12, 1)),
    ],
)
def test_months_later_and_earlier(day, months, found):
    assert later(day, months) == found
