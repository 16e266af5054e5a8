"""Bringing a file, and saying how it is to be read."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.materials.files.uploads import OversizedFile

from ..imports.guessing import INDICATORS, TIDY, YEARS
from ..imports.opening import MOST_BYTES
from ..imports.reading import LEFT_OUT, NEW, THIS
from ..imports.vintages import VINTAGES

ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".gz", ".json", ".xlsx")
LAYOUTS = [
    (TIDY, _("Each row is one figure")),
    (YEARS, _("A column for each year")),
    (INDICATORS, _("A column for each indicator")),
]
DECIMALS = [(".", _("Point (12.5)")), (",", _("Comma (12,5)"))]
ROLES = {
    "area": _("Column of areas"),
    "year": _("Column of years"),
    "value": _("Column of figures"),
    "flag": _("Column of flags"),
    "indicator": _("Column of indicators"),
}


class BringForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("Eurostat (TSV), SDMX-CSV, JSON-stat 2.0, CSV or XLSX; also packed with gzip."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, OversizedFile) or file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("The file is too large. Please bring it in parts."))
        return file


class ReadingForm(forms.Form):
    """Built from what was found in the file; fields of filters and indicators are numbered, their texts can be anything."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    layout = forms.ChoiceField(label=_("How the table is laid out"), choices=LAYOUTS)
    fixed_year = forms.IntegerField(
        label=_("Year of all figures"),
        required=False,
        min_value=1900,
        max_value=2100,
        help_text=_("Where no column tells the year."),
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns of indicators"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where there is a column for each indicator."),
    )
    decimal = forms.ChoiceField(label=_("Decimal sign"), choices=DECIMALS)
    vintage = forms.ChoiceField(
        label=_("Codes of areas are of"),
        required=False,
        help_text=_("Only where a code has meant different territories does this make a difference."),
    )
    skip_unknown = forms.BooleanField(label=_("Leave out rows whose area is not known"), required=False)
    national = forms.BooleanField(
        label=_("Put figures of countries on their regions"),
        required=False,
        help_text=_("Only where a file has none for the regions of a country. These cells are marked for good."),
    )

    def __init__(self, *args, found: Mapping[str, Any], catalogue: Mapping[str, str], **kwargs) -> None:
        self.found, self.options = found, found.get("options", {})
        super().__init__(*args, initial=self.begun(), **kwargs)
        columns = [("", "–"), *((name, name) for name in found.get("columns", []))]
        for role, label in ROLES.items():
            self.fields[role] = forms.ChoiceField(label=label, required=role == "area", choices=columns)
        cast(forms.ChoiceField, self.fields["columns"]).choices = columns[1:]
        if self.unseen:
            told = gettext("%(n)s more columns are read too, which are too many to show.") % {"n": len(self.unseen)}
            self.fields["columns"].help_text = told
        cast(forms.ChoiceField, self.fields["vintage"]).choices = [
            ("", _("Found by itself")),
            *((year, f"NUTS {year}") for year in VINTAGES),
        ]
        self.add_sheets()
        self.add_filters()
        self.add_indicators(catalogue)
        self.order_fields(["sheet", "layout", "area", "year", "fixed_year", "value", "flag", "indicator", "columns"])

    def begun(self) -> dict[str, Any]:
        plain = ("layout", "fixed_year", "columns", "decimal", "vintage", "skip_unknown", "national", "sheet", *ROLES)
        begun = {name: self.options[name] for name in plain if name in self.options}
        filters, asked = self.options.get("filters", {}), self.found.get("asked", {})
        begun |= {self.filter_name(place): filters.get(name, "") for place, name in enumerate(self.dimensions)}
        return begun | {self.indicator_name(place): code for place, code in enumerate(asked.values())}

    @property
    def unseen(self) -> list[str]:
        """Columns that are read as indicators and not offered: too many. They stay."""
        offered = set(self.found.get("columns", []))
        return [name for name in self.options.get("columns", []) if name not in offered]

    @property
    def dimensions(self) -> dict[str, list[str]]:
        return self.found.get("dimensions", {})

    @staticmethod
    def filter_name(place: int) -> str:
        return f"filter-{place}"

    @staticmethod
    def indicator_name(place: int) -> str:
        return f"indicator-{place}"

    def add_sheets(self) -> None:
        sheets = self.found.get("sheets", [])
        if len(sheets) < 2:
            del self.fields["sheet"]
            return
        cast(forms.ChoiceField, self.fields["sheet"]).choices = [
            ("", _("The first one with figures")),
            *((name, name) for name in sheets),
        ]

    def add_filters(self) -> None:
        chosen = self.options.get("filters", {})
        for place, (name, shown) in enumerate(self.dimensions.items()):
            words = list(dict.fromkeys([*shown, chosen.get(name, "")]))
            self.fields[self.filter_name(place)] = forms.ChoiceField(
                label=gettext("Only rows where “%(column)s” is") % {"column": name},
                required=False,
                choices=[("", _("anything")), *((word, word or "–") for word in words if word)],
            )

    def add_indicators(self, catalogue: Mapping[str, str]) -> None:
        known = [(code, f"{name} ({code})") for code, name in catalogue.items()]
        for place, word in enumerate(self.found.get("asked", {})):
            named = gettext("The figures are of") if word == THIS else gettext("“%(text)s” is") % {"text": word}
            self.fields[self.indicator_name(place)] = forms.ChoiceField(
                label=named,
                choices=[(NEW, _("a new entry of the catalogue")), (LEFT_OUT, _("left out")), *known],
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("layout") == TIDY and not typed.get("value"):
            self.add_error("value", gettext("Please say which column holds the figures."))
        if typed.get("layout") == INDICATORS and not (typed.get("columns") or self.unseen):
            self.add_error("columns", gettext("Please tick at least one column."))
        return typed

    @property
    def chosen(self) -> dict[str, Any]:
        typed = self.cleaned_data
        plain = ("sheet", "layout", "fixed_year", "columns", "decimal", "vintage", "skip_unknown", "national", *ROLES)
        options = {name: typed[name] for name in plain if name in typed and typed[name] is not None}
        filters = {name: typed[self.filter_name(place)] for place, name in enumerate(self.dimensions)}
        asked = self.found.get("asked", {})
        indicators = {word: typed[self.indicator_name(place)] for place, word in enumerate(asked)}
        indicators = self.options.get("indicators", {}) | indicators
        if "columns" in options:
            options["columns"] = [*options["columns"], *self.unseen]
        this = {"this": self.options["this"]} if "this" in self.options else {}
        return options | this | {"filters": {n: w for n, w in filters.items() if w}, "indicators": indicators}


class TakeForm(forms.Form):
    note = forms.CharField(
        label=_("What is new in this version"),
        max_length=500,
        required=False,
        help_text=_("Whoever computes with it reads this."),
    )
