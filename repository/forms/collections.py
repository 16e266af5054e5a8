from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Collection
from .records import area


class CollectionForm(UnchangedForm):
    """Title and introduction in the language of the page; other languages are kept as they are."""

    title = forms.CharField(label=_("Title"), max_length=200)
    intro = forms.CharField(
        label=_("Introduction"),
        max_length=3000,
        required=False,
        widget=area(5),
        help_text=_("Headings with ##, lists with -, links as [text](address)."),
    )
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=lambda: [("", _("none")), *vocabulary.topic_labels().items()]
    )
    query = forms.CharField(
        label=_("What it holds"),
        max_length=1500,
        help_text=_("What stands after the question mark in the address of a search of the repository."),
    )
    is_public = forms.BooleanField(label=_("Everyone can see it"), required=False)

    def __init__(self, *args, collection: Collection, language: str, **kwargs) -> None:
        self.collection, self.language = collection, language
        begun = {
            "title": collection.title.get(language, ""),
            "intro": collection.intro.get(language, ""),
            "topic": str(collection.topic_id or ""),
            "query": collection.query,
            "is_public": collection.is_public,
        }
        super().__init__(*args, initial=begun, **kwargs)

    def applied(self) -> Collection:
        typed, held = self.cleaned_data, self.collection
        held.title = held.title.with_text(self.language, typed["title"])
        held.intro = held.intro.with_text(self.language, typed["intro"])
        held.topic = vocabulary.topic(int(typed["topic"])) if typed["topic"] else None
        held.query, held.is_public = typed["query"].removeprefix("?"), typed["is_public"]
        return held
