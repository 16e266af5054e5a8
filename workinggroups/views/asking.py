"""One form on one page: shown, checked, done, or shown again with what is wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.shortcuts import redirect, render

from platform_core.ground.registry.kinds import Words
from platform_core.ground.ui.problems import show_problem


def asked(
    request,
    form: Form,
    perform: Callable[..., Any],
    *,
    title: Words,
    action: Words,
    back: Any,
    topic: int,
    told: Words = "",
    template: str = "workinggroups/ask.html",
    **context: Any,
):
    """`perform` is called with the form; what it gives is where the reader goes, else `back`.

    With a `verb` the page says whom the event of that verb is told about `back`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = perform(form)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            if told:
                messages.success(request, told)
            return redirect(made if hasattr(made, "get_absolute_url") else back)
    address = back if isinstance(back, str) else back.get_absolute_url()
    page = {"form": form, "title": title, "action": action, "back": address, "subject": back, "topic": topic}
    return render(request, template, page | context, status=400 if form.errors else 200)


def done(request, perform: Callable[[], Any], told: Words, back: Any):
    """One click; what is wrong is told on the page the reader comes from."""
    try:
        perform()
    except ValidationError as problem:
        for message in problem.messages:
            messages.error(request, message)
    else:
        messages.success(request, told)
    return redirect(back)
