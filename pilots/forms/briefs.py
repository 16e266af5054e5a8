from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary


class BriefForm(forms.Form):
    region = forms.ChoiceField(label=_("Region"))
    topic = forms.ChoiceField(label=_("Topic"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choose = [("", _("Choose"))]
        self.fields["region"].choices = choose + list(vocabulary.region_labels().items())
        self.fields["topic"].choices = choose + list(vocabulary.topic_labels().items())
