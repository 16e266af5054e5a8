from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.materials.drafts.forms import UnchangedForm

from ..answering import words
from ..models import Finding
from ..selectors.findings import published_questions


class FindingForm(UnchangedForm):
    """In the language the finding was first written in; the others come by the translators' desk."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("The finding in one sentence."))
    text = forms.CharField(
        label=_("What was found"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Headings with ##, lists with -, links as [text](address)."),
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions it stands on"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one question; its figures are shown with the finding.")},
    )
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, consultation, finding: Finding | None = None, **kwargs) -> None:
        self.language = finding.title.source if finding else active_code()
        self.finding = finding
        begun = {
            "title": finding.title.get(self.language, "") if finding else "",
            "text": finding.text.get(self.language, "") if finding else "",
            "questions": [row.code for row in finding.questions.all()] if finding else [],
        }
        super().__init__(*args, initial=begun, **kwargs)
        self.initial["key"] = str(uuid4())
        asked = published_questions(consultation)
        self.fields["questions"].choices = [(code, words(question["text"])) for code, question in asked.items()]

    @property
    def texts(self) -> dict:
        """The typed texts beside those in other languages."""
        return {name: self.with_others(name) for name in ("title", "text")}

    def with_others(self, name: str):
        typed = self.cleaned_data[name]
        if self.finding:
            return getattr(self.finding, name).with_text(self.language, typed)
        return as_text({self.language: typed, "_source": self.language})


class SettleForm(UnchangedForm):
    state = forms.ChoiceField(label=_("What becomes of it"), choices=Finding.State.choices)
    reason = forms.CharField(
        label=_("Why, and what was done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody reads it. Where a finding is not followed it has to be said."),
    )

    def __init__(self, *args, finding: Finding, **kwargs) -> None:
        reason = finding.reason.get(finding.reason.source, "")
        super().__init__(*args, initial={"state": finding.state, "reason": reason}, **kwargs)

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("state") == Finding.State.NOT_FOLLOWED and not typed.get("reason") and "reason" not in self.errors:
            raise ValidationError({"reason": gettext("Please say why it is not followed; everybody will read it.")})
        return typed
