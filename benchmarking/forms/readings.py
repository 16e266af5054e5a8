"""What readers choose on the pages of a run. All of it stands in the address, so that a page can be sent on."""

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from ..readings.profile import Compared


class RegionForm(forms.Form):
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args, areas=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", "–"), *areas]


class RankingForm(RegionForm):
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args, countries=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("All countries")), *countries]


class NodeForm(forms.Form):
    node = forms.ChoiceField(label=_("Figure"), required=False)

    def __init__(self, *args, nodes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = nodes


class TrendForm(RegionForm):
    node = forms.ChoiceField(label=_("Indicator"), required=False)

    def __init__(self, *args, nodes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = nodes


class ScatterForm(RegionForm):
    across = forms.ChoiceField(label=_("From left to right"), required=False)
    up = forms.ChoiceField(label=_("From bottom to top"), required=False)

    def __init__(self, *args, nodes=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("across", "up"):
            self.fields[name].choices = nodes
        self.order_fields(["across", "up", "region"])


class SupposeForm(forms.Form):
    """A level from 0 to 100 for each indicator offered; what is left as it is supposes nothing."""

    def __init__(self, *args, offered: list[Compared], **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        for one in offered:
            self.fields[f"level_{one.node.code}"] = forms.FloatField(
                label=one.name,
                required=False,
                min_value=0,
                max_value=100,
                localize=True,
                initial=round(one.level or 0),
                widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            )

    @classmethod
    def asked(cls, query, offered: list[Compared]) -> Self:
        """With what stands in the address; what it does not name is as it was."""
        given = {name: value for name, value in query.items() if name.startswith("level_")}
        kept = {f"level_{one.node.code}": str(round(one.level or 0)) for one in offered}
        return cls({**kept, **given} if given else None, offered=offered)

    def levels(self) -> dict[str, float]:
        """Those that are not as they were."""
        found = {}
        for one in self.offered:
            level = self.cleaned_data.get(f"level_{one.node.code}")
            if level is not None and level != round(one.level or 0):
                found[one.node.code] = level
        return found

    def rows(self):
        return [(one, self[f"level_{one.node.code}"]) for one in self.offered]
