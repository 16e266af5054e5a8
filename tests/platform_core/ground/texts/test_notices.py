from datetime import date

import pytest
from django.utils.translation import gettext_lazy as _, override

from platform_core.ground.texts.notices import teller


def facts(event) -> tuple[dict, str]:
    return {"title": "Vouchers", "day": date(2026, 12, 1), "number": 3}, "/here/"


@pytest.mark.parametrize(("language", "day"), [("en", "1 December 2026"), ("de", "1. Dezember 2026")])
def test_days_are_told_in_the_reader_s_language(language, day):
    with override(language):
        told = teller(facts)(_("About %(title)s"), "%(number)s: %(day)s")(None)

    assert (told.text, told.address) == (f"3: {day}", "/here/")
