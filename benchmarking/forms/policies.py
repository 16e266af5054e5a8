from uuid import uuid4

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.assessment.models import Criterion
from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.materials.trails.selectors import thing_at
from repository.models import Record

from ..models import Area, Measure, Scorecard
from ..models.policies import YEARS
from ..selectors.policies import area_choices

FIRST, LAST = (validator.limit_value for validator in YEARS)


class PeriodForm(forms.Form):
    """An area and a period of whole years."""

    area = forms.ModelChoiceField(label=_("Region or country"), queryset=Area.objects.none())
    begins = forms.IntegerField(label=_("From (year)"), min_value=FIRST, max_value=LAST)
    ends = forms.IntegerField(label=_("To (year)"), min_value=FIRST, max_value=LAST)
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = str(uuid4())
        choices = area_choices()
        self.fields["area"].queryset = Area.objects.filter(pk__in=[pk for pk, _name in choices])
        self.fields["area"].choices = [("", ""), *choices]

    def clean(self) -> dict:
        typed = super().clean()
        if {"begins", "ends"} <= typed.keys() and typed["ends"] < typed["begins"]:
            self.add_error("ends", gettext("This is before the beginning."))
        return typed


class RecordField(forms.CharField):
    """The address of a record's page on this platform, given as the record."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("help_text", _("Copy the address of its page from your browser."))
        super().__init__(max_length=500, required=False, **kwargs)
        self.person = None

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        found = thing_at(self.person, typed)
        if not isinstance(found, Record):
            raise forms.ValidationError(gettext("There is no record at this address that you may see."))
        return found


class LinesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, line: Criterion) -> str:
        return f"{line.reference.removeprefix('§ 3.7, ')} · {line.question}"


class MeasureForm(UnchangedForm):
    """In the language it was first written in; the others come by the translators' desk."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What it does, for whom, with how much money"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    since = forms.IntegerField(label=_("Since (year)"), required=False, min_value=FIRST, max_value=LAST)
    record = RecordField(label=_("Policy mechanism or practice in the repository"))
    link = forms.URLField(label=_("Address outside"), required=False, max_length=500, assume_scheme="https")
    lines = LinesField(
        label=_("Lines of the rubric it is evidence for"),
        queryset=Criterion.objects.none(),
        error_messages={"required": _("Please choose at least one line.")},
    )
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, scorecard: Scorecard, person, measure: Measure | None = None, **kwargs) -> None:
        self.measure = measure
        self.language = measure.title.source if measure else active_code()
        super().__init__(*args, initial=begun(measure, self.language), **kwargs)
        self.initial["key"] = str(uuid4())
        self.fields["record"].person = person
        self.fields["lines"].queryset = scorecard.grid.criteria.all()

    @property
    def typed(self) -> dict:
        data = {name: self.cleaned_data[name] for name in ("since", "record", "link", "key")}
        return {**data, **{name: self.with_others(name) for name in ("title", "text")}}

    def with_others(self, name: str):
        words = self.cleaned_data[name]
        if self.measure:
            return getattr(self.measure, name).with_text(self.language, words)
        return as_text({self.language: words, "_source": self.language} if words else {})


def begun(measure: Measure | None, language: str) -> dict:
    if measure is None:
        return {}
    return {
        "title": measure.title.get(language, ""),
        "text": measure.text.get(language, ""),
        "since": measure.since,
        "record": measure.record.get_absolute_url() if measure.record else "",
        "link": measure.link,
        "lines": [line.pk for line in measure.lines.all()],
    }


class PlaceFilter(forms.Form):
    country = forms.ChoiceField(label=_("Country"), required=False)
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[("", _("Regions and countries")), ("region", _("Regions")), ("country", _("Countries"))],
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", gettext("All countries")), *vocabulary.country_labels().items()]
