"""Fields that groups define for their documents: defining them, filling them in, asking by them."""

from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import SOURCE
from platform_core.ground.ui.forms import DayField
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Document, DocumentField
from ..services.fields import MOST_CHOICES
from .calls import Translated, other_languages, shown_texts

Kind = DocumentField.Kind
EMPTY_ROWS = 3


class FieldForm(Translated, UnchangedForm):
    texts = ("name",)

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Another language"), choices=other_languages, required=False)
    other_name = forms.CharField(label=_("Name in that language"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("What is filled in"), choices=Kind.choices, widget=forms.RadioSelect)
    is_required = forms.BooleanField(
        label=_("Has to be filled in"), required=False, help_text=_("Before a document is reviewed.")
    )

    def said(self, held: DocumentField | None = None) -> dict[str, Any]:
        return {**self.translated(held), **{name: self.cleaned_data[name] for name in ("kind", "is_required")}}


class ChoiceForm(forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Choice"), max_length=120, required=False)
    other_name = forms.CharField(label=_("In the other language"), max_length=120, required=False)


class ChoiceForms(BaseFormSet):
    def rows(self, language: str, held: DocumentField | None) -> list[dict[str, Any]]:
        """What was typed, without empty rows; languages that are not shown keep what they say."""
        known = {one.pk: dict(one.name) for one in held.choices.all()} if held else {}
        typed = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        return [
            {
                "pk": row["pk"],
                "name": {
                    **known.get(row["pk"], {}),
                    SOURCE: row["name"],
                    **({language: row["other_name"]} if language else {}),
                },
            }
            for row in typed
        ]


def initial_of(field: DocumentField) -> dict[str, Any]:
    return {**shown_texts(field, FieldForm.texts), "kind": field.kind, "is_required": field.is_required}


def choice_forms(data, field: DocumentField | None) -> BaseFormSet:
    other = initial_of(field)["language"] if field else ""
    rows = field.choices.filter(is_open=True) if field else []
    held = [{"pk": one.pk, "name": one.name.get(SOURCE, ""), "other_name": one.name.get(other, "")} for one in rows]
    most = MOST_CHOICES + EMPTY_ROWS
    made = formset_factory(ChoiceForm, formset=ChoiceForms, extra=EMPTY_ROWS, max_num=most, absolute_max=most)
    return made(data, initial=held, prefix="choices")


# Filling them in


def code(field: DocumentField) -> str:
    return f"field-{field.pk}"


def input_for(field: DocumentField, held: Any) -> forms.Field:
    told: dict[str, Any] = {"label": str(field), "required": field.is_required, "initial": held}
    if field.kind == Kind.TEXT:
        return forms.CharField(max_length=300, **told)
    if field.kind == Kind.NUMBER:
        return forms.DecimalField(max_digits=20, decimal_places=6, **told)
    if field.kind == Kind.DATE:
        return DayField(**told)
    offered = Q(is_open=True) | Q(pk=held.pk) if held else Q(is_open=True)
    return forms.ModelChoiceField(queryset=field.choices.filter(offered), empty_label="–", **told)


class Described(forms.Form):
    """A form of a document that asks for the fields of its group too."""

    def __init__(self, *args, fields=(), held=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.described = {code(one): one.pk for one in fields}
        for one in fields:
            self.fields[code(one)] = input_for(one, (held or {}).get(one.pk))

    def values(self) -> dict[int, Any]:
        return {pk: self.cleaned_data[name] for name, pk in self.described.items()}

    def rest(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in self.described}


# Asking by them


class LibraryFilter(forms.Form):
    """By state and by every field of the group; what cannot be read asks for nothing."""

    q = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Document.State.choices])

    def __init__(self, data, *, fields) -> None:
        super().__init__(data)
        self.asked = list(fields)
        for one in self.asked:
            self.fields |= filters_for(one)

    def chosen(self) -> dict[str, Any]:
        self.full_clean()
        found = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: value for name, value in found.items() if value not in (None, "")}

    def wanted(self) -> list[Q]:
        typed = self.chosen()
        found = [(one, suffix, typed.get(f"{code(one)}{suffix}")) for one in self.asked for suffix in LOOKUPS[one.kind]]
        return [Q(field=one, **{LOOKUPS[one.kind][suffix]: value}) for one, suffix, value in found if value is not None]


LOOKUPS: dict[str, dict[str, str]] = {
    Kind.TEXT: {"": "text__icontains"},
    Kind.CHOICE: {"": "choice"},
    Kind.DATE: {"-from": "day__gte", "-to": "day__lte"},
    Kind.NUMBER: {"-from": "number__gte", "-to": "number__lte"},
}


def filters_for(field: DocumentField) -> dict[str, forms.Field]:
    """The inputs that ask for a field: words, a choice, or from and to."""
    name = str(field)
    if field.kind == Kind.TEXT:
        return {code(field): forms.CharField(label=name, max_length=100, required=False)}
    if field.kind == Kind.CHOICE:
        queryset = field.choices.all()
        return {
            code(field): forms.ModelChoiceField(label=name, queryset=queryset, required=False, empty_label=_("All"))
        }
    made = DayField if field.kind == Kind.DATE else forms.DecimalField
    ends = (("-from", _("%(name)s, from")), ("-to", _("%(name)s, to")))
    return {f"{code(field)}{end}": made(label=label % {"name": name}, required=False) for end, label in ends}
