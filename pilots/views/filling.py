"""Forms of this app are all filled in on one page, and what one click does is told on the page it leads to."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render

from platform_core.ground.ui.problems import show_problem


def filled(
    request, form: BaseForm, deed: Callable[[], Any], *, told: str, template: str = "pilots/fill.html", **context: Any
) -> HttpResponse:
    """`deed` does what was typed and gives where to go; `context` has title, action and trail of the page."""
    if form.is_valid():
        try:
            found = deed()
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, told)
            return redirect(found)
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)


def clicked(request, deed: Callable[[], Any], *, told: str, back: str, gone: str = "") -> HttpResponse:
    """What cannot be done is told where the click came from; `gone` is where to go when there is nothing to come back to."""
    try:
        found = deed()
    except ValidationError as problem:
        for message in problem.messages:
            messages.error(request, message)
        return redirect(back)
    messages.success(request, told)
    return redirect(found or gone or back)
