import uuid

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from ..models import Message, Openness

MOST = Message._meta.get_field("text").max_length


def new_key() -> str:
    return str(uuid.uuid4())


class AnswerForm(forms.Form):
    """`key` tells a double click from a second message."""

    text = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Markdown is understood: **bold**, lists, links. The message goes by e-mail too."),
    )
    key = forms.UUIDField(required=False, initial=new_key, widget=forms.HiddenInput)

    def message(self) -> dict:
        return {"text": self.cleaned_data["text"], "key": str(self.cleaned_data["key"] or "")}


class WriteForm(AnswerForm):
    subject = forms.CharField(label=gettext_lazy("What it is about"), max_length=150)
    field_order = ["subject", "text"]

    def message(self) -> dict:
        return super().message() | {"subject": self.cleaned_data["subject"]}


class ReportForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("What is wrong with it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class OpennessForm(forms.Form):
    who = forms.ChoiceField(
        label=gettext_lazy("Who may write to me"), choices=Openness.Who.choices, widget=forms.RadioSelect
    )


class ConversationFilter(forms.Form):
    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    box = forms.ChoiceField(label=gettext_lazy("Written to"), required=False)
    unread = forms.BooleanField(label=gettext_lazy("Only with something new"), required=False)

    def __init__(self, *args, boxes: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["box"].choices = [("", _("me or my organisations")), *boxes]
