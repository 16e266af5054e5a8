from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.identity.accounts.models import User

from . import selectors


class CaseFilter(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=lambda: [("", _("All")), *selectors.kind_choices()]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("open", _("Open")), ("overdue", _("Overdue")), ("closed", _("Closed")), ("all", _("All"))],
    )

    def clean_state(self):
        return self.cleaned_data["state"] or "open"


class SayForm(forms.Form):
    text = forms.CharField(label=_("Message"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    to = forms.ChoiceField(label=_("For"), initial="asker", widget=forms.RadioSelect)

    def __init__(self, *args, handles: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if handles:
            self.fields["to"].choices = [
                ("asker", _("Whoever asked")),
                ("ask_back", _("Whoever asked, as a question: the clock stops until the reply")),
                ("internal", _("Only those who answer (internal note)")),
            ]
        else:
            del self.fields["to"]

    def said(self) -> dict:
        to = self.cleaned_data.get("to")
        return {"text": self.cleaned_data["text"], "internal": to == "internal", "ask_back": to == "ask_back"}


class AnswerForm(forms.Form):
    reason = forms.CharField(
        label=_("Reasons"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Whoever asked will read them."),
    )


class AssignForm(forms.Form):
    assignee = forms.ModelChoiceField(
        label=_("Who answers"), queryset=User.objects.none(), required=False, empty_label=_("All who can")
    )

    def __init__(self, *args, case, **kwargs) -> None:
        super().__init__(*args, initial={"assignee": case.assignee_id}, **kwargs)
        people = User.objects.filter(pk__in=selectors.handlers(case), is_active=True)
        self.fields["assignee"].queryset = people.order_by("name", "pk")
