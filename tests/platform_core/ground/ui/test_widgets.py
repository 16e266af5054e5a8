from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from platform_core.ground.ui.widgets import DayInput, Renderer

CHOICES = [("", "Any"), ("a&b", '"A" <b>'), (3, 12345), ("Group <1>", [("x", gettext_lazy("Yes"))])]
FLAT = [("a", "<A>"), ("b", gettext_lazy("No"))]
ODD = {"class": 'a"b', "required": True, "disabled": False, "data-n": 3, "data-safe": mark_safe("&amp;")}
FIELDS = {
    "text": (forms.CharField(), "a <\"&'> b"),
    "odd": (forms.CharField(widget=forms.TextInput(ODD)), None),
    "number": (forms.IntegerField(min_value=1, max_value=12000), 12000),
    "decimal": (forms.FloatField(localize=True), 1.5),
    "email": (forms.EmailField(), "a@example.org"),
    "address": (forms.URLField(assume_scheme="https"), "https://example.org/?a=1&b=2"),
    "password": (forms.CharField(widget=forms.PasswordInput), "secret"),
    "hidden": (forms.CharField(widget=forms.HiddenInput), ""),
    "many_hidden": (forms.MultipleChoiceField(choices=FLAT, widget=forms.MultipleHiddenInput), ["a", "b"]),
    "area": (forms.CharField(widget=forms.Textarea(ODD)), "\n<p>\r\n"),
    "empty_area": (forms.CharField(widget=forms.Textarea), None),
    "day": (forms.DateField(widget=forms.DateInput({"type": "date"})), date(2026, 11, 22)),
    "moment": (forms.SplitDateTimeField(), None),
    "tick": (forms.BooleanField(required=False), True),
    "no_tick": (forms.BooleanField(), False),
    "file": (forms.FileField(), None),
    "one": (forms.ChoiceField(choices=CHOICES), "a&b"),
    "none": (forms.ChoiceField(choices=[(None, "–"), *FLAT]), None),
    "several": (forms.MultipleChoiceField(choices=CHOICES), ["3", "x"]),
    "radio": (forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect), "x"),
    "ticks": (forms.MultipleChoiceField(choices=FLAT, widget=forms.CheckboxSelectMultiple), ["b"]),
    "perhaps": (forms.NullBooleanField(), None),
    "years": (forms.DateField(widget=forms.SelectDateWidget(years=[2026])), date(2026, 1, 2)),
}


def drawn(name, renderer):
    field, value = FIELDS[name]
    bound = type("F", (forms.Form,), {"it": field})(initial={"it": value}, renderer=renderer)["it"]
    return [
        str(bound),
        bound.as_widget(attrs={"aria-describedby": "x"}),
        *(one.tag() for one in bound),
        *map(str, bound),
    ]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", FIELDS)
def test_widgets_are_to_the_letter_as_django_draws_them(name, language):
    with override(language):
        assert drawn(name, Renderer()) == drawn(name, DjangoTemplates())


def test_options_of_another_kind_are_left_to_django():
    class Starred(forms.Select):
        option_template_name = "django/forms/widgets/input_option.html"

    class Form(forms.Form):
        it = forms.ChoiceField(choices=FLAT, widget=Starred)

    field = Form(renderer=Renderer())["it"]
    context = field.field.widget.get_context("it", "a", {})
    for _name, options, _place in context["widget"]["optgroups"]:
        for one in options:
            one["wrap_label"] = True
    assert Renderer().render("django/forms/widgets/select.html", context) == DjangoTemplates().render(
        "django/forms/widgets/select.html", context
    )


@pytest.mark.parametrize("language", ["en", "de", "it", "hu"])
def test_a_day_is_written_as_browsers_read_it_whatever_the_language(language):
    with override(language):
        assert DayInput().format_value(date(2026, 12, 31)) == "2026-12-31"
