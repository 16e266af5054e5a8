"""What readers choose on the pages of a run. All of it stands in the address, so that a page can be sent on."""

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from ..charts.lettering import figure
from ..readings.profile import Compared
from ..readings.recomputing import LARGEST, Lever
from ..readings.supposing import BeyondError

Place = Callable[[dict[str, float]], Mapping[str, float | BeyondError]]
PARTS = ("level", "slide", "was")
AGAIN = "again"  # everything is computed again
SUPPOSED = ("level_", "slide_", "raw_")  # how the names of what readers suppose begin


class RegionForm(forms.Form):
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args, areas=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", "–"), *areas]


class RankingForm(RegionForm):
    country = forms.ChoiceField(label=_("Country"), required=False)
    node = forms.ChoiceField(label=_("Ranked by"), required=False)

    def __init__(self, *args, countries=(), nodes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = nodes
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
    """For each indicator offered a level from 0 to 100, as a number and a slider, or a figure in its own unit: what differs
    from where all stood counts. What is left as it is supposes nothing. `place` turns figures into levels."""

    def __init__(self, *args, offered: list[Compared], place: Place, raw: Container[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.offered, self.place, self.placed = offered, place, {}
        for one in offered:
            code, now = one.node.code, round(one.level or 0)
            self.fields[f"level_{code}"] = level_field(
                one.name, now, forms.NumberInput, step="any", inputmode="decimal"
            )
            self.fields[f"slide_{code}"] = level_field(one.name, now, SliderInput, step="1", **{"aria-label": one.name})
            self.fields[f"was_{code}"] = level_field(one.name, now, forms.HiddenInput)
            if code in raw:
                self.fields[f"raw_{code}"] = raw_field(one)
                self.fields[f"typed_{code}"] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @classmethod
    def asked(cls, query, offered: list[Compared], place: Place, raw: Container[str] = ()) -> Self:
        """With what stands in the address; what it does not name is as it was."""
        given = {name: value for name, value in query.items() if name.startswith(SUPPOSED)}
        return cls(together(query, offered) if given else None, offered=offered, place=place, raw=raw)

    def clean(self):
        cleaned = super().clean()
        typed = {one.node.code: cleaned.get(f"raw_{one.node.code}") for one in self.offered}
        wanted = {code: value for code, value in typed.items() if value is not None}
        for code, level in (self.place(wanted) if wanted else {}).items():
            if isinstance(level, BeyondError):
                self.add_error(f"raw_{code}", beyond(*level.args))
            else:
                self.placed[code] = level
                self.data |= dict.fromkeys((f"{part}_{code}" for part in PARTS), str(round(level)))
        return cleaned

    def levels(self) -> dict[str, float]:
        """Those that are not as they were."""
        found = {}
        for one in self.offered:
            level = self.cleaned_data.get(f"level_{one.node.code}")
            if level is not None and level != round(one.level or 0):
                found[one.node.code] = level
        return found | self.placed

    def rows(self):
        for one in self.offered:
            names = (f"{part}_{one.node.code}" for part in (*PARTS, "raw", "typed"))
            yield one, *(self[name] if name in self.fields else None for name in names)


class RecomputeForm(forms.Form):
    """For each lever a figure in its own unit, as a number and a slider: what differs from where both stood counts."""

    way = forms.CharField(widget=forms.HiddenInput, required=False, initial=AGAIN)

    def __init__(self, *args, levers: Sequence[Lever], **kwargs):
        super().__init__(*args, **kwargs)
        self.levers = levers
        for one in levers:
            code, name = one.compared.node.code, one.compared.name
            now = written(one.now)
            ends = {"min": written(min(one.low, one.now)), "max": written(max(one.high, one.now))}
            self.fields[f"raw_{code}"] = figure_field(name, now)
            slider = SliderInput(attrs={"step": "any", "aria-label": name, **ends})
            for part, widget in (("slide", slider), ("was", forms.HiddenInput())):
                self.fields[f"{part}_{code}"] = forms.CharField(required=False, initial=now, widget=widget)

    @classmethod
    def asked(cls, query: Mapping[str, str], levers: Sequence[Lever]) -> Self:
        """With what stands in the address; what it does not name is as it was."""
        found = {"way": AGAIN}
        for one in levers:
            code, now = one.compared.node.code, written(one.now)
            was = query.get(f"was_{code}") or now
            raw, slide = query.get(f"raw_{code}", "").strip() or now, query.get(f"slide_{code}", was)
            chosen = slide if raw == was else raw
            found |= {f"{part}_{code}": chosen for part in ("raw", "slide", "was")}
        return cls(found if any(name.startswith(SUPPOSED) for name in query) else None, levers=levers)

    def values(self) -> dict[str, float]:
        """Those that are not as they were."""
        chosen = ((one, one.compared.node.code) for one in self.levers)
        typed = {code: (one.now, self.cleaned_data.get(f"raw_{code}")) for one, code in chosen}
        return {
            code: value for code, (now, value) in typed.items() if value is not None and written(value) != written(now)
        }

    def rows(self):
        for one in self.levers:
            yield one, *(self[f"{part}_{one.compared.node.code}"] for part in ("raw", "slide", "was"))


class SliderInput(forms.NumberInput):
    input_type = "range"


def beyond(low: float, high: float) -> str:
    return _(
        "Please stay between %(low)s and %(high)s, the figures of all regions: beyond them the scale itself would move."
    ) % {"low": figure(low), "high": figure(high)}


def level_field(label: str, now: int, widget, **attrs) -> forms.FloatField:
    return forms.FloatField(
        label=label, required=False, min_value=0, max_value=100, localize=True, initial=now, widget=widget(attrs=attrs)
    )


def figure_field(label: str, now: str) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    ends = {"min_value": -LARGEST, "max_value": LARGEST}
    return forms.FloatField(label=label, required=False, initial=now, widget=widget, **ends)


def written(value: float) -> str:
    """As a field takes it, with six digits that count, and two behind the point where that has more before it."""
    return f"{value:.{max(6, len(str(int(abs(value)))) + 2)}g}"


def raw_field(one: Compared) -> forms.FloatField:
    """Empty until somebody types; a text, so that it takes the reader's decimal sign."""
    attrs = {"inputmode": "decimal", "autocomplete": "off", "placeholder": figure(one.own.value)}
    label = _("%(indicator)s, as a figure") % {"indicator": one.name}
    return forms.FloatField(label=label, required=False, localize=True, widget=forms.TextInput(attrs=attrs))


def together(query, offered: list[Compared]) -> dict[str, str]:
    """One level for number and slider of each: that of the slider where it alone was moved. A figure holds until another
    level is chosen."""
    found = {}
    for one in offered:
        code, now = one.node.code, str(round(one.level or 0))
        was = query.get(f"was_{code}") or now
        level, slide = query.get(f"level_{code}", was), query.get(f"slide_{code}", was)
        chosen = slide if level == was else level
        found |= {f"{part}_{code}": chosen for part in PARTS}
        raw = query.get(f"raw_{code}", "").strip()
        if raw and (raw != query.get(f"typed_{code}", "") or chosen == was):
            found |= {f"{part}_{code}": raw for part in ("raw", "typed")}
    return found
