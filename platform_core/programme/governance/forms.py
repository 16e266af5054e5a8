from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import CODES, SOURCE, interface_code
from platform_core.ground.texts.text import Text
from platform_core.ground.ui.forms import DayField
from platform_core.ground.ui.languages import native_name
from platform_core.identity.accounts import selectors as accounts
from platform_core.materials.files.forms import UploadField

from . import selectors
from .counting import AVAILABILITIES, DOTS, HIGHEST, POSITIONS
from .models import Body, Decision, Opinion

POSITION_WORDS = {"agree": _("Agree"), "abstain": _("Abstain"), "disagree": _("Disagree"), "block": _("Block")}
AVAILABILITY_WORDS = {"yes": _("Yes"), "maybe": _("If need be"), "no": _("No")}


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RegisterFilter(forms.Form):
    words = forms.CharField(label=_("Number or words"), required=False, max_length=100)
    body = forms.ChoiceField(
        label=_("Committee"),
        required=False,
        choices=lambda: [("", _("All")), *((body.pk, str(body)) for body in selectors.bodies())],
    )
    year = forms.CharField(label=_("Year"), required=False, max_length=4)


class DecisionForm(forms.Form):
    body = forms.ModelChoiceField(label=_("Committee"), queryset=Body.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Title in English"), max_length=200)
    text = forms.CharField(label=_("Text of the decision in English"), max_length=10_000, widget=area(6))
    language = forms.ChoiceField(
        label=_("Another language"), required=False, choices=lambda: [("", _("none")), *other_languages()]
    )
    other_title = forms.CharField(label=_("Title in that language"), required=False, max_length=200)
    other_text = forms.CharField(
        label=_("Text of the decision in that language"), required=False, max_length=10_000, widget=area(6)
    )
    background = forms.CharField(label=_("Background"), required=False, max_length=10_000, widget=area(4))
    kind = forms.ChoiceField(label=_("Ballot"), choices=Decision.Kind.choices, widget=forms.RadioSelect)
    options = forms.CharField(
        label=_("Options, one on each line"),
        required=False,
        max_length=4000,
        widget=area(4),
        help_text=_("Not for a proposal. For a date: one date on each line."),
    )
    is_secret = forms.BooleanField(label=_("Secret ballot: nobody learns who voted how"), required=False)
    silence_consents = forms.BooleanField(label=_("Written procedure: who does not vote agrees"), required=False)

    def __init__(self, *args, bodies, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies

    def decision(self) -> dict:
        """What services take."""
        typed = self.cleaned_data
        lines = [line.strip() for line in typed["options"].splitlines() if line.strip()]
        if typed["kind"] == Decision.Kind.PROPOSAL:
            lines = []
        title, text = Text({"en": typed["title"]}), Text({"en": typed["text"]})
        if typed["language"]:
            title = title.with_text(typed["language"], typed["other_title"])
            text = text.with_text(typed["language"], typed["other_text"])
        return {
            "body": typed["body"],
            "title": title,
            "text": text,
            "background": Text({"en": typed["background"]}),
            "kind": typed["kind"],
            "options": [{"code": f"o{number}", "text": line} for number, line in enumerate(lines, start=1)],
            "is_secret": typed["is_secret"],
            "silence_consents": typed["silence_consents"],
        }


def other_languages() -> list[tuple[str, str]]:
    return [(code, native_name(interface_code(code))) for code in CODES if code != SOURCE]


def initial_of(decision: Decision) -> dict:
    other = next((code for code in decision.title if code != "en"), "")
    return {
        "body": decision.body,
        "title": decision.title.get("en", ""),
        "text": decision.text.get("en", ""),
        "language": other,
        "other_title": decision.title.get(other, ""),
        "other_text": decision.text.get(other, ""),
        "background": decision.background.get("en", ""),
        "kind": decision.kind,
        "options": "\n".join(option["text"] for option in decision.options),
        "is_secret": decision.is_secret,
        "silence_consents": decision.silence_consents,
    }


class DocumentForm(forms.Form):
    file = UploadField(label=_("File"))
    language = forms.ChoiceField(
        label=_("Its language"), choices=lambda: [(code, native_name(interface_code(code))) for code in CODES]
    )


class ClosingForm(forms.Form):
    """When a vote ends, in the time zone of the committee."""

    day = DayField(label=_("Last day"))
    hour = forms.TimeField(label=_("Until"), initial=time(23, 59), widget=forms.TimeInput(attrs={"type": "time"}))

    def closes_at(self, body: Body) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=body.zone)


class ProxyForm(forms.Form):
    person = forms.EmailField(
        label=_("E-mail address of the proxy"), required=False, help_text=_("Empty: the delegate votes again.")
    )

    def clean_person(self):
        address = self.cleaned_data["person"]
        found = accounts.person_with(address) if address else None
        if address and found is None:
            raise forms.ValidationError(_("Nobody with this address has an account."))
        return found


class VoteForm(forms.Form):
    """Asks what the kind of ballot needs; `choice()` gives the vote as `counting` knows it."""

    def __init__(self, *args, decision: Decision, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.codes = [option["code"] for option in decision.options]
        make = {
            "ranked": self.ask_ranks,
            "dates": self.ask_dates,
            "score": self.ask_points,
            "dots": self.ask_points,
        }.get(decision.kind, self.ask_one)
        make([(option["code"], option["text"]) for option in decision.options])
        if not decision.is_secret:
            self.fields["comment"] = forms.CharField(
                label=_("Comment"), required=False, max_length=1000, widget=area(2), help_text=_("Members can read it.")
            )

    def ask_one(self, options) -> None:
        if self.decision.kind == Decision.Kind.PROPOSAL:
            options = [(position, POSITION_WORDS[position]) for position in POSITIONS]
        self.fields["vote"] = forms.ChoiceField(label=_("Your vote"), choices=options, widget=forms.RadioSelect)

    def ask_ranks(self, options) -> None:
        places = [("", "–"), *((str(place), str(place)) for place in range(1, len(options) + 1))]
        for code, text in options:
            self.fields[code] = forms.ChoiceField(label=text, choices=places, required=False)

    def ask_dates(self, options) -> None:
        answers = [(answer, AVAILABILITY_WORDS[answer]) for answer in AVAILABILITIES]
        for code, text in options:
            self.fields[code] = forms.ChoiceField(label=text, choices=answers, widget=forms.RadioSelect)

    def ask_points(self, options) -> None:
        is_score = self.decision.kind == Decision.Kind.SCORE
        for code, text in options:
            self.fields[code] = forms.IntegerField(
                label=text, min_value=0, max_value=HIGHEST if is_score else DOTS, required=is_score
            )

    def clean(self):
        typed = super().clean()
        if self.decision.kind == Decision.Kind.DOTS and not self.errors:
            given = sum(typed[code] or 0 for code in self.codes)
            if not 0 < given <= DOTS:
                raise forms.ValidationError(
                    _("You gave %(given)s dots; please give at least 1 and at most %(most)s."),
                    params={"given": given, "most": DOTS},
                )
        if self.decision.kind == Decision.Kind.RANKED:
            places = [typed[code] for code in self.codes if typed.get(code)]
            if not places:
                raise forms.ValidationError(_("Please give at least one option a place."))
            if len(set(places)) != len(places):
                raise forms.ValidationError(_("Two options cannot have the same place."))
        return typed

    def choice(self):
        typed, kind = self.cleaned_data, Decision.Kind
        if self.decision.kind == kind.RANKED:
            return sorted((code for code in self.codes if typed[code]), key=lambda code: int(typed[code]))
        if self.decision.kind == kind.DOTS:
            return {code: typed[code] for code in self.codes if typed[code]}
        is_table = self.decision.kind in (kind.DATES, kind.SCORE)
        return {code: typed[code] for code in self.codes} if is_table else typed["vote"]


def initial_vote(decision: Decision, choice, comment: str) -> dict:
    """What a form begins with for who may change her vote."""
    if choice is None:
        return {}
    if decision.kind == Decision.Kind.RANKED:
        return {code: str(place) for place, code in enumerate(choice, start=1)} | {"comment": comment}
    return (choice if isinstance(choice, dict) else {"vote": choice}) | {"comment": comment}


class SayForm(forms.Form):
    text = forms.CharField(label=_("Contribution"), max_length=10_000, widget=area(3))


class AskOpinionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    question = forms.CharField(label=_("What the committee is asked"), max_length=5000, widget=area(5))
    address = forms.CharField(label=_("Where the text is found"), required=False, max_length=300)


MARKS = [("3", _("strong")), ("2", _("sufficient")), ("1", _("weak")), ("0", _("missing"))]


class OpinionForm(forms.Form):
    """The three criteria of the committee, and its verdict; the reasons stand beside."""

    relevance = forms.ChoiceField(label=_("Strategic relevance"), choices=MARKS, widget=forms.RadioSelect)
    specialisation = forms.ChoiceField(label=_("Smart specialisation (S3)"), choices=MARKS, widget=forms.RadioSelect)
    coherence = forms.ChoiceField(label=_("Coherence with EU policy"), choices=MARKS, widget=forms.RadioSelect)
    verdict = forms.ChoiceField(label=_("Opinion"), choices=Opinion.Verdict.choices, widget=forms.RadioSelect)

    def __init__(self, data=None, *, thing) -> None:
        super().__init__(data)
