"""How each language writes moments."""

from datetime import datetime

import pytest
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("form", ["DATETIME_FORMAT", "SHORT_DATETIME_FORMAT", "TIME_FORMAT"])
def test_clocks_have_twenty_four_hours_and_days_stand_before_months(language, form):
    with override(language):
        told = date_format(datetime(2026, 11, 22, 19, 48), form)  # noqa: DTZ001 - words alone

    assert (told.endswith("19:48"), told.startswith("11")) == (True, False)
