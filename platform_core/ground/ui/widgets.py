"""Widgets of forms: the one for days, and all to the letter as Django's own templates draw them, hundreds to a page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.safestring import SafeString

from .components.markup import esc, html

OPTION = "django/forms/widgets/select_option.html"
LINES = ("input", "text", "hidden", "number", "email", "url", "password", "file", "search", "color", "tel", "checkbox")
MOMENTS = ("date", "datetime", "time")


class DayInput(forms.DateInput):
    """A day to choose, written as browsers read it in every language."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def attributes(widget: Mapping[str, Any]) -> str:
    held = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(f" {esc(name)}" if value is True else f' {esc(name)}="{esc(value)}"' for name, value in held)


def one_line(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    said = "" if value is None else f' value="{esc(value)}"'
    return html(f'<input type="{esc(widget["type"])}" name="{esc(widget["name"])}"{said}{attributes(widget)}>')


def text_area(widget: Mapping[str, Any]) -> SafeString:
    value = esc(localize(widget["value"])) if widget["value"] else ""
    return html(f'<textarea name="{esc(widget["name"])}"{attributes(widget)}>\n{value}</textarea>')


def choice(widget: Mapping[str, Any]) -> SafeString:
    """A radio button or a tick."""
    if not widget["wrap_label"]:
        return one_line(widget)
    told = f' for="{esc(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return html(f"<label{told}>{one_line(widget)}\n {esc(localize(widget['label']))}</label>")


def select(widget: Mapping[str, Any]) -> SafeString:
    groups = "".join(group(name, options) for name, options, _place in widget["optgroups"])
    return html(f'<select name="{esc(widget["name"])}"{attributes(widget)}>{groups}\n</select>')


def group(name: Any, options: list[Mapping[str, Any]]) -> str:
    inner = "".join(
        f'\n  <option value="{esc(one["value"])}"{attributes(one)}>{esc(localize(one["label"]))}</option>\n'
        for one in options
    )
    return f'\n  <optgroup label="{esc(localize(name))}">{inner}\n  </optgroup>' if name else inner


DRAWN = {f"django/forms/widgets/{name}.html": one_line for name in (*LINES, *MOMENTS)}
DRAWN |= {f"django/forms/widgets/{name}_option.html": choice for name in ("radio", "checkbox")}
DRAWN |= {"django/forms/widgets/textarea.html": text_area, "django/forms/widgets/select.html": select}


class Renderer(DjangoTemplates):
    """Templates of other names, and selections with options of their own, stay Django's."""

    def render(self, template_name, context, request=None):
        draw, widget = DRAWN.get(template_name), context.get("widget", {})
        options = (one for _name, options, _place in widget.get("optgroups", ()) for one in options)
        if draw is None or any(one["template_name"] != OPTION for one in options):
            return super().render(template_name, context, request)
        return draw(widget)
