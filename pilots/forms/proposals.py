from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Region, Topic
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import organisations

from ..models import Call, Proposal, Tested
from ..selectors import subjects
from ..selectors.schemes import band_choices
from .schemes import TextsForm, long_text


class NamedChoice(forms.ModelChoiceField):
    """Rows of the vocabulary under their names in the reader's language."""

    def __init__(self, *, names, **kwargs) -> None:
        self.names = names
        super().__init__(**kwargs)

    def label_from_instance(self, row) -> str:
        return str(self.names().get(row.pk if isinstance(row, Topic) else row.code, row))


def topic_names() -> dict[int, str]:
    return {int(number): name for number, name in vocabulary.topic_labels().items()}


class ProposalForm(TextsForm):
    """What is proposed; a draft is kept as it is and submitted afterwards."""

    texts, plain = ("title", "summary", "baseline"), ("tests", "tested", "subject", "topic", "region", "band")

    organisation = forms.ModelChoiceField(label=_("Lead organisation"), queryset=Organisation.objects.none())
    title = forms.CharField(label=_("Title"), max_length=200)
    subject = forms.ChoiceField(label=_("What it tests"), required=False)
    tests = forms.ChoiceField(
        label=_("If it is none of these: what it is"), choices=Tested.choices, widget=forms.RadioSelect, required=False
    )
    tested = forms.CharField(label=_("Its name"), max_length=300, required=False)
    topic = NamedChoice(label=_("Topic"), queryset=Topic.objects.all(), names=topic_names)
    region = NamedChoice(
        label=_("Region"), queryset=Region.objects.filter(vintage=2021).order_by("code"), names=vocabulary.region_labels
    )
    summary = forms.CharField(
        label=_("What is done, for whom, and what is learned from it"), max_length=4000, widget=long_text(8)
    )
    baseline = forms.CharField(label=_("How things stand today"), max_length=3000, widget=long_text(5))
    band = forms.TypedChoiceField(label=_("Budget band"), coerce=int)
    partners = forms.ModelMultipleChoiceField(
        label=_("Partners"), queryset=Organisation.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, person, call: Call, own: list[Organisation], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in own])
        members = organisations(person).filter(tier__isnull=False)
        self.fields["partners"].queryset = members
        self.fields["subject"].choices = [("", gettext("None of these")), *subjects.choices()]
        self.fields["band"].choices = [("", ""), *band_choices(call.scheme)]
        if self.thing:
            del self.fields["organisation"]

    def begun(self) -> dict:
        told = {**super().begun(), "topic": self.thing.topic_id, "region": self.thing.region_id}
        return {**told, "partners": sorted(one.pk for one in self.thing.partners.all())}

    def clean(self) -> dict:
        typed = super().clean()
        lead = self.thing.organisation if isinstance(self.thing, Proposal) else typed.get("organisation")
        if lead and lead in (typed.get("partners") or []):
            self.add_error("partners", gettext("The organisation that proposes is not its own partner."))
        self.name_subject(typed)
        return typed

    def name_subject(self, typed: dict) -> None:
        """What is chosen says by itself what it is and how it is called."""
        if found := subjects.subject(typed.get("subject", "")):
            typed |= {"tests": subjects.tests(found.code), "tested": str(found.name)[:300]}
            return
        lacking = [name for name in ("tests", "tested") if not typed.get(name)]
        for name in ["subject"] if len(lacking) == 2 else lacking:
            self.add_error(name, gettext("Please choose what it tests, or say what it is and how it is called."))

    @property
    def typed(self) -> dict:
        return {**super().typed, "partners": list(self.cleaned_data["partners"])}
