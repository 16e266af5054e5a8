from dataclasses import fields

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import scope_labels

from ..models import CalendarEvent
from ..selectors.events import Question


def any_of(labels):
    return lambda: [("", _("All")), *labels()]


class CalendarFilter(forms.Form):
    """What narrows the calendar, its map and every feed of it."""

    words = forms.CharField(label=gettext_lazy("Words"), max_length=100, required=False)
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"), required=False, choices=any_of(lambda: vocabulary.topic_labels().items())
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=any_of(lambda: CalendarEvent.Kind.choices)
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        required=False,
        choices=any_of(lambda: [("own", _("of the partnership")), ("eu", _("of others in Europe"))]),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), required=False, choices=any_of(lambda: vocabulary.country_labels().items())
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"), required=False, choices=any_of(lambda: vocabulary.region_labels().items())
    )
    holder = forms.ChoiceField(
        label=gettext_lazy("Held by"),
        required=False,
        choices=any_of(lambda: vocabulary.term_choices("organisation_type")),
    )
    online = forms.BooleanField(label=gettext_lazy("Can be joined online"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("Only mine"), required=False)
    scope = forms.ChoiceField(
        label=gettext_lazy("Working group"), required=False, choices=any_of(lambda: scope_labels("group").items())
    )

    def __init__(self, *args, user=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if user is None or not user.is_authenticated:
            del self.fields["mine"]

    def question(self) -> Question:
        """What is asked for; what no filter knows is left out."""
        self.full_clean()
        known = {one.name for one in fields(Question)}
        typed = {name: value for name, value in self.cleaned_data.items() if value and name in known}
        if "topic" in typed:
            typed["topic"] = int(typed["topic"])
        return Question(**typed)
