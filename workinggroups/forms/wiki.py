from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import language_choices
from platform_core.materials.files.forms import UploadField

from ..models import WikiPage
from ..services.wiki import LONGEST


class PageForm(forms.Form):
    """A new page, or the next revision of one; `base` is the number of the revision it was made from."""

    base = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language you write in"), choices=language_choices)
    parent = forms.ModelChoiceField(
        label=_("Stands below"), queryset=WikiPage.objects.none(), required=False, empty_label=_("Nothing: at the top")
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_(
            "Headings with ##, lists with -, tables with |, links as [text](address), other pages as [[title]], footnotes "
            "as [^1] and [^1]: text, pictures of this page as ![what it shows](name)."
        ),
    )
    note = forms.CharField(label=_("What has changed"), max_length=300, required=False)

    def __init__(self, *args, parents=None, **kwargs) -> None:
        """Language and place are asked for new pages alone."""
        super().__init__(*args, **kwargs)
        if parents is None:
            del self.fields["language"], self.fields["parent"]
        else:
            self.fields["parent"].queryset = parents


class MoveForm(forms.Form):
    parent = forms.ModelChoiceField(
        label=_("Stands below"), queryset=WikiPage.objects.none(), required=False, empty_label=_("Nothing: at the top")
    )

    def __init__(self, *args, parents, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents


class MarkForm(forms.Form):
    marking = forms.ChoiceField(label=_("Who sees it"), choices=WikiPage.Marking.choices, widget=forms.RadioSelect)


class AttachForm(forms.Form):
    file = UploadField(label=_("Picture or file"))
