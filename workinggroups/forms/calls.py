from datetime import UTC, datetime, time, timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import CODES, SOURCE, interface_code
from platform_core.ground.ui.forms import DayField, ReasonForm, RemindDaysField
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.accounts.forms import zone_choices
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.people.members.models import Tier

from ..composition import EXPERTS, ORGANISATIONS
from ..models import Call, CallCriterion, CallQuestion, Condition
from ..models.calls import FIRST_REMINDER
from ..services.letters import PLACES, unknown_places

MOST_NUMBER = 2**31 - 1
NAMES = (
    "representatives",
    "experts",
    "people_limit",
    "seats_begin",
    "seats_end",
    "zone",
    "remind_days",
    "is_public",
)


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def other_languages() -> list[tuple[str, str]]:
    return [("", "–"), *((code, native_name(interface_code(code))) for code in CODES if code != SOURCE)]


class Translated:
    """Texts in English and in one other language at a time; the languages that are not shown keep what they say."""

    texts: tuple[str, ...] = ()

    def translated(self, held=None) -> dict[str, dict[str, str]]:
        typed, found = self.cleaned_data, {}  # type: ignore[attr-defined]
        for name in self.texts:
            before = dict(getattr(held, name)) if held is not None else {}
            other = {typed["language"]: typed[f"other_{name}"]} if typed.get("language") else {}
            found[name] = {**before, SOURCE: typed[name], **other}
        return found


def shown_texts(thing, names: tuple[str, ...]) -> dict:
    """What a form begins with for the English text and that of the first other language."""
    first = getattr(thing, names[0])
    other = next((code for code in first if code != SOURCE), "")
    told = {name: getattr(thing, name).get(SOURCE, "") for name in names}
    others = {f"other_{name}": getattr(thing, name).get(other, "") for name in names} if other else {}
    return {**told, **others, "language": other}


class CallForm(Translated, UnchangedForm):
    texts = ("title", "text")

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What is sought, and why"),
        max_length=20_000,
        widget=area(10),
        help_text=_("Headings with ##, lists with -, links as [text](address)."),
    )
    language = forms.ChoiceField(label=_("Another language"), choices=other_languages, required=False)
    other_title = forms.CharField(label=_("Title in that language"), max_length=200, required=False)
    other_text = forms.CharField(label=_("Text in that language"), max_length=20_000, required=False, widget=area(6))
    representatives = forms.IntegerField(
        label=_("Organisations sought"),
        min_value=0,
        max_value=ORGANISATIONS,
        help_text=_("Beside those that sit in the group already; three in all."),
    )
    experts = forms.IntegerField(label=_("Experts sought"), min_value=0, max_value=EXPERTS)
    people_limit = forms.IntegerField(label=_("People one organisation can name"), min_value=1, max_value=6)
    seats_begin = DayField(label=_("Seats from"), required=False)
    seats_end = DayField(label=_("Seats to"), required=False)
    zone = forms.ChoiceField(label=_("Time zone of the deadline"), choices=zone_choices)
    remind_days = RemindDaysField(
        label=_("First reminder, days before the end"),
        initial=FIRST_REMINDER,
        help_text=_("To those that may answer and have not; again 7 days and 1 day before the end. 0 for none."),
    )
    is_public = forms.BooleanField(
        label=_("Everyone can read it"), required=False, help_text=_("Otherwise those who may answer, and the group.")
    )

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("language") and not typed.get("other_title"):
            self.add_error("other_title", _("Please write the title in that language too."))
        return typed

    def fields_of_call(self, held: Call | None = None) -> dict:
        return {**self.translated(held), **{name: self.cleaned_data[name] for name in NAMES}}


def usual_call() -> dict:
    return {
        "representatives": 2,
        "experts": 2,
        "people_limit": 3,
        "zone": settings.DISPLAY_TIME_ZONE,
        "remind_days": FIRST_REMINDER,
        "is_public": True,
    }


def initial_of(call: Call) -> dict:
    return {**shown_texts(call, CallForm.texts), **{name: getattr(call, name) for name in NAMES}}


class PartForm(Translated, forms.Form):
    texts = ("text",)

    text = forms.CharField(label=_("Question"), max_length=500, widget=area(2))
    language = forms.ChoiceField(label=_("Another language"), choices=other_languages, required=False)
    other_text = forms.CharField(label=_("In that language"), max_length=500, required=False, widget=area(2))

    def fields_of_part(self, held=None) -> dict:
        names = [name for name in self.cleaned_data if name not in ("text", "language", "other_text")]
        return {**self.translated(held), **{name: self.cleaned_data[name] for name in names}}


