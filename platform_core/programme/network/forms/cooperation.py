from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.text import Text
from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.people.members.models import Organisation

from ..models import Initiative, Synergy
from .directory import area


def topic_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Topic"), required=False, choices=lambda: [("", _("none")), *vocabulary.topic_labels().items()]
    )


def topic_of(code: str):
    return vocabulary.topic(int(code)) if code else None


class TieForm(forms.Form):
    other = forms.ModelChoiceField(label=_("With whom"), queryset=Organisation.objects.none())
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: vocabulary.term_choices("tie_kind"))
    what = forms.CharField(label=_("What you do together"), max_length=300)
    topic = topic_field()
    begins = forms.IntegerField(label=_("Since (year)"), min_value=1950, max_value=lambda: platform_day().year + 1)
    ends = forms.IntegerField(label=_("Until (year)"), required=False, min_value=1950, max_value=2100)

    def __init__(self, *args, others, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("ends") and typed.get("begins") and typed["ends"] < typed["begins"]:
            self.add_error("ends", _("It cannot end before it begins."))
        return typed | {"topic": topic_of(typed.get("topic", ""))}


class EndTieForm(forms.Form):
    year = forms.IntegerField(label=_("Until (year)"), min_value=1950, max_value=lambda: platform_day().year)


class NetworkForm(forms.Form):
    """Title and purpose in the language of the page."""

    founder = forms.ModelChoiceField(
        label=_("Your organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.CharField(label=_("Purpose"), max_length=3000, widget=area(5))
    topic = topic_field()
    others = forms.ModelMultipleChoiceField(
        label=_("Whom you ask"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It counts as a network when three organisations of two countries have confirmed."),
    )

    def __init__(self, *args, own, others, language: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        self.fields["founder"].queryset, self.fields["others"].queryset = own, others

    def network(self) -> dict:
        typed = self.cleaned_data
        texts = {name: Text({self.language: typed[name]}, source=self.language) for name in ("title", "purpose")}
        return texts | {"topic": topic_of(typed["topic"])}


class AskInForm(forms.Form):
    organisations = forms.ModelMultipleChoiceField(
        label=_("Whom you ask"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, others, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = others


class ActivityForm(forms.Form):
    day = DayField(label=_("Day"))
    what = forms.CharField(label=_("What was done"), max_length=500, widget=area(2))
    address = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")


class InitiativeForm(UnchangedForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("Summary"), max_length=2000, widget=area(4))
    address = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        choices=lambda: vocabulary.topic_labels().items(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, initiative: Initiative, language: str, **kwargs) -> None:
        self.initiative, self.language = initiative, language
        begun = {name: getattr(initiative, name).get(language, "") for name in ("title", "summary")}
        begun["address"] = initiative.address
        begun["topics"] = [str(topic.pk) for topic in initiative.topics.all()] if initiative.pk else []
        super().__init__(*args, initial=begun, **kwargs)

    def applied(self) -> Initiative:
        held = self.initiative
        for name in ("title", "summary"):
            setattr(held, name, getattr(held, name).with_text(self.language, self.cleaned_data[name]))
        held.address = self.cleaned_data["address"]
        return held


class ContactForm(forms.Form):
    day = DayField(label=_("Day"))
    contact = forms.CharField(
        label=_("With whom"), max_length=200, help_text=_("The function is enough; names of people do not belong here.")
    )
    agreed = forms.CharField(label=_("What was agreed"), max_length=2000, widget=area(3))
    overlaps = forms.CharField(label=_("Where both overlap"), max_length=2000, required=False, widget=area(3))
    next_step = forms.CharField(label=_("Next step"), max_length=300, required=False)
    next_on = DayField(label=_("Next step by"), required=False)

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("next_on") and not typed.get("next_step"):
            self.add_error("next_step", _("Say what is to be done by that day."))
        return typed


class SynergyForm(ContactForm):
    state = forms.ChoiceField(label=_("State of cooperation from now on"), choices=Initiative.State.choices)


class EntryForm(UnchangedForm, ContactForm):
    """What is written in the register, to be put right; in the language it was written in."""

    def __init__(self, *args, entry: Synergy, **kwargs) -> None:
        held = {name: getattr(entry, name) for name in ContactForm.base_fields}
        super().__init__(*args, initial=held, **kwargs)

    def entry(self) -> dict:
        return {name: self.cleaned_data[name] for name in ContactForm.base_fields}
