"""Forms as people see them: label, hint, error and the field itself, tied together."""

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, ClearableFileInput
from django.forms.widgets import ChoiceWidget, HiddenInput

from platform_core.ground.registry.kinds import Words

from .library import component


def layout_of(field: BoundField) -> str:
    """options: radios or checkboxes; group: several inputs under one legend; tick: one checkbox; line: the rest."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "tick"
    if isinstance(widget, ChoiceWidget) and widget.use_fieldset:
        return "options"
    if widget.use_fieldset and not isinstance(widget, ClearableFileInput):
        return "group"
    return "line"


def target_of(field: BoundField) -> str:
    """Where a link in the error summary jumps to: the input, or the fieldset around several."""
    return str(field.id_for_label or field.auto_id) if layout_of(field) in {"line", "tick"} else str(field.auto_id)


@component
def field_row(*, field: BoundField, hint: Words = "") -> dict[str, Any]:
    hint = hint or field.help_text
    described = " ".join(
        f"{field.auto_id}_{part}" for part, present in (("hint", hint), ("error", field.errors)) if present
    )
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    kind = layout_of(field)
    return {
        "layout": kind,
        "hint": hint,
        "described": described,
        "target": target_of(field),
        "options": list(field) if kind == "options" else [],
        "widget": "" if kind == "options" else field.as_widget(attrs=attrs if kind != "group" else None),
    }


@component
def form_fields(*, form: BaseForm) -> dict[str, Any]:
    return {"visible": form.visible_fields(), "hidden": form.hidden_fields()}


@component
def error_summary(*, form: BaseForm) -> dict[str, Any]:
    fields = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    entries: list[tuple[str, Words, Words]] = [("", "", error) for error in form.non_field_errors()]
    for field, errors in fields:
        hidden = isinstance(field.field.widget, HiddenInput)
        entries += [("" if hidden else target_of(field), field.label, error) for error in errors]
    return {"entries": entries}
