from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from platform_core.ground.ui.forms import DayField, RemindDaysField


@pytest.mark.parametrize("language", ["en", "de", "hu"])
def test_a_day_is_chosen_in_every_language(language):
    class Form(forms.Form):
        day = DayField(label="Day", required=False)

    with override(language):
        drawn = str(Form(initial={"day": date(2026, 12, 31)})["day"])

    assert drawn == '<input type="date" name="day" value="2026-12-31" id="id_day">'


@pytest.mark.parametrize(("typed", "days"), [("", 3), ("0", 0), ("60", 60)])
def test_days_before_a_reminder_have_a_usual_number(typed, days):
    assert RemindDaysField(label="Reminder").clean(typed) == days


@pytest.mark.parametrize("typed", ["61", "-1"])
def test_nobody_is_reminded_more_than_sixty_days_before(typed):
    with pytest.raises(forms.ValidationError):
        RemindDaysField(label="Reminder").clean(typed)
