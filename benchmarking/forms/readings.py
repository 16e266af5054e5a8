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
    """A level from 0 to 100 for each indicator offered, as a number and a slider: what differs from where both stood counts.
    What is left as it is supposes nothing."""

    def __init__(self, *args, offered: list[Compared], **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        for one in offered:
            code, now = one.node.code, round(one.level or 0)
            self.fields[f"level_{code}"] = level_field(
                one.name, now, forms.NumberInput, step="any", inputmode="decimal"
            )
            self.fields[f"slide_{code}"] = level_field(one.name, now, SliderInput, step="1", **{"aria-label": one.name})
            self.fields[f"was_{code}"] = level_field(one.name, now, forms.HiddenInput)

    @classmethod
    def asked(cls, query, offered: list[Compared]) -> Self:
        """With what stands in the address; what it does not name is as it was."""
        given = {name: value for name, value in query.items() if name.startswith(("level_", "slide_"))}
        return cls(together(query, offered) if given else None, offered=offered)

    def levels(self) -> dict[str, float]:
        """Those that are not as they were."""
        found = {}
        for one in self.offered:
            level = self.cleaned_data.get(f"level_{one.node.code}")
            if level is not None and level != round(one.level or 0):
                found[one.node.code] = level
        return found

    def rows(self):
        return [(one, *(self[f"{part}_{one.node.code}"] for part in ("level", "slide", "was"))) for one in self.offered]


class SliderInput(forms.NumberInput):
    input_type = "range"


def level_field(label: str, now: int, widget, **attrs) -> forms.FloatField:
    return forms.FloatField(
        label=label, required=False, min_value=0, max_value=100, localize=True, initial=now, widget=widget(attrs=attrs)
    )


def together(query, offered: list[Compared]) -> dict[str, str]:
    """One level for number and slider of each: that of the slider where it alone was moved."""
    found = {}
    for one in offered:
        code, now = one.node.code, str(round(one.level or 0))
        was = query.get(f"was_{code}") or now
        level, slide = query.get(f"level_{code}", was), query.get(f"slide_{code}", was)
        chosen = slide if level == was else level
        found |= {f"{part}_{code}": chosen for part in ("level", "slide", "was")}
    return found