class QuestionForm(PartForm):
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=CallQuestion.Kind.choices)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)
    least = forms.IntegerField(
        label=_("Smallest number"), required=False, min_value=-MOST_NUMBER, max_value=MOST_NUMBER
    )
    most = forms.IntegerField(
        label=_("Most signs, or largest number"), required=False, min_value=1, max_value=MOST_NUMBER
    )
    options = forms.CharField(
        label=_("Options"), required=False, max_length=5000, widget=area(4), help_text=_("For a choice: one a line.")
    )

    def clean_options(self) -> list[str]:
        return [line.strip()[:300] for line in self.cleaned_data["options"].splitlines() if line.strip()]

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("kind") == CallQuestion.Kind.CHOICE and len(typed.get("options", [])) < 2:
            self.add_error("options", _("Please give at least two options."))
        least, most = typed.get("least"), typed.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("This is less than the smallest number."))
        return typed


class CriterionForm(PartForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=CallCriterion._meta.get_field("kind").choices)
    weight = forms.IntegerField(
        label=_("Weight"), min_value=1, max_value=10, initial=1, help_text=_("Counts for core criteria.")
    )


class ConditionForm(PartForm):
    what = forms.ChoiceField(label=_("Condition"), choices=lambda: condition_choices())
    field_order = ["what", "text", "language", "other_text"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].required = _("In words, where it is judged by hand"), False

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("what") == Condition.Kind.MANUAL and not typed.get("text"):
            self.add_error("text", _("Please say what is judged."))
        return typed

    def fields_of_part(self, held=None) -> dict:
        kind, _colon, value = self.cleaned_data["what"].partition(":")
        return {**self.translated(held), "kind": kind, "value": value}


def condition_choices() -> list:
    return [
        (Condition.Kind.MANUAL.value, Condition.Kind.MANUAL.label),
        (Condition.Kind.TIER.label, [(f"tier:{code}", name) for code, name in Tier.choices]),
        (
            Condition.Kind.TYPE.label,
            [(f"type:{code}", name) for code, name in vocabulary.term_choices("organisation_type")],
        ),
        (
            Condition.Kind.COUNTRY.label,
            [(f"country:{code}", name) for code, name in vocabulary.country_labels().items()],
        ),
    ]


PARTS = {"questions": QuestionForm, "conditions": ConditionForm, "criteria": CriterionForm}


def initial_of_part(part) -> dict:
    told = shown_texts(part, ("text",))
    if isinstance(part, Condition):
        return told | {"what": f"{part.kind}:{part.value}" if part.value else part.kind}
    if isinstance(part, CallCriterion):
        return told | {"kind": part.kind, "weight": part.weight}
    lines = "\n".join(str(option) for option in part.options.all())
    names = ("kind", "is_required", "least", "most")
    return told | {name: getattr(part, name) for name in names} | {"options": lines}


class MomentForm(forms.Form):
    """A day and an hour on the clocks of the call's zone; an hour that they skip is refused."""

    day = DayField(label=_("Last day"))
    hour = forms.TimeField(label=_("Until"), initial=time(23, 59), widget=forms.TimeInput(attrs={"type": "time"}))

    def __init__(self, *args, call: Call, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["hour"].help_text = _("On the clocks of %(zone)s.") % {"zone": call.zone.replace("_", " ")}

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        if "day" in typed and "hour" in typed:
            moment = datetime.combine(typed["day"], typed["hour"], tzinfo=self.call.clock)
            if moment.astimezone(UTC).astimezone(self.call.clock).replace(tzinfo=None) != moment.replace(tzinfo=None):
                self.add_error("hour", _("The clocks skip this hour on that day. Choose another one."))
            elif moment <= timezone.now():
                self.add_error("day", _("This moment is over."))
            elif moment > timezone.now() + timedelta(days=400):
                self.add_error("day", _("A call ends within four hundred days."))
            typed["closes_at"] = moment
        return typed


class LongReasonForm(ReasonForm):
    """As long as the reasons of a conclusion are."""

    reason = forms.CharField(label=_("Reasons"), max_length=4000, widget=area(5))


class LetterForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(label=_("Text"), max_length=5000, widget=area(14))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = ", ".join(f"{{{name}}}" for name in PLACES)
        self.fields["text"].help_text = _("These places are filled in: %(names)s") % {"names": names}

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        for name in ("subject", "text"):
            if strange := unknown_places(typed.get(name, "")):
                self.add_error(name, _("Unknown places: %(names)s") % {"names": ", ".join(strange)})
        return typed


class ConcludeForm(LongReasonForm):
    in_spite = forms.BooleanField(
        label=_("Conclude although something is lacking"),
        required=False,
        help_text=_("The set-up document says what."),
    )
