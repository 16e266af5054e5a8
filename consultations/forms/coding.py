from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from ..models import BookCode
from ..selectors.coding import NONE


class CodeForm(forms.Form):
    name = forms.CharField(label=_("Code"), max_length=120)
    description = forms.CharField(label=_("When it applies"), max_length=500, required=False)


class GivenForm(forms.Form):
    """A code for each text of a page; texts left alone are left as they are."""

    def __init__(self, *args, texts, codes: list[BookCode], given: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", "–"),
            *((str(code.pk), str(code.name)) for code in codes),
            (str(NONE), gettext("None of the codes")),
        ]
        for text in texts:
            held = getattr(text, given)
            self.fields[f"t{text.pk}"] = forms.ChoiceField(
                label=_("Code"), choices=choices, required=False, initial="" if held is None else str(held)
            )

    @property
    def given(self) -> dict[int, int]:
        return {int(name[1:]): int(code) for name, code in self.cleaned_data.items() if code}

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        if not self.errors and not self.given:
            raise ValidationError(gettext("Please give a code to at least one text."))
        return typed
