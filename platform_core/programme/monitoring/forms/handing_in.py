from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Country, Region, Topic
from platform_core.materials.files.forms import UploadField
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acts_for

from ..selectors.indicators import full_members
from .indicators import form_key


class HandInForm(forms.Form):
    title = forms.CharField(label=_("What it is"), max_length=200)
    text = forms.CharField(label=_("Why it counts"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    day = DayField(label=_("Day on which it happened"))
    file = UploadField(label=_("File that proves it"), help_text=_("Members can read it once it counts."))
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.all(), required=False, empty_label=_("that of the organisation")
    )
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.select_related("country"),
        required=False,
        empty_label=_("no region of its own"),
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("no topic of its own")
    )
    stage = forms.ChoiceField(label=_("Stage of the policy cycle"), required=False)
    organisation = forms.ModelChoiceField(label=_("For the organisation"), queryset=Organisation.objects.none())
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, person, **kwargs) -> None:
        own = acts_for(person.pk)
        initial = {"key": form_key(), "organisation": own.pk if own else None}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["stage"].choices = [("", gettext("no stage")), *vocabulary.term_choices("cycle_stage")]
        if person.has_perm("monitoring.change_programme"):
            self.fields["organisation"].queryset = full_members()
        else:
            del self.fields["organisation"]

    @property
    def typed(self) -> dict:
        names = ("title", "text", "day", "country", "region", "topic", "stage", "key")
        found = {name: self.cleaned_data[name] for name in names}
        return found | {"organisation": self.cleaned_data.get("organisation")}


class DecideForm(forms.Form):
    reason = forms.CharField(
        label=_("Reasons"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it does not count."),
    )
