from uuid import uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.drafts.forms import UnchangedForm

from ..contents import SCHEMES, SECTIONS, TEXTS
from ..models import Mechanism
from ..models.mechanisms import LONG
from ..selectors import mechanisms as selectors

HELP = {
    "problem": _("What is wrong, for whom, and how it is known."),
    "working": _("What is done differently, and why that should help."),
    "actors": _("Who does what: departments, agencies, cluster organisations, at which level."),
    "steps": _("One after another, each in a line that begins with a number."),
    "resources": _("People, money and time; once, and every year."),
    "risks": _("What may go wrong, and what is done against it."),
    "success": _("What will be counted, from which value to which, by when."),
}


def long_text(name: str) -> forms.CharField:
    return forms.CharField(
        label=capfirst(Mechanism._meta.get_field(name).verbose_name),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=HELP[name],
    )


class MechanismForm(UnchangedForm):
    """In the language it was first written in; the others come by the translators' desk."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In short"), required=False, max_length=800, widget=forms.Textarea(attrs={"rows": 3})
    )
    problem, working, actors, steps, resources, risks, success = map(long_text, SECTIONS)
    level = forms.MultipleChoiceField(label=_("Levels"), required=False, widget=forms.CheckboxSelectMultiple)
    cycle_stage = forms.MultipleChoiceField(
        label=_("Stages of the policy cycle"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_cross_department = forms.BooleanField(
        label=_("It is about coordination across departments and levels"), required=False
    )
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, mechanism: Mechanism | None = None, **kwargs) -> None:
        self.mechanism = mechanism
        self.language = mechanism.title.source if mechanism else active_code()
        super().__init__(*args, initial=begun(mechanism), **kwargs)
        self.initial["key"] = str(uuid4())
        for scheme in SCHEMES:
            self.fields[scheme].choices = vocabulary.term_choices(scheme)

    @property
    def typed(self) -> dict:
        """What the services take."""
        held = {name: self.with_others(name) for name in TEXTS}
        terms = {scheme: self.cleaned_data[scheme] for scheme in SCHEMES}
        return {**held, "is_cross_department": self.cleaned_data["is_cross_department"], "terms": terms}

    def with_others(self, name: str):
        words = self.cleaned_data[name]
        held = getattr(self.mechanism, name) if self.mechanism else None
        if held:
            return held.with_text(held.source, words)
        return as_text({self.language: words, "_source": self.language} if words else {})


def begun(mechanism: Mechanism | None) -> dict:
    if mechanism is None:
        return {}
    texts = {name: getattr(mechanism, name) for name in TEXTS}
    found = {name: text.get(text.source, "") for name, text in texts.items()}
    terms = sorted(mechanism.terms.values_list("scheme", "code"))
    for scheme in SCHEMES:
        found[scheme] = [code for kind, code in terms if kind == scheme]
    return {**found, "is_cross_department": mechanism.is_cross_department}


class EvidenceForm(forms.Form):
    """The address of what the mechanism is based on, and what is found there."""

    address = forms.CharField(
        label=_("Address of its page on this platform"),
        max_length=500,
        help_text=_(
            "A record, a finding of a consultation, a benchmark or a region in it, a SWOT or one of its points, or a"
            " peer review."
        ),
    )
    note = forms.CharField(label=_("What is found there"), required=False, max_length=300)

    def __init__(self, *args, person, **kwargs) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_address(self):
        found = selectors.thing_of(self.person, self.cleaned_data["address"])
        if found is None:
            raise forms.ValidationError(
                gettext("There is nothing at this address that you may see and a mechanism can be based on.")
            )
        return found


class SubmitForm(forms.Form):
    note = forms.CharField(label=_("What has changed, in one sentence"), required=False, max_length=300)


class AnswerForm(forms.Form):
    """Of exactly the version that was read."""

    remarks = forms.CharField(
        label=_("Remarks"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Your comment"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))


class MechanismFilter(forms.Form):
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    cycle_stage = forms.ChoiceField(label=_("Stage of the policy cycle"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", gettext("All topics")), *vocabulary.topic_labels().items()]
        self.fields["cycle_stage"].choices = [("", gettext("All stages")), *vocabulary.term_choices("cycle_stage")]
        self.fields["level"].choices = [("", gettext("All levels")), *vocabulary.term_choices("level")]
