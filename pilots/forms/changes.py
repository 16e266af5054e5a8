from uuid import uuid4

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.ui.widgets import DayInput
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Topic
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.materials.files.forms import UploadField
from platform_core.materials.trails.selectors import thing_at
from platform_core.people.members.models import Organisation

from ..models import PolicyChange
from ..selectors.changes import SOURCES, authorities


class WordsForm(UnchangedForm):
    """Texts in the language they were first written in; the other languages come by the translators' desk.

    `words` names the translated fields, `plain` the others that go as they were typed.
    """

    words: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()

    def __init__(self, *args, thing=None, begun: dict | None = None, **kwargs) -> None:
        self.thing = thing
        self.language = getattr(thing, self.words[0]).source if thing else active_code()
        super().__init__(*args, initial=begun or {}, **kwargs)
        if "key" in self.fields:
            self.initial["key"] = str(uuid4())

    @property
    def typed(self) -> dict:
        told = {name: self.cleaned_data[name] for name in self.plain}
        return {**told, **{name: self.with_others(name) for name in self.words}}

    def with_others(self, name: str):
        typed = self.cleaned_data[name]
        if self.thing:
            return getattr(self.thing, name).with_text(self.language, typed)
        return as_text({self.language: typed, "_source": self.language} if typed else {})


def written(thing, names) -> dict:
    """The texts of a thing in the language they were first written in."""
    return {name: getattr(thing, name).get(getattr(thing, name).source, "") for name in names}


class RegionField(forms.ChoiceField):
    """A region of the programme, given as a row."""

    def __init__(self, **kwargs) -> None:
        super().__init__(choices=lambda: [("", ""), *vocabulary.region_labels().items()], **kwargs)

    def clean(self, value):
        code = super().clean(value)
        return vocabulary.region(code) if code else None


class AddressesField(forms.CharField):
    """Addresses of pages of this platform, one a line, given as things of the kinds in `labels`."""

    def __init__(self, *, labels: tuple[str, ...], most: int = 20, **kwargs) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(required=False, max_length=6000, **kwargs)
        self.labels, self.most, self.person = labels, most, None

    def clean(self, value):
        lines = list(dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip()))
        if len(lines) > self.most:
            raise forms.ValidationError(gettext("At most %(most)s addresses, please.") % {"most": self.most})
        return [self.found(line) for line in lines]

    def found(self, line: str):
        thing = thing_at(self.person, line)
        if thing is None or label_of(thing) not in self.labels:
            told = gettext("At %(address)s there is nothing you may see that this can be learned from.")
            raise forms.ValidationError(told % {"address": line})
        return thing


class ChangeForm(WordsForm):
    words = ("title", "text")
    plain = ("instrument", "level", "changed_on", "region", "topic", "authority", "link")

    title = forms.CharField(label=_("What changed, in one sentence"), max_length=200)
    text = forms.CharField(
        label=_("What changed, and why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("How it was before, how it is now, and for whom."),
    )
    instrument = forms.ChoiceField(label=_("Instrument"), choices=PolicyChange.Instrument.choices)
    level = forms.ChoiceField(label=_("Level"), choices=lambda: vocabulary.term_choices("level"), initial="regional")
    changed_on = forms.DateField(label=_("In force from"), widget=DayInput())
    region = RegionField(label=_("Region"))
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.all())
    authority = forms.ModelChoiceField(
        label=_("Responsible authority"),
        queryset=Organisation.objects.none(),
        help_text=_("The regional or national authority that confirms the change."),
    )
    file = UploadField(label=_("Document"), required=False)
    link = forms.URLField(label=_("Address of the document"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args, change: PolicyChange | None = None, begun: dict | None = None, **kwargs) -> None:
        super().__init__(*args, thing=change, begun={**stored(change), **(begun or {})}, **kwargs)
        self.fields["authority"].queryset = authorities()


class RecordForm(ChangeForm):
    """A change that is recorded for the first time, with what it was learned from."""

    organisation = forms.ModelChoiceField(
        label=_("You record it for"), queryset=Organisation.objects.none(), empty_label=None
    )
    learned = AddressesField(
        labels=SOURCES,
        label=_("What you learned it from"),
        help_text=_(
            "Addresses of records, mechanisms, pilots, peer reviews, findings or benchmarks on this platform, one a line."
        ),
    )
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, person, organisations, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["learned"].person = person


def stored(change: PolicyChange | None) -> dict:
    if change is None:
        return {}
    told = {name: getattr(change, name) for name in ("instrument", "level", "changed_on", "link")}
    pointing = {"region": change.region.code, "topic": change.topic_id, "authority": change.authority_id}
    return {**told, **pointing, **written(change, ChangeForm.words)}


class ChangeFilter(forms.Form):
    country = forms.ChoiceField(label=_("Country"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    instrument = forms.ChoiceField(label=_("Instrument"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", gettext("All countries")), *vocabulary.country_labels().items()]
        self.fields["topic"].choices = [("", gettext("All topics")), *vocabulary.topic_labels().items()]
        self.fields["instrument"].choices = [("", gettext("All instruments")), *PolicyChange.Instrument.choices]
