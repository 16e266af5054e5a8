from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary

from ..models import LibraryEntry
from .parts import SourceField


class LibraryFilter(forms.Form):
    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *LibraryEntry.Kind.choices])
    topic = forms.ChoiceField(
        label=_("Topic"),
        required=False,
        choices=lambda: [("", _("All")), *((str(one.pk), str(one.short)) for one in vocabulary.topics())],
    )

    def chosen(self) -> dict:
        self.full_clean()
        told = {name: value.replace("\0", "") for name, value in self.cleaned_data.items() if value}
        return {**told, **({"topic": int(told["topic"])} if "topic" in told else {})}


class KeepForm(forms.Form):
    title = SourceField(label=_("Name in the library"), max_length=200)
    what = forms.ChoiceField(
        label=_("What is kept"),
        choices=[("question", _("The question")), ("scale", _("Its scale alone"))],
        widget=forms.RadioSelect,
        initial="question",
    )

    def __init__(self, *args, question: dict, **kwargs) -> None:
        told = (question.get("text") or {}).get("en", "")[:200]
        super().__init__(*args, initial={"title": told, "what": "question"}, **kwargs)
        if not question.get("scale"):
            del self.fields["what"]


class CopiesForm(forms.Form):
    earlier = forms.ModelChoiceField(label=_("Earlier consultation"), queryset=None, required=False, empty_label="–")

    def __init__(self, *args, copies, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earlier"].queryset = copies
