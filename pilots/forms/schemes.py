from datetime import date
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.ui.widgets import DayInput
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Scheme


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TextsForm(UnchangedForm):
    """Of a thing whose `texts` are typed in the language they were first written in; other languages stay."""

    texts: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, thing=None, **kwargs) -> None:
        self.thing = thing
        self.language = getattr(thing, self.texts[0]).source if thing and self.texts else active_code()
        super().__init__(*args, initial=self.begun() if thing else kwargs.pop("initial", {}), **kwargs)
        self.initial["key"] = str(uuid4())

    def begun(self) -> dict:
        texts = {name: getattr(self.thing, name).get(self.language, "") for name in self.texts}
        return {**texts, **{name: getattr(self.thing, name) for name in self.plain}}

    @property
    def typed(self) -> dict:
        """Fields for a service, without the key."""
        return {
            **{name: self.cleaned_data[name] for name in self.plain},
            **{name: self.with_others(name) for name in self.texts},
        }

    def with_others(self, name: str):
        words = self.cleaned_data[name]
        if self.thing:
            return getattr(self.thing, name).with_text(self.language, words)
        return as_text({self.language: words, "_source": self.language} if words else {})


class LimitsField(forms.CharField):
    """The ends of budget bands: whole numbers of euro, ascending, separated by commas."""

    def clean(self, value) -> list[int]:
        typed = super().clean(value)
        found = []
        for piece in typed.replace(";", ",").split(","):
            number = piece.replace(" ", "").replace("\u00a0", "")
            if not number.isdecimal() or len(number) > 9:
                raise forms.ValidationError(
                    gettext("“%(piece)s” is no whole number of euro.") % {"piece": piece.strip()}
                )
            found.append(int(number))
        if found != sorted(set(found)) or found[0] == 0:
            raise forms.ValidationError(gettext("Please give the ends of the bands from the lowest to the highest."))
        return found


class SchemeForm(TextsForm):
    texts, plain = ("title", "text"), ("begins", "number", "months", "days")

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Guideline"),
        max_length=20_000,
        widget=long_text(16),
        help_text=_(
            "What is tried out and why, who can propose, what is paid, how it is reported and evaluated. Markdown."
        ),
    )
    limits = LimitsField(
        label=_("Ends of the budget bands, in euro"),
        max_length=200,
        help_text=_("For example 15000, 40000, 80000: three bands, the last from 40,000 to 80,000."),
    )
    begins = forms.DateField(
        label=_("First day of the first period"),
        widget=DayInput(),
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))],
    )
    number = forms.IntegerField(label=_("Number of periods"), min_value=1, max_value=12)
    months = forms.IntegerField(label=_("Months of a period"), min_value=1, max_value=24)
    days = forms.IntegerField(label=_("Days until a report is due after its period"), min_value=0, max_value=180)

    def begun(self) -> dict:
        return {**super().begun(), "limits": ", ".join(map(str, self.thing.limits))}

    @property
    def typed(self) -> dict:
        return {**super().typed, "limits": self.cleaned_data["limits"]}


class ApproveForm(UnchangedForm):
    """Nothing to fill in; what is approved is what was shown."""

    def __init__(self, *args, scheme: Scheme, **kwargs) -> None:
        names = ("limits", "begins", "number", "months", "days")
        told = {name: getattr(scheme, name) for name in names}
        super().__init__(
            *args, initial={**told, "title": scheme.title.stored(), "text": scheme.text.stored()}, **kwargs
        )


class CallForm(TextsForm):
    texts, plain = ("title", "text"), ("opens_on", "closes_on")

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(label=_("What is called for"), required=False, max_length=5000, widget=long_text(6))
    opens_on = forms.DateField(label=_("Opens on"), widget=DayInput())
    closes_on = forms.DateField(label=_("Closes on"), widget=DayInput())


class ExtendForm(forms.Form):
    closes_on = forms.DateField(label=_("Closes on"), widget=DayInput())
