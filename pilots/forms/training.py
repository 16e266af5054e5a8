from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary.models import Topic
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.programme.events.models import CalendarEvent

from ..models import Course
from ..selectors import training as selectors
from .helpdesk import QuestionFilter

SCALE = [(number, str(number)) for number in range(1, 6)]


class CourseFilter(QuestionFilter):
    pass


class CourseForm(UnchangedForm):
    """What a course is for, and the statements of its self-assessment, one a line in the language of whoever writes."""

    event = forms.ModelChoiceField(
        label=_("Event of the calendar"),
        queryset=CalendarEvent.objects.none(),
        help_text=_("Put the event into the calendar first, with its time and place."),
    )
    aim = forms.ChoiceField(label=_("What it is for"), choices=Course.Aim.choices, widget=forms.RadioSelect)
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.all(), required=False)
    statements = forms.CharField(
        label=_("Statements of the self-assessment, one a line"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Such as: I can name what makes a cluster in my region competitive. The same are asked before and after."
        ),
    )

    def __init__(self, *args, person, course: Course | None = None, **kwargs) -> None:
        self.language = active_code()
        if course and (first := course.statements.first()):
            self.language = first.text.source
        super().__init__(*args, initial=begun(course, self.language), **kwargs)
        if course:
            del self.fields["event"]
        else:
            self.fields["event"].queryset = selectors.free_events(person)

    def clean_statements(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["statements"].splitlines()]
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(gettext("A statement has at most 300 characters."))
        return [line for line in lines if line]

    @property
    def typed(self) -> dict:
        told = {
            name: self.cleaned_data[name] for name in ("event", "aim", "topic", "statements") if name in self.fields
        }
        return told | {"language": self.language}


def begun(course: Course | None, language: str) -> dict:
    if course is None:
        return {}
    lines = [one.text.get(language, str(one.text)) for one in course.statements.all()]
    return {"aim": course.aim, "topic": course.topic_id, "statements": "\n".join(lines)}


class JoinForm(forms.Form):
    says_policy_maker = forms.BooleanField(
        label=_("I make policy for a region or a country"),
        required=False,
        help_text=_("Whoever acts for a public authority need not say so."),
    )


class AssessForm(forms.Form):
    """One choice from 1 to 5 for each statement."""

    def __init__(self, *args, course: Course, said: dict[int, int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for one in course.statements.all():
            self.fields[f"s{one.pk}"] = forms.TypedChoiceField(
                label=str(one.text), choices=SCALE, coerce=int, widget=forms.RadioSelect, initial=said.get(one.pk)
            )

    @property
    def said(self) -> dict[int, int]:
        return {int(name[1:]): value for name, value in self.cleaned_data.items()}
