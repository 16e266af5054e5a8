from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import xlsx_sheets
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from ..forms.task_tables import TableForm, TakeInForm
from ..selectors import task_tables as selectors
from ..services import task_tables as services
from .documents import workspace

SHOWN = 100


@login_required
def bring(request, number):
    """A table is checked: what fits is shown, what does not is named by line and column, nothing is taken in."""
    group = workspace(request, number)
    require(request.user, "workinggroups.add_task", group)
    form, found = TableForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            found = services.check(form.cleaned_data["file"], group, by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"group": group, "form": form, "found": found, "head": [_("Line"), _("Column"), _("Problem")]}
    if found:
        context["problems"] = found.problems[:SHOWN]
        context["shown"] = found.lines[:SHOWN]
        if not found.problems and found.lines:
            context["take"] = TakeInForm(initial={"lines": services.signed(found, group, by=request.user)})
    bad = form.errors or (found and found.problems)
    return render(request, "workinggroups/task_import.html", context, status=422 if bad else 200)


@login_required
@require_POST
def take_in(request, number):
    group = workspace(request, number)
    try:
        done = services.take_in(request.POST.get("lines", ""), group, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("workinggroups:import_tasks", number)
    messages.success(request, ngettext("%(n)s task was added.", "%(n)s tasks were added.", done) % {"n": done})
    return redirect("workinggroups:tasks", number)


@login_required
def template(request, number):
    group = workspace(request, number)
    require(request.user, "workinggroups.add_task", group)
    told = selectors.hints()
    sheets = {
        "tasks": [list(told)],
        "columns": [[_("Column"), _("What belongs into it")], *([name, str(words)] for name, words in told.items())],
    }
    return xlsx_sheets("tasks", sheets)
