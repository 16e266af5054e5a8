"""Forms as people see them: label, hint, error and the field itself, tied together."""

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, ClearableFileInput
from django.forms.boundfield import BoundWidget
from django.forms.widgets import ChoiceWidget, HiddenInput
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from platform_core.ground.registry.kinds import Words

from .library import component, register
from .markup import esc, html


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


@register.simple_tag
def field_row(*, field: BoundField, hint: Words = "") -> SafeString:
    hint = hint or field.help_text
    described = " ".join(
        f"{field.auto_id}_{part}" for part, present in (("hint", hint), ("error", field.errors)) if present
    )
    kind, notes, failed = layout_of(field), notes_of(field, hint), " err" if field.errors else ""
    label = esc(field.label) + ("" if field.field.required or kind == "tick" else optional())
    if kind in {"options", "group"}:
        told = f' aria-describedby="{described}"' if described else ""
        inside = options(field) if kind == "options" else field.as_widget()
        inside = f"<legend>{label}</legend>{notes}{inside}"
        return html(f'<fieldset class="field{failed}" id="{target_of(field)}"{told}>{inside}</fieldset>')
    widget = field.as_widget(attrs={"aria-describedby": described} if described else {})
    if kind == "tick":
        inside = f'<label class="opt" for="{target_of(field)}">{widget} <span>{label}</span></label>{notes}'
    else:
        inside = f'<label class="label" for="{target_of(field)}">{label}</label>{notes}{widget}'
    return html(f'<div class="field{failed}">{inside}</div>')


def optional() -> str:
    words = gettext("optional")
    return f' <span class="optional">{words}</span>'


def options(field: BoundField) -> str:
    """One below the other; choices that come in groups under the name of theirs."""
    widget, told = field.field.widget, field.build_widget_attrs({"id": field.auto_id})
    found = []
    for name, rows, _place in widget.optgroups(field.html_name, widget.format_value(field.value()), told):
        drawn = "".join(option(BoundWidget(widget, row, field.form.renderer)) for row in rows)
        found.append(f'<fieldset class="under"><legend>{esc(name)}</legend>{drawn}</fieldset>' if name else drawn)
    return "".join(found)


def option(one: BoundWidget) -> str:
    return f'<label class="opt" for="{one.id_for_label}">{one.tag()} <span>{esc(one.choice_label)}</span></label>'


def notes_of(field: BoundField, hint: Words) -> str:
    told = f'<div class="hint" id="{field.auto_id}_hint">{esc(hint)}</div>' if hint else ""
    wrong = "".join(f"<p>{esc(error)}</p>" for error in field.errors)
    return f'{told}<div class="msg" id="{field.auto_id}_error">{wrong}</div>' if wrong else told


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
