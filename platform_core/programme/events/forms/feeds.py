from django import forms
from django.utils.translation import gettext_lazy as _

from .filters import CalendarFilter


class FeedForm(CalendarFilter):
    """A subscription: its name, and what it is narrowed to."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("By which you know it again, such as the device it is for.")
    )
    field_order = ("name", "mine")
