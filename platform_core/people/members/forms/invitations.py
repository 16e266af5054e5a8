from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from platform_core.ground.reports.tables import read_table
from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary.days import platform_day

from .. import selectors
from ..models import Organisation


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), required=False, max_length=150)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=lambda: settings.LANGUAGES)
    organisation = forms.ModelChoiceField(
        label=_("To act for"), queryset=Organisation.objects.none(), required=False, empty_label=_("no organisation")
    )
    function = forms.CharField(label=_("Function there"), required=False, max_length=150)
    begins = DayField(label=_("From"), initial=platform_day)
    ends = DayField(
        label=_("To"),
        required=False,
        help_text=_("For an activity: the last day on which it is open to the person."),
    )

    may_change = forms.TypedChoiceField(
        label=_("What it opens"),
        choices=[("", _("To read it")), ("yes", _("To read and change it"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, person, has_activity: bool, changes: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not changes:
            del self.fields["may_change"]
        self.fields["organisation"].queryset = selectors.organisations_to_look_after(person)
        self.fields["organisation"].required = not has_activity
        self.fields["ends"].required = has_activity


class BulkForm(forms.Form):
    table = forms.FileField(
        label=_("Table (CSV or XLSX)"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"})
    )

    def clean_table(self):
        return read_table(self.cleaned_data["table"])


class NewAccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    agreed = forms.BooleanField(label=_("I have read the privacy notice: what the platform does with my data."))

    def clean_password(self):
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]
