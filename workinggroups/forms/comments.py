from django import forms
from django.core.validators import MaxValueValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    """`last` is the number of pages or paragraphs there are to comment on."""

    anchor = forms.IntegerField(required=False, min_value=1)
    text = forms.CharField(label=_("Comment"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, last: int, is_page: bool, in_parts: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anchor"].label = self.words(is_page=is_page, in_parts=in_parts)
        self.fields["anchor"].help_text = _("Empty: about all of it.")
        self.fields["anchor"].max_value = last
        self.fields["anchor"].validators.append(MaxValueValidator(last))

    def words(self, *, is_page: bool, in_parts: bool) -> Promise:
        if is_page:
            return _("About paragraph")
        return _("About part") if in_parts else _("About page")
