import re

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Topic
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.people.members.models import Organisation

from ..models import Peer, PeerReview, Recommendation
from .changes import RegionField, WordsForm, written

POINT = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)\s+(\S.*)$")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReviewForm(WordsForm):
    """The application of a host."""

    words = ("title", "question", "background")
    plain = ("region", "topic")

    title = forms.CharField(label=_("Title"), max_length=200)
    region = RegionField(label=_("Region"))
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.all())
    question = forms.CharField(
        label=_("Question to the peers"),
        max_length=1000,
        widget=area(3),
        help_text=_("One question that peers can answer in two days."),
    )
    background = forms.CharField(
        label=_("Background"),
        max_length=6000,
        widget=area(8),
        help_text=_("How things stand, what was tried, and who would act on what is recommended."),
    )

    def __init__(self, *args, review: PeerReview | None = None, **kwargs) -> None:
        super().__init__(*args, thing=review, begun=stored(review), **kwargs)


class ApplyForm(ReviewForm):
    host = forms.ModelChoiceField(label=_("Host"), queryset=Organisation.objects.none(), empty_label=None)
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, organisations, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = organisations


def stored(review: PeerReview | None) -> dict:
    if review is None:
        return {}
    return {"region": review.region.code, "topic": review.topic_id, **written(review, ReviewForm.words)}


class InviteForm(forms.Form):
    """One of the candidates, by the number of the person."""

    person = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.ChoiceField(label=_("Why"), choices=Peer.Why.choices)


class PeerFilter(forms.Form):
    seek = forms.ChoiceField(
        label=_("Which regions first"),
        required=False,
        choices=[("alike", _("The most alike")), ("different", _("The most different, on purpose"))],
    )
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", gettext("All countries")), *vocabulary.country_labels().items()]


class PlanForm(UnchangedForm):
    """The two days: a point a line, its time first."""

    first_day = DayField(label=_("First day"))
    place = forms.CharField(label=_("Place"), max_length=200)
    one = forms.CharField(
        label=_("Agenda of the first day"),
        widget=area(8),
        max_length=4000,
        help_text=_("A point a line, its time first: 09:30 Welcome by the host"),
    )
    two = forms.CharField(label=_("Agenda of the second day"), widget=area(8), max_length=4000)

    def __init__(self, *args, review: PeerReview, **kwargs) -> None:
        super().__init__(*args, initial=planned(review), **kwargs)

    def clean_one(self) -> list:
        return points(self.cleaned_data["one"])

    def clean_two(self) -> list:
        return points(self.cleaned_data["two"])


def planned(review: PeerReview) -> dict:
    told = {"first_day": review.first_day, "place": review.place}
    for name, found in zip(("one", "two"), review.agenda, strict=False):
        told[name] = "\n".join(f"{clock} {text}" for clock, text in found)
    return told


def points(typed: str) -> list[list[str]]:
    """Lines as pairs of time and text; names the line that cannot be read, or that comes before the one above."""
    found: list[list[str]] = []
    for number, line in enumerate(filter(None, map(str.strip, typed.splitlines())), start=1):
        match = POINT.match(line)
        if match is None:
            told = gettext("Line %(number)s does not begin with a time, such as 09:30.")
            raise forms.ValidationError(told % {"number": number})
        clock = f"{int(match[1]):02}:{match[2]}"
        if found and clock < found[-1][0]:
            raise forms.ValidationError(gettext("Line %(number)s is earlier than the one above.") % {"number": number})
        found.append([clock, match[3]])
    return found


class SummaryForm(WordsForm):
    words = ("summary",)

    summary = forms.CharField(label=_("What was found, in short"), max_length=4000, widget=area(6))

    def __init__(self, *args, review: PeerReview) -> None:
        held = review if review.summary else None
        super().__init__(*args, thing=held, begun=written(review, self.words) if held else {})


class FindingForm(WordsForm):
    words = ("text",)

    text = forms.CharField(label=_("Finding"), max_length=2000, widget=area(3))
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)


class RecommendationForm(WordsForm):
    words = ("text",)
    plain = ("owner", "due_on")

    text = forms.CharField(label=_("Recommendation"), max_length=2000, widget=area(3))
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Organisation.objects.none())
    due_on = DayField(label=_("By"))
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, review: PeerReview) -> None:
        super().__init__(*args)
        here = Organisation.objects.filter(country=review.region.country_id)
        self.fields["owner"].queryset = here.order_by("sort_name")


class ProgressForm(WordsForm):
    """How far a recommendation is."""

    words = ("progress",)
    plain = ("state",)

    state = forms.ChoiceField(label=_("State"), choices=Recommendation.State.choices)
    progress = forms.CharField(label=_("What was done"), max_length=2000, required=False, widget=area(4))

    def __init__(self, *args, recommendation: Recommendation) -> None:
        held = recommendation if recommendation.progress else None
        begun = {"state": recommendation.state, **(written(recommendation, self.words) if held else {})}
        super().__init__(*args, thing=held, begun=begun)


class FollowUpForm(WordsForm):
    words = ("text",)

    text = forms.CharField(label=_("What became of the recommendations"), max_length=4000, widget=area(6))

    def __init__(self, *args, follow_up) -> None:
        held = follow_up if follow_up.text else None
        super().__init__(*args, thing=held, begun=written(follow_up, self.words) if held else {})


class ReviewFilter(forms.Form):
    country = forms.ChoiceField(label=_("Country"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", gettext("All countries")), *vocabulary.country_labels().items()]
        self.fields["topic"].choices = [("", gettext("All topics")), *vocabulary.topic_labels().items()]
