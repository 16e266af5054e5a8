from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.people.members.models import Organisation

from ..models import ConditionAnswer
from ..selectors.conditions import Line


class DeclareForm(UnchangedForm):
    """The conditions of one topic: an answer each, how it is known, and perhaps an address."""

    organisation = forms.ModelChoiceField(
        label=_("You declare for"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args, lines: list[Line], organisations, **kwargs) -> None:
        self.lines = lines
        super().__init__(*args, initial=begun(lines), **kwargs)
        self.fields["organisation"].queryset = organisations
        for line in lines:
            self.add(line)

    def add(self, line: Line) -> None:
        place = line.condition.pk
        self.fields[f"value_{place}"] = forms.ChoiceField(
            label=str(line.condition.text),
            choices=[(value, ConditionAnswer.Value(value).label) for value in ConditionAnswer.Value.values],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields[f"evidence_{place}"] = forms.CharField(
            label=gettext("How this is known"), max_length=500, required=False
        )
        self.fields[f"link_{place}"] = forms.URLField(
            label=gettext("Address to read on"), max_length=500, required=False, assume_scheme="https"
        )

    def clean(self) -> dict:
        """Who says yes, partly or no says how this is known."""
        typed = super().clean()
        for line in self.lines:
            place = line.condition.pk
            value = typed.get(f"value_{place}")
            said = typed.get(f"evidence_{place}") or typed.get(f"link_{place}")
            wrong = {f"evidence_{place}", f"link_{place}"} & self.errors.keys()
            if value and value != ConditionAnswer.Value.UNKNOWN and not said and not wrong:
                self.add_error(f"evidence_{place}", gettext("Please say in a few words how this is known."))
        return typed

    @property
    def answers(self) -> dict[int, tuple[str, str, str]]:
        """Of the conditions that were answered."""
        typed = self.cleaned_data
        return {
            place: (value, typed[f"evidence_{place}"], typed[f"link_{place}"])
            for place in (line.condition.pk for line in self.lines)
            if (value := typed[f"value_{place}"])
        }


def begun(lines: list[Line]) -> dict:
    found = {}
    for line in lines:
        if line.answer:
            place, answer = line.condition.pk, line.answer
            found |= {f"value_{place}": answer.value, f"evidence_{place}": answer.evidence}
            found[f"link_{place}"] = answer.link
    return found


class SheetFilter(forms.Form):
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", gettext("All countries")), *vocabulary.country_labels().items()]
