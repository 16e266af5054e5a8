from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from platform_core.ground.vocabulary.days import platform_day

LATE = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Vienna", "Pacific/Pago_Pago", "Pacific/Kiritimati"])
def test_one_day_for_all(zone):
    with timezone.override(zone):
        assert platform_day(LATE) == date(2026, 12, 1)
