from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.materials.drafts.forms import UnchangedForm

from ..measures import measure_names
from ..models import ClusterMap, Indicator
from ..models.studies import FIRST_YEAR, LAST_YEAR
from ..statistics.editions import SMALL, TOP, editions


class SectorsForm(UnchangedForm):
    """For every indicator of the data whether it is employment in a sector, and what measures its output."""

    total = forms.ModelChoiceField(
        label=gettext_lazy("Employment in all sectors"),
        queryset=None,
        required=False,
        empty_label="–",
        help_text=gettext_lazy(
            "Without it the total of a region in which a sector is missing is estimated from those it reports."
        ),
    )

    def __init__(self, *args, map: ClusterMap, indicators, **kwargs) -> None:
        held = {row.employment_id: row.output_id for row in map.sectors.all()}
        self.indicators = list(indicators)
        initial = {"total": map.total_id}
        for one in self.indicators:
            initial |= {f"use_{one.pk}": one.pk in held, f"output_{one.pk}": held.get(one.pk) or ""}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["total"].queryset = indicators
        names = [("", "–"), *((str(one.pk), str(one.name)) for one in self.indicators)]
        for one in self.indicators:
            told = _("Output: %(name)s") % {"name": one.name}
            self.fields[f"use_{one.pk}"] = forms.BooleanField(
                label=str(one.name), required=False, widget=forms.CheckboxInput(attrs={"aria-label": str(one.name)})
            )
            self.fields[f"output_{one.pk}"] = forms.ChoiceField(
                label=told, required=False, choices=names, widget=forms.Select(attrs={"aria-label": told})
            )

    @property
    def rows(self):
        return [(one, self[f"use_{one.pk}"], self[f"output_{one.pk}"]) for one in self.indicators]

    @property
    def chosen(self) -> dict[Indicator, Indicator | None]:
        by_key = {str(one.pk): one for one in self.indicators}
        typed = self.cleaned_data
        return {one: by_key.get(typed[f"output_{one.pk}"]) for one in self.indicators if typed.get(f"use_{one.pk}")}

    def clean(self) -> dict:
        typed = super().clean()
        if not self.errors and len(self.chosen) < 2:
            raise ValidationError(_("Please choose at least two sectors."))
        if not self.errors and typed.get("total") in self.chosen:
            self.add_error("total", _("Employment in all sectors is no sector."))
        return typed


class ThresholdsForm(UnchangedForm):
    """The edition, values other than its own, and the earlier year of shift-share."""

    edition = forms.ChoiceField(label=gettext_lazy("Edition"), widget=forms.RadioSelect)
    persons = forms.FloatField(
        label=gettext_lazy("Persons that a figure of 1 stands for"),
        min_value=0.001,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"step": "any"}),
        help_text=gettext_lazy("1 where people are counted, 1000 where the data are in thousands."),
    )
    year_before = forms.IntegerField(
        label=gettext_lazy("Earlier year to compare with"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )

    def __init__(self, *args, map: ClusterMap, **kwargs) -> None:
        initial = {name: getattr(map, name) for name in ("edition", "persons", "year_before")}
        initial |= {f"other_{name}": value for name, value in map.thresholds.items()}
        self.map = map
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["edition"].choices = [(code, one.name) for code, one in editions().items()]
        for name, words in measure_names().items():
            self.fields[f"other_{name}"] = forms.FloatField(
                label=_("Another value: %(measure)s") % {"measure": words},
                required=False,
                min_value=0,
                max_value=1_000_000,
                widget=forms.NumberInput(attrs={"step": "any"}),
                help_text=_("The edition's own where empty; another one is marked as yours."),
            )

    def clean(self) -> dict:
        typed = super().clean()
        edition = editions().get(typed.get("edition", ""))
        for name in measure_names():
            value = typed.get(f"other_{name}")
            threshold = edition.of(name) if edition else None
            if value is None or edition is None:
                continue
            if threshold is None:
                self.add_error(f"other_{name}", _("This edition has no such threshold."))
            elif threshold.rule == TOP and not 0 < value <= 1:
                self.add_error(f"other_{name}", _("This is a share: above 0 and at most 1."))
            elif value <= 0 and name != SMALL:
                self.add_error(f"other_{name}", _("It is above 0."))
        earlier = typed.get("year_before")
        if earlier and earlier >= self.map.year:
            self.add_error("year_before", _("The earlier year lies before the other one."))
        return typed

    def fields_told(self) -> dict:
        typed = self.cleaned_data
        others = {name: typed.get(f"other_{name}") for name in measure_names()}
        return {
            **{name: typed[name] for name in ("edition", "persons", "year_before")},
            "thresholds": {name: value for name, value in others.items() if value is not None},
        }
