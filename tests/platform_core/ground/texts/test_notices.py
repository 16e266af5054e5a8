from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.translation import gettext_lazy as _, override

from platform_core.ground.texts.notices import carrier, teller


def facts(event) -> tuple[dict, str]:
    return {"title": "Vouchers", "day": date(2026, 12, 1), "number": 3}, "/here/"


@pytest.mark.parametrize(("language", "day"), [("en", "1 December 2026"), ("de", "1. Dezember 2026")])
def test_days_are_told_in_the_reader_s_language(language, day):
    with override(language):
        told = teller(facts)(_("About %(title)s"), "%(number)s: %(day)s")(None)

    assert (told.text, told.address) == (f"3: {day}", "/here/")


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ({}, "On 1 December 2026.\n\nAll of it"),
        ({"asked": True}, "On 1 December 2026.\n\nPlease say again.\n\nAll of it"),
    ],
)
def test_what_a_notice_carries_comes_last_and_what_is_asked_before_it(payload, text):
    about = carrier(lambda event: (facts(event)[0], "All of it", "/here/"))
    told = about(_("About %(title)s"), "On %(day)s.", "Please say again.")(SimpleNamespace(payload=payload))

    assert (told.subject, told.text, told.address) == ("About Vouchers", text, "/here/")
    assert about("%(title)s")(SimpleNamespace(payload={})).text == "All of it"
