from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.materials.files.forms import UploadField

from ..models import Report
from ..selectors.reports import rows_of
from .schemes import long_text


class ReportForm(UnchangedForm):
    """What was done, and for every indicator what the period added and a file that shows it."""

    narrative = forms.CharField(label=_("What was done"), required=False, max_length=10_000, widget=long_text(10))
    problems = forms.CharField(
        label=_("Problems, and what is done about them"), required=False, max_length=5000, widget=long_text(5)
    )

    def __init__(self, *args, report: Report, **kwargs) -> None:
        self.rows = rows_of(report)
        begun: dict[str, Any] = {"narrative": report.narrative, "problems": report.problems}
        begun |= {f"value_{row.indicator.pk}": row.value for row in self.rows}
        super().__init__(*args, initial=begun, **kwargs)
        for row in self.rows:
            self.add(row)

    def add(self, row) -> None:
        words = {"name": row.indicator.name, "unit": row.indicator.unit}
        told = gettext("Reported before: %(previous)s. Baseline %(baseline)s, target %(target)s.") % {
            "previous": row.previous,
            "baseline": row.indicator.baseline,
            "target": row.indicator.target,
        }
        self.fields[f"value_{row.indicator.pk}"] = forms.DecimalField(
            label=gettext("%(name)s (%(unit)s): added in this period") % words,
            required=False,
            max_digits=14,
            decimal_places=2,
            help_text=told,
        )
        held = row.figure.file_name if row.figure else ""
        self.fields[f"file_{row.indicator.pk}"] = UploadField(
            label=gettext("%(name)s: a file that shows it") % words,
            required=False,
            help_text=gettext("Kept so far: %(name)s") % {"name": held} if held else "",
        )

    def values(self) -> dict[int, Decimal | None]:
        return {row.indicator.pk: self.cleaned_data[f"value_{row.indicator.pk}"] for row in self.rows}

    def uploads(self) -> dict[int, Any]:
        found = {row.indicator.pk: self.cleaned_data.get(f"file_{row.indicator.pk}") for row in self.rows}
        return {pk: upload for pk, upload in found.items() if upload}

    @property
    def typed(self) -> dict:
        told = {name: self.cleaned_data[name] for name in ("narrative", "problems")}
        return {**told, "values": self.values(), "uploads": self.uploads()}
