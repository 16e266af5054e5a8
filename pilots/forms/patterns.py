from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Pattern, PatternPart
from ..selectors import patterns as selectors


def lines_field(label) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One a line. A line that stays as it is keeps its translations."),
    )


class PatternForm(UnchangedForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.CharField(label=_("What it is for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    note = forms.CharField(label=_("What has changed, in one sentence"), required=False, max_length=300)
    step = lines_field(_("Steps"))
    role = lines_field(_("Roles"))
    question = lines_field(_("Questions"))

    def __init__(self, *args, pattern: Pattern, **kwargs) -> None:
        self.pattern = pattern
        super().__init__(*args, initial=begun(pattern), **kwargs)

    @property
    def typed(self) -> dict:
        told, source = self.cleaned_data, self.pattern.title.source
        texts = {name: getattr(self.pattern, name).with_text(source, told[name]) for name in ("title", "purpose")}
        parts = {kind: told[kind].splitlines() for kind in PatternPart.Kind.values}
        return {**texts, "note": told["note"], "parts": parts}


def begun(pattern: Pattern) -> dict:
    found = {name: getattr(pattern, name).get(pattern.title.source, "") for name in ("title", "purpose")}
    for kind in PatternPart.Kind.values:
        texts = [part.text for part in selectors.of_kind(pattern, kind)]
        found[kind] = "\n".join(text.get(text.source, "") for text in texts)
    return {**found, "note": pattern.note}


class PublishForm(forms.Form):
    """Of exactly what was read."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
