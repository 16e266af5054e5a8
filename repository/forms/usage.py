from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .. import usage


def months() -> list[tuple[str, object]]:
    named = [(f"{month:%Y-%m}", date_format(month, "YEAR_MONTH_FORMAT")) for month in usage.all_months()]
    return [("", _("All months")), *named]


class MonthForm(forms.Form):
    month = forms.ChoiceField(label=_("Month"), required=False, choices=months)

    def chosen(self) -> date | None:
        """The first day of the month; what is none counts as all."""
        value = self.cleaned_data.get("month") if self.is_valid() else ""
        return date.fromisoformat(f"{value}-01") if value else None
