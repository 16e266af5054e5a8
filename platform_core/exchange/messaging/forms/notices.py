from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from .. import selectors


class NoticeFilter(forms.Form):
    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    group = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    unread = forms.BooleanField(label=gettext_lazy("Only new ones"), required=False)

    def __init__(self, *args, groups: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("everything")), *((one, selectors.scope_name(one)) for one in groups)]
