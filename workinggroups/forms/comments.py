from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    """`last` is the number of pages or paragraphs there are to comment on."""

    anchor = forms.IntegerField(required=False, min_value=1)
    text = forms.CharField(label=_("Comment"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, last: int, is_page: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anchor"].label = _("About paragraph") if is_page else _("About page")
        self.fields["anchor"].help_text = _("Empty: about all of it.")
        self.fields["anchor"].max_value = last
        self.fields["anchor"].validators.append(MaxValueValidator(last))


class HideForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It is shown in place of the comment."))
