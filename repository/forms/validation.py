from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment import selectors as assessment
from platform_core.exchange.assessment.forms import AppointForm
from platform_core.ground.vocabulary.days import platform_day

from .. import validation
from ..models import Record

WEEKS = 4


class PassForm(AppointForm):
    """The gates, looked at by the editor, and the experts she asks."""

    can_be_judged = forms.BooleanField(
        label=_("It can be judged: on the topic, told so that others can follow, with evidence, lawful.")
    )
    field_order = ("can_be_judged", "evaluators", "due_on")

    def __init__(self, data=None, *, thing: Record) -> None:
        people = assessment.eligible(assessment.kind_named(validation.KIND), thing)
        day = platform_day() + timedelta(weeks=WEEKS)
        super().__init__(data, people=people, initial={"due_on": day})

    def clean(self) -> dict:
        typed = super().clean()
        typed.pop("can_be_judged", None)
        return typed
