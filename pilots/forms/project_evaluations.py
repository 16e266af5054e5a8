from uuid import uuid4

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from consultations.models import Consultation
from consultations.selectors import consultations
from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import TranslatedField, as_text
from platform_core.ground.ui.forms import DayField
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.people.members.models import Organisation
from platform_core.programme.monitoring.selectors.indicators import indicators as all_indicators

from ..models import (
    EvaluationFinding,
    EvaluationQuestion,
    EvaluationRecommendation,
    EvaluationReport,
    EvaluationSource,
)


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WrittenForm(UnchangedForm):
    """A thing with translated texts, in the language they were first written in; `thing` is what is changed."""

    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, thing=None, person=None, evaluation=None, **kwargs) -> None:
        self.thing, self.language = thing, active_code()
        if thing:
            self.language = next(
                getattr(thing, one.name).source for one in self.texts(thing) if getattr(thing, one.name)
            )
        super().__init__(*args, initial=self.begun(), **kwargs)
        self.initial["key"] = str(uuid4())
        self.prepare(person, evaluation)

    def prepare(self, person, evaluation) -> None:
        """Choices that depend on the reader or on the evaluation."""

    @staticmethod
    def texts(thing) -> list[TranslatedField]:
        return [field for field in thing._meta.fields if isinstance(field, TranslatedField)]

    def begun(self) -> dict:
        if self.thing is None:
            return {}
        found = {}
        for name in self.base_fields:
            if hasattr(self.thing, name) and name not in ("key", "measured"):
                field = self.thing._meta.get_field(name)
                value = getattr(self.thing, field.attname)
                found[name] = value.get(self.language, "") if isinstance(field, TranslatedField) else value
        return found

    def typed_for(self, model) -> dict:
        translated = {field.name for field in self.texts(model)}
        typed = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return typed | {name: self.with_others(name) for name in translated & typed.keys()}

    def with_others(self, name: str):
        words, known = self.cleaned_data[name], getattr(self.thing, name) if self.thing else None
        return (
            known.with_text(self.language, words)
            if known
            else as_text({self.language: words, "_source": self.language})
        )


class EvaluationForm(WrittenForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.CharField(label=_("What it is for"), max_length=3000, widget=area(5))
    evaluator = forms.ModelChoiceField(
        label=_("Who evaluates"), queryset=Organisation.objects.order_by("sort_name"), required=False
    )
    begins = DayField(label=_("From"))
    ends = DayField(label=_("To"))

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("begins") and typed.get("ends") and typed["ends"] < typed["begins"]:
            self.add_error("ends", gettext("This is before the beginning."))
        return typed


class QuestionForm(WrittenForm):
    text = forms.CharField(label=_("Question"), max_length=500, widget=area(2))
    method = forms.CharField(label=_("How it is answered"), max_length=2000, required=False, widget=area(3))
    measured = forms.ModelMultipleChoiceField(
        label=_("Indicators of the programme looked at"),
        queryset=all_indicators(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their values stand beside the answer, and every report keeps them as they were on its day."),
    )
    indicators = forms.CharField(label=_("Other indicators looked at"), max_length=1000, required=False, widget=area(2))

    def begun(self) -> dict:
        held = [row.pk for row in self.thing.measured.all()] if self.thing else []
        return {**super().begun(), "measured": held}


class OfQuestionForm(WrittenForm):
    question = forms.ModelChoiceField(label=_("Evaluation question"), queryset=EvaluationQuestion.objects.none())

    def prepare(self, person, evaluation) -> None:
        self.fields["question"].queryset = evaluation.questions.all()


class SourceForm(OfQuestionForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=EvaluationSource.Kind.choices)
    text = forms.CharField(
        label=_("Whom or what"),
        max_length=300,
        help_text=_("Kinds of people and organisations, never names of people."),
    )
    number = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=1_000_000)
    day = DayField(label=_("When"), required=False)
    consultation = forms.ModelChoiceField(
        label=_("Consultation of the platform"), queryset=Consultation.objects.none(), required=False
    )

    def prepare(self, person, evaluation) -> None:
        super().prepare(person, evaluation)
        self.fields["consultation"].queryset = consultations(person)


class FindingForm(OfQuestionForm):
    text = forms.CharField(label=_("What was found"), max_length=3000, widget=area(5))
    found_on = DayField(label=_("When"))


class RecommendationForm(WrittenForm):
    text = forms.CharField(label=_("Recommendation"), max_length=2000, widget=area(4))
    finding = forms.ModelChoiceField(
        label=_("Finding it follows from"), queryset=EvaluationFinding.objects.none(), required=False
    )
    owner = forms.ModelChoiceField(label=_("For whom"), queryset=Organisation.objects.order_by("sort_name"))
    due_on = DayField(label=_("Until"))

    def prepare(self, person, evaluation) -> None:
        self.fields["finding"].queryset = evaluation.findings.all()


class ReportForm(WrittenForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=EvaluationReport.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("Summary"), max_length=10_000, widget=area(12))


class FollowForm(WrittenForm):
    state = forms.ChoiceField(label=_("How far it is"), choices=EvaluationRecommendation.State.choices)
    done = forms.CharField(
        label=_("What was done about it, or why not"), max_length=2000, required=False, widget=area(4)
    )


FORMS = {
    "questions": QuestionForm,
    "sources": SourceForm,
    "findings": FindingForm,
    "recommendations": RecommendationForm,
    "reports": ReportForm,
}
