from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Usefulness


class UsefulForm(forms.Form):
    useful = forms.ChoiceField(
        label=_("Was this useful?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(label=_("For what?"), choices=Usefulness.Purpose.choices)


class TopicForm(forms.Form):
    topic = forms.TypedChoiceField(label=_("Topic"), coerce=int, required=False, empty_value=None)
    months = forms.TypedChoiceField(
        label=_("When"),
        coerce=int,
        required=False,
        empty_value=0,
        choices=[(0, _("All the time")), (3, _("The last three months")), (12, _("The last twelve months"))],
    )

    def __init__(self, *args, topics: dict[int, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = list(topics.items())
