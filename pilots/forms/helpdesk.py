from datetime import timedelta
from uuid import uuid4

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.ui.widgets import DayInput
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.accounts.models import User
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.materials.trails.selectors import thing_at
from repository.models import Record

from ..models import HelpdeskQuestion
from ..selectors import helpdesk as selectors

DAYS = 21
PUBLIC_TEXTS = ("title", "situation", "reply")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AskForm(forms.Form):
    """Two questions and what is needed to answer; whoever has an account is not asked for an address."""

    situation = forms.CharField(
        label=_("What is the situation?"),
        max_length=4000,
        widget=area(6),
        help_text=_("Your region, what you plan or decide, what was tried. Leave out names of people."),
    )
    wish = forms.CharField(label=_("What do you want to know?"), max_length=2000, widget=area(4))
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("I do not know")
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send you a link to confirm your question, and later the answer. It is shown to nobody."),
    )
    agrees = forms.BooleanField(
        label=_("Question and answer may be published without my name, in words that do not tell who asked"),
        required=False,
    )
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = str(uuid4())
        if person.is_authenticated:
            del self.fields["email"]


class RateForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("How useful is the answer?"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 6)],
        widget=forms.RadioSelect,
        help_text=_("1: not at all, 5: very much"),
    )
    remark = forms.CharField(label=_("Remark"), max_length=2000, required=False, widget=area(3))


class AskBackForm(forms.Form):
    further = forms.CharField(label=_("What else do you want to know?"), max_length=2000, widget=area(4))


class GiveForm(forms.Form):
    """Who answers, and by which day."""

    expert = forms.ModelChoiceField(label=_("Who answers"), queryset=User.objects.none())
    due_on = forms.DateField(label=_("Answer by"), widget=DayInput())

    def __init__(self, data=None, *, thing: HelpdeskQuestion) -> None:
        super().__init__(data, initial={"due_on": platform_day() + timedelta(days=DAYS)})
        self.fields["expert"].queryset = selectors.experts(thing)


class PointForm(forms.Form):
    """An address on this platform, given as the published question or the record behind it."""

    found = forms.CharField(
        label=_("Page of the answer or of the record"),
        max_length=500,
        help_text=_("Copy the address of its page from your browser. Everybody must be able to read it."),
    )

    def __init__(self, data=None, *, thing: HelpdeskQuestion) -> None:
        super().__init__(data)
        self.question = thing

    def clean_found(self):
        found = thing_at(AnonymousUser(), self.cleaned_data["found"])
        if not isinstance(found, HelpdeskQuestion | Record) or found == self.question:
            raise forms.ValidationError(gettext("There is no published answer and no record at this address."))
        return found


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=9000,
        widget=area(12),
        help_text=_("Below, as reasons, say what it stands on: experience, records, sources."),
    )

    def __init__(self, data=None, *, thing: HelpdeskQuestion) -> None:
        super().__init__(data)


class PublishForm(UnchangedForm):
    """The words that everybody reads, in the language in which they were first written."""

    title = forms.CharField(label=_("Question in one sentence"), max_length=200)
    situation = forms.CharField(label=_("Situation"), max_length=3000, widget=area(6))
    reply = forms.CharField(label=_("Answer"), max_length=8000, widget=area(12))

    def __init__(self, *args, question: HelpdeskQuestion, **kwargs) -> None:
        self.question = question
        self.language = question.title.source if question.title else question.language or active_code()
        super().__init__(*args, initial=begun(question, self.language), **kwargs)

    @property
    def typed(self) -> dict:
        return {name: self.with_others(name) for name in PUBLIC_TEXTS}

    def with_others(self, name: str):
        words, known = self.cleaned_data[name], getattr(self.question, name)
        return (
            known.with_text(self.language, words)
            if known
            else as_text({self.language: words, "_source": self.language})
        )


def begun(question: HelpdeskQuestion, language: str) -> dict:
    """What was published, or else what was asked and answered, to be worded without names."""
    if question.title:
        return {name: getattr(question, name).get(language, "") for name in PUBLIC_TEXTS}
    asker = getattr(question, "asker", None)
    return {
        "title": asker.wish[:200] if asker else "",
        "situation": asker.situation[:3000] if asker else "",
        "reply": question.answer[:8000],
    }


class QuestionFilter(forms.Form):
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", gettext("All topics")), *vocabulary.topic_labels().items()]


class DeskFilter(QuestionFilter):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", _("Open")),
            ("overdue", _("Overdue")),
            *[one for one in HelpdeskQuestion.State.choices if one[0] != "unconfirmed"],
        ],
    )
