from django import forms
from django.utils.translation import gettext_lazy as _, ngettext

from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts import selectors as accounts

from . import matrix, selectors, tokens

ALL = [("", _("All"))]


class MatrixFilter(forms.Form):
    room = forms.ChoiceField(label=_("Part of the platform"), required=False, choices=lambda: [*ALL, *matrix.rooms()])
    standing = forms.ChoiceField(
        label=_("Open to"),
        required=False,
        choices=lambda: [*ALL, *((code, name) for code, (name, _keys) in matrix.STANDINGS.items())],
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=lambda: [*ALL, *((code, vocabulary.term_name("role", code)) for code in matrix.roles_named())],
    )
    deciding = forms.BooleanField(label=_("Only rights that decide"), required=False)


class RoleFilter(forms.Form):
    role = forms.ChoiceField(label=_("Role"), required=False, choices=lambda: [*ALL, *selectors.role_choices()])
    words = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)
    past = forms.BooleanField(label=_("With roles that have ended"), required=False)


class GiveRoleForm(forms.Form):
    person = forms.EmailField(label=_("E-mail address of the person"), help_text=_("She needs an account."))
    place = forms.ChoiceField(label=_("Role"), choices=lambda: selectors.place_choices())
    begins = DayField(label=_("From"), initial=platform_day)
    ends = DayField(label=_("To"), required=False, help_text=_("Empty: until it is ended."))
    why = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_person(self):
        found = accounts.person_with(self.cleaned_data["person"])
        if found is None:
            raise forms.ValidationError(_("Nobody with this address has an account."))
        return found

    def given(self) -> dict:
        """What `services.give_role` takes."""
        role, _sign, scope = self.cleaned_data["place"].partition("@")
        rest = {name: self.cleaned_data[name] for name in ("begins", "ends", "why")}
        return {"person": self.cleaned_data["person"], "role": role, "scope": scope, **rest}


class EndRoleForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(
        label=_("Last day"), required=False, help_text=_("Empty: at once. The rights of the role end with this day.")
    )


class SeeAsForm(forms.Form):
    person = forms.EmailField(label=_("E-mail address of the person"))
    why = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("Kept in the event log, where the person can read it.")
    )


class TokenForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What it is for, so that you know it again."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=tokens.scope_choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(
        label=_("Valid for"),
        choices=lambda: [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in tokens.DAYS],
    )
