"""Days that a leader has set stay in the form, whatever language she reads."""

from datetime import date

import pytest
from django.utils.translation import override

from workinggroups.forms.calls import day


@pytest.mark.parametrize("language", ["en", "de", "it", "hu"])
def test_a_day_is_written_as_browsers_read_it(language):
    with override(language):
        assert day().format_value(date(2026, 12, 31)) == "2026-12-31"
