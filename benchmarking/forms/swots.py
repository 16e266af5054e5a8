from hashlib import sha256
from uuid import uuid4

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Topic
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.materials.trails.selectors import thing_at

from ..models import Indicator, Swot, SwotEntry
from ..selectors import swots as selectors
from ..selectors.policies import area_label
from .policies import FIRST, LAST, PeriodForm, RecordField


class CitedField(RecordField):
    """The address of a record, or of a finding of a consultation."""

    def clean(self, value):
        typed = forms.CharField.clean(self, value)
        found = thing_at(self.person, typed) if typed else None
        if typed and (found is None or label_of(found) not in (selectors.RECORD, selectors.FINDING)):
            raise forms.ValidationError(gettext("There is no record and no finding at this address that you may see."))
        return found


class BeginForm(PeriodForm):
    copies = forms.BooleanField(
        label=_("Begin with the points of the last approved period, if there is one"), required=False, initial=True
    )


class EntryForm(UnchangedForm):
    """One point with what it stands on, in the language it was first written in."""

    quadrant = forms.ChoiceField(label=_("Kind"), choices=SwotEntry.Quadrant.choices, widget=forms.RadioSelect)
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.all())
    title = forms.CharField(label=_("In one sentence"), max_length=200)
    text = forms.CharField(
        label=_("Explanation"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    indicator = forms.ModelChoiceField(
        label=_("It stands on the figure of"),
        queryset=Indicator.objects.none(),
        required=False,
        help_text=_("The published value of the area is kept with the point, as it is read now."),
    )
    year = forms.IntegerField(label=_("in the year"), required=False, min_value=FIRST, max_value=LAST)
    record = CitedField(label=_("It stands on a record of the repository, or on a finding of a consultation"))
    link = forms.URLField(
        label=_("It stands on an address outside"), required=False, max_length=500, assume_scheme="https"
    )
    words = forms.CharField(label=_("What is found there"), required=False, max_length=200)
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, person, entry: SwotEntry | None = None, **kwargs) -> None:
        self.entry = entry
        self.language = entry.title.source if entry else active_code()
        super().__init__(*args, initial=begun(entry, self.language, person), **kwargs)
        self.initial["key"] = str(uuid4())
        self.fields["indicator"].queryset = selectors.indicators()
        self.fields["record"].person = person

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("indicator") and not typed.get("year") and "year" not in self.errors:
            self.add_error("year", gettext("Please say of which year."))
        return typed

    @property
    def typed(self) -> dict:
        held = {name: self.cleaned_data[name] for name in ("quadrant", "topic")}
        return {**held, **{name: self.with_others(name) for name in ("title", "text")}}

    @property
    def evidence(self) -> list[dict]:
        typed, found = self.cleaned_data, []
        if typed.get("indicator"):
            found.append({"indicator": typed["indicator"], "year": typed["year"]})
        if cited := typed.get("record"):
            is_record = label_of(cited) == selectors.RECORD
            found.append({"record": cited} if is_record else {"thing": label_of(cited), "object_id": cited.pk})
        if typed.get("link"):
            found.append({"link": typed["link"], "words": typed["words"]})
        return found

    def with_others(self, name: str):
        words = self.cleaned_data[name]
        if self.entry:
            return getattr(self.entry, name).with_text(self.language, words)
        return as_text({self.language: words, "_source": self.language} if words else {})


def begun(entry: SwotEntry | None, language: str, person) -> dict:
    if entry is None:
        return {}
    found = {
        "quadrant": entry.quadrant,
        "topic": entry.topic_id,
        "title": entry.title.get(language, ""),
        "text": entry.text.get(language, ""),
    }
    selectors.with_cited(person, [entry])
    for row in entry.evidence.all():
        if row.indicator_id:
            found |= {"indicator": row.indicator_id, "year": row.year}
        elif row.record:
            found["record"] = row.record.get_absolute_url()
        elif row.thing:
            found["record"] = row.cited.address if row.cited else ""
        else:
            found |= {"link": row.link, "words": row.words}
    return found


class SwotFilter(forms.Form):
    country = forms.ChoiceField(label=_("Country"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", gettext("All countries")), *vocabulary.country_labels().items()]
        self.fields["topic"].choices = topic_choices()


def topic_choices() -> list[tuple[str, str]]:
    return [("", gettext("All topics")), *vocabulary.topic_labels().items()]


class CompareForm(forms.Form):
    """Two to four areas that have an approved SWOT, and perhaps a topic."""

    area = forms.MultipleChoiceField(
        label=_("Regions and countries, four at most"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(area.code, area_label(area)) for area in selectors.areas_with(person)]
        self.fields["topic"].choices = topic_choices()

    def clean_area(self) -> list[str]:
        chosen = self.cleaned_data["area"]
        if len(chosen) > selectors.COMPARED:
            raise forms.ValidationError(gettext("Please choose four at most."))
        return chosen


class ApproveForm(forms.Form):
    """Nothing to fill in; the state it was opened in must be the one that is approved."""

    points = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, swot: Swot, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = list(swot.entries.order_by("pk").values_list("pk", "topic", "quadrant", "title", "text"))
        self.stamp = sha256(repr(rows).encode()).hexdigest()
        self.initial["points"] = self.stamp

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("points") != self.stamp:
            raise forms.ValidationError(gettext("Points have changed since you opened this page. Please look again."))
        return typed
