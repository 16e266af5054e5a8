from datetime import timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.files.forms import UploadField

from ..models import Call, CallQuestion, Candidate, Condition, Expression, LetterText
from ..selectors import expressions as selectors
from .calls import MOST_NUMBER, area

PERSON = ("role", "name", "email", "competences", "experience", "cv")
MOST_COMPETENCES = 12


class ExpressionForm(forms.Form):
    """The questions of a call, then as many people as it lets an organisation name.

    Files that were sent before stay where none is chosen; `edition` is the one the form was opened with.
    """

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, call: Call, held: Expression | None = None, **kwargs) -> None:
        kwargs["initial"] = {**(told_before(held) if held else {"edition": 0}), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.call, self.questions = call, list(call.questions.all())
        sent = {row.question_id for row in held.answers.exclude(file=None)} if held else set()
        for question in self.questions:
            self.fields[f"q{question.pk}"] = self.ask(question, question.pk in sent)
        for place in range(call.people_limit):
            self.ask_person(place)
        self.fields["agreed"] = forms.BooleanField(
            label=_("Those named know that we name them and what we say of them"),
            help_text=_("After the end of the call each of them is asked, and can say no."),
        )

    def ask(self, question: CallQuestion, is_sent: bool) -> forms.Field:
        kind, told = CallQuestion.Kind, {"label": str(question.text), "required": question.is_required}
        if question.kind == kind.FILE:
            told["required"] = question.is_required and not is_sent
            return UploadField(
                **told, help_text=_("The file you sent stays unless you choose another.") if is_sent else ""
            )
        if question.kind == kind.NUMBER:
            limits = [MinValueValidator(question.least)] if question.least is not None else []
            limits += [MaxValueValidator(MOST_NUMBER if question.most is None else question.most)]
            return forms.IntegerField(**told, validators=limits)
        if question.kind == kind.CHOICE:
            options = [(str(option.pk), str(option.text)) for option in question.options.all()]
            empty = [] if question.is_required else [("", gettext("No answer"))]
            return forms.ChoiceField(**told, choices=[*empty, *options], widget=forms.RadioSelect)
        most = question.most or (300 if question.kind == kind.TEXT else 5000)
        widget = area(6) if question.kind == kind.LONG else forms.TextInput()
        return forms.CharField(
            **told, max_length=most, widget=widget, help_text=_("At most %(most)s signs.") % {"most": most}
        )

    def ask_person(self, place: int) -> None:
        sought = {"wg_representative": self.call.representatives, "wg_expert": self.call.experts}
        roles = [(code, name) for code, name in Candidate.Role.choices if sought[code]]
        made = {
            "role": forms.ChoiceField(label=_("Seat"), choices=[("", _("Nobody")), *roles], required=False),
            "name": forms.CharField(label=_("Name"), max_length=150, required=False),
            "email": forms.EmailField(label=_("E-mail address"), required=False),
            "competences": forms.CharField(
                label=_("Competences"),
                required=False,
                max_length=1500,
                widget=area(3),
                help_text=_("One a line; words of the thesaurus are recognised in every language."),
            ),
            "experience": forms.CharField(label=_("Experience"), required=False, max_length=3000, widget=area(4)),
            "cv": UploadField(label=_("Curriculum vitae"), required=False),
        }
        for name, field in made.items():
            self.fields[f"p{place}_{name}"] = field

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        for place in range(self.call.people_limit):
            filled = any(typed.get(f"p{place}_{name}") for name in ("role", "name", "email"))
            for name in ("role", "name", "email", "competences") if filled else ():
                if not typed.get(f"p{place}_{name}") and f"p{place}_{name}" not in self.errors:
                    self.add_error(f"p{place}_{name}", _("Please fill this in for everybody you name."))
            if len(lines(typed.get(f"p{place}_competences", ""))) > MOST_COMPETENCES:
                self.add_error(f"p{place}_competences", _("At most %(most)s competences.") % {"most": MOST_COMPETENCES})
        if not self.errors and not self.people():
            self.add_error("p0_role", _("Please name at least one person."))
        return typed

    def parts(self) -> list[tuple[str, list]]:
        """The fields under their headings."""
        found = [(gettext("Questions"), [self[f"q{question.pk}"] for question in self.questions])]
        for place in range(self.call.people_limit):
            name = gettext("Person %(number)s") % {"number": place + 1}
            found.append((name, [self[f"p{place}_{field}"] for field in PERSON]))
        return [part for part in found if part[1]]

    def answers(self) -> dict:
        """Values by question, an option as its row."""
        found = {}
        for question in self.questions:
            value = self.cleaned_data[f"q{question.pk}"]
            if question.kind == CallQuestion.Kind.CHOICE:
                value = next((one for one in question.options.all() if str(one.pk) == value), None)
            found[question.pk] = value
        return found

    def people(self) -> list[dict]:
        typed, found = self.cleaned_data, []
        for place in range(self.call.people_limit):
            row = {name: typed.get(f"p{place}_{name}") for name in PERSON}
            if row["role"]:
                row |= {"role": Candidate.Role(row["role"]), "competences": lines(row["competences"] or "")}
                found.append(row)
        return found


def lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip()[:120] for line in text.splitlines() if line.strip()))


