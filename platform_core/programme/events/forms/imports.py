from django import forms
from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import ImportSource
from .events import address_field, language_choices, place_choices, zone_choices

LARGEST = 1_000_000
PLAIN = ("name", "address", "time_zone", "language", "is_active")


class SourceForm(UnchangedForm):
    """A calendar of others: its address or a file, and what is said of its entries here."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    address = address_field(
        gettext_lazy("Address"), help_text=gettext_lazy("Of an iCalendar file, an RSS or an Atom feed.")
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"), required=False, help_text=gettext_lazy("iCalendar, at most one megabyte.")
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone of entries that name none"), choices=zone_choices)
    language = forms.ChoiceField(label=gettext_lazy("Language of its texts"), choices=language_choices)
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics of its entries"),
        required=False,
        choices=lambda: vocabulary.topic_labels().items(),
        widget=forms.CheckboxSelectMultiple,
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), required=False, choices=place_choices(vocabulary.country_labels)
    )
    is_active = forms.BooleanField(label=gettext_lazy("Read the address every day"), required=False)

    def __init__(self, *args, source: ImportSource, **kwargs) -> None:
        self.source = source
        begun = {name: getattr(source, name) for name in PLAIN} | {"country": source.country_id or ""}
        begun["topics"] = [str(topic.pk) for topic in source.topics.all()] if source.pk else []
        begun["time_zone"] = source.time_zone or settings.DISPLAY_TIME_ZONE
        super().__init__(*args, initial=begun, **kwargs)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than one megabyte."))
        return file

    def clean(self) -> dict:
        typed = super().clean()
        if not (
            typed.get("address") or typed.get("file") or self.source.pk or {"address", "file"} & self.errors.keys()
        ):
            self.add_error("address", _("Name an address or choose a file."))
        return typed

    def applied(self) -> ImportSource:
        typed = self.cleaned_data
        if self.source.address != typed["address"]:
            self.source.etag = self.source.modified = ""
        for name in PLAIN:
            setattr(self.source, name, typed[name])
        self.source.country = vocabulary.country(typed["country"])
        return self.source

    def topic_numbers(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["topics"]]
