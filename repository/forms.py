from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import content_code
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.files.forms import UploadField

LICENCES = ["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0", "EUPL-1.2"]


def terms(scheme: str):
    return lambda: vocabulary.term_choices(scheme)


class DepositForm(forms.Form):
    """The common core of a record in one language; other languages are added by translators."""

    kind = forms.ChoiceField(label=_("Kind"), choices=terms("record_kind"))
    language = forms.ChoiceField(
        label=_("Language you write in"),
        choices=lambda: [(content_code(code), name) for code, name in settings.LANGUAGES],
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences a busy official can read."),
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=40000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Headings with ##, lists with -, links as [text](address)."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=lambda: vocabulary.topic_labels().items(), widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        choices=lambda: vocabulary.country_labels().items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty when it concerns the whole area."),
    )
    cycle_stage = forms.MultipleChoiceField(
        label=_("Policy cycle"), required=False, choices=terms("cycle_stage"), widget=forms.CheckboxSelectMultiple
    )
    level = forms.MultipleChoiceField(
        label=_("Level"), required=False, choices=terms("level"), widget=forms.CheckboxSelectMultiple
    )
    year = forms.IntegerField(label=_("Year"), min_value=1980, max_value=lambda: timezone.localdate().year + 1)
    creators = forms.CharField(
        label=_("Creators"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One organisation or person per line."),
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=[(code, code) for code in LICENCES])
    file = UploadField(label=_("File"), required=False)

    def fields_of_record(self) -> dict:
        """What `services.deposit` takes."""
        data = self.cleaned_data
        code = data["language"]
        texts = {
            name: {code: data[name], "_source": code} for name in ("title", "summary", "description") if data[name]
        }
        return {
            **texts,
            "kind": data["kind"],
            "languages": [code],
            "topics": [int(number) for number in data["topics"]],
            "countries": data["countries"],
            "terms": {scheme: data[scheme] for scheme in ("cycle_stage", "level") if data[scheme]},
            "year": data["year"],
            "creators": [line.strip() for line in data["creators"].splitlines() if line.strip()],
            "licence": data["licence"],
        }


class WithdrawForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
