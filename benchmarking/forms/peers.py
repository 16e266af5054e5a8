from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Indicator, PeerStudy, PeerVariable

HEAVIEST = 100


class VariablesForm(UnchangedForm):
    """For every structural indicator of the data its block, empty where it is not used, and its weight."""

    def __init__(self, *args, study: PeerStudy, indicators, **kwargs) -> None:
        self.indicators = list(indicators)
        held = {row.indicator_id: row for row in study.variables.all()}
        initial = {f"weight_of_{block}": study.blocks.get(block, 1) for block in PeerVariable.Block.values}
        for one in self.indicators:
            row = held.get(one.pk)
            initial |= {f"block_{one.pk}": row.block if row else "", f"weight_{one.pk}": row.weight if row else 1}
        super().__init__(*args, initial=initial, **kwargs)
        for one in self.indicators:
            told = _("Block: %(name)s") % {"name": one.name}
            self.fields[f"block_{one.pk}"] = forms.ChoiceField(
                label=told,
                required=False,
                choices=[("", _("not used")), *PeerVariable.Block.choices],
                widget=forms.Select(attrs={"aria-label": told}),
            )
            self.fields[f"weight_{one.pk}"] = weight_field(_("Weight: %(name)s") % {"name": one.name})
        for block, name in PeerVariable.Block.choices:
            self.fields[f"weight_of_{block}"] = weight_field(name)

    @property
    def rows(self):
        """Each indicator with its two fields, for the table."""
        return [(one, self[f"block_{one.pk}"], self[f"weight_{one.pk}"]) for one in self.indicators]

    @property
    def block_rows(self):
        return [self[f"weight_of_{block}"] for block in PeerVariable.Block.values]

    def clean(self) -> dict:
        typed = super().clean()
        if not self.errors and len(self.chosen) < 2:
            raise ValidationError(_("Please choose at least two variables."))
        return typed

    @property
    def chosen(self) -> dict[Indicator, tuple[str, float]]:
        typed = self.cleaned_data
        return {
            one: (typed[f"block_{one.pk}"], typed[f"weight_{one.pk}"])
            for one in self.indicators
            if typed.get(f"block_{one.pk}")
        }

    @property
    def blocks(self) -> dict[str, float]:
        return {block: self.cleaned_data[f"weight_of_{block}"] for block in PeerVariable.Block.values}


def weight_field(label: str) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "any", "aria-label": label})
    return forms.FloatField(label=label, min_value=0, max_value=HEAVIEST, widget=widget)


class MethodForm(UnchangedForm):
    distance = forms.ChoiceField(
        label=gettext_lazy("Distance"),
        choices=PeerStudy.Distance.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "All three are computed and compared; this one sorts the list until the reader chooses."
        ),
    )
    number = forms.IntegerField(label=gettext_lazy("Peers shown"), min_value=3, max_value=20)
    own_country = forms.BooleanField(label=gettext_lazy("Regions of the same country may be peers"), required=False)
    share = forms.FloatField(
        label=gettext_lazy("Share of the weights two regions have to share"),
        min_value=0.3,
        max_value=1,
        widget=forms.NumberInput(attrs={"step": "any"}),
        help_text=gettext_lazy(
            "Two regions are compared on what both have figures of; below this share they are not compared."
        ),
    )
    skew = forms.FloatField(
        label=gettext_lazy("Skewness from which logarithms are taken"),
        min_value=0.5,
        max_value=20,
        widget=forms.NumberInput(attrs={"step": "any"}),
        help_text=gettext_lazy(
            "So that a few very large regions do not press all others together. 20 is as good as never."
        ),
    )

    def __init__(self, *args, study: PeerStudy, **kwargs) -> None:
        names = ("distance", "number", "own_country", "share", "skew")
        super().__init__(*args, initial={name: getattr(study, name) for name in names}, **kwargs)

    def fields_told(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