def told_before(held: Expression) -> dict:
    """What was sent, as the form begins with it."""
    told: dict = {"edition": held.edition, "agreed": True}
    for answer in held.answers.all():
        told[f"q{answer.question_id}"] = str(answer.option_id) if answer.option_id else answer.number or answer.text
    for place, one in enumerate(selectors.candidates(held)):
        told |= {f"p{place}_{name}": getattr(one, name) for name in ("role", "name", "email", "experience")}
        told[f"p{place}_competences"] = "\n".join(str(competence) for competence in one.competences.all())
    return told


YES_NO = [("yes", _("Met")), ("no", _("Not met"))]


class JudgeForm(forms.Form):
    """Every condition that is judged by hand, and the reasons for a refusal."""

    def __init__(self, *args, expression: Expression, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = {row.condition_id: "yes" if row.met else "no" for row in expression.findings.all()}
        self.conditions = list(expression.call.conditions.filter(kind=Condition.Kind.MANUAL))
        for condition in self.conditions:
            self.fields[f"c{condition.pk}"] = forms.ChoiceField(
                label=str(condition.text), choices=YES_NO, widget=forms.RadioSelect, initial=held.get(condition.pk)
            )
        self.fields["reason"] = forms.CharField(
            label=_("Reasons"),
            required=False,
            max_length=4000,
            widget=area(4),
            help_text=_("Needed where it is not eligible; the organisation reads them."),
        )

    def findings(self) -> dict[int, bool]:
        return {one.pk: self.cleaned_data[f"c{one.pk}"] == "yes" for one in self.conditions}


class CompletionForm(forms.Form):
    reason = forms.CharField(label=_("What is lacking"), max_length=4000, widget=area(4))
    until = DayField(label=_("To be completed until"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, initial={"until": platform_day() + timedelta(days=7)}, **kwargs)


class ShortlistForm(forms.Form):
    """What is proposed for each person, and why for each organisation."""

    def __init__(self, *args, expressions: list[Expression], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.expressions = expressions
        choices = [("", _("Not decided yet")), *LetterText.Outcome.choices]
        for expression in expressions:
            for person in expression.candidates.all():
                self.fields[f"s{person.pk}"] = forms.ChoiceField(
                    label=f"{person}, {person.get_role_display()}",
                    choices=choices,
                    required=False,
                    initial=person.decision,
                    help_text=person.get_consent_display(),
                )
            self.fields[f"r{expression.pk}"] = forms.CharField(
                label=_("Reasons for %(name)s") % {"name": expression.organisation},
                required=False,
                max_length=4000,
                widget=area(3),
                initial=expression.reason,
            )

    def fields_of(self, expression: Expression) -> list:
        own = [self[f"s{person.pk}"] for person in expression.candidates.all()]
        return [*own, self[f"r{expression.pk}"]]

    def decisions(self) -> tuple[dict[int, str], dict[int, str]]:
        typed = self.cleaned_data
        seats = {one.pk: typed[f"s{one.pk}"] for row in self.expressions for one in row.candidates.all()}
        return seats, {row.pk: typed[f"r{row.pk}"] for row in self.expressions}
