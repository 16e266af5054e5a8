from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from ..models import Response
from ..services import Wish


class SendForm(forms.Form):
    """The last page: how the contribution may be published, where the consultation asks that."""

    publication = forms.ChoiceField(
        label=_("How may your contribution be published?"),
        choices=[choice for choice in Response.Publication.choices if choice[0]],
        widget=forms.RadioSelect,
        help_text=_("In either case your answers are counted in the results."),
    )
    name = forms.CharField(
        label=_("Name to be published"),
        required=False,
        max_length=200,
        help_text=_("Your name or that of your organisation, only if you chose “With name”."),
    )

    def __init__(self, *args, asks: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            self.fields.clear()

    def clean(self) -> dict:
        typed = super().clean()
        named = typed.get("publication") == Response.Publication.NAMED
        if named and not typed.get("name"):
            self.add_error("name", gettext("Please write the name, or choose another way."))
        return typed

    @property
    def wish(self) -> Wish:
        typed = self.cleaned_data
        publication = typed.get("publication", "")
        return Wish(publication, typed.get("name", "") if publication == Response.Publication.NAMED else "")


class MailForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=200)


class RemarkForm(forms.Form):
    remark = forms.CharField(
        label=_("What should be changed"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
