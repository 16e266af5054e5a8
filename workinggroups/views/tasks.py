from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions.selectors import conversation
from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary.days import later
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import selectors as audit
from platform_core.materials.trails.selectors import around

from ..forms.tasks import BulkForm, SayForm, TaskFilter, TaskForm, numbers_of
from ..models import Task
from ..selectors import task_tables, tasks as selectors, timelines
from ..services import tasks as services
from .documents import workspace

PER_PAGE = 50
SHOWN_IN_COLUMN = 30
RIGHTS = ("change_task", "move_task", "discuss_task")


def filtered(request, group):
    form = TaskFilter(request.GET, group=group)
    rows = selectors.of_group(request.user, group)
    return form, selectors.narrowed(rows, request.user, **form.chosen())


@login_required
def tasks(request, number, bulk=None):
    """The tasks of a group, narrowed, ordered and page by page; several can be changed at once."""
    group = workspace(request, number)
    form, rows = filtered(request, group)
    if table := asked(request):
        return table(f"tasks-{number}", task_tables.head(), task_tables.lines(rows))
    page = Paginator(selectors.with_waits(rows, request.user), PER_PAGE).get_page(request.GET.get("page"))
    narrowed = {name: value for name, value in request.GET.items() if value and name != "page"}
    context = {
        "group": group,
        "form": form,
        "page": page,
        "counts": selectors.counts(request.user, group),
        "bulk": bulk or BulkForm(group=group),
        "query": urlencode(narrowed),
        "may_add": request.user.has_perm("workinggroups.add_task", group),
    }
    return render(request, "workinggroups/tasks.html", context, status=400 if bulk else 200)


@login_required
@require_POST
def bulk(request, number):
    """One thing is said of several tasks: all of them, or none when one cannot be changed."""
    group = workspace(request, number)
    form, pks = BulkForm(request.POST, group=group), numbers_of(request.POST.getlist("task"))
    chosen = selectors.of_group(request.user, group).filter(pk__in=pks)
    if form.is_valid() and not pks:
        form.add_error(None, _("Please tick at least one task."))
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if value}
        try:
            done = services.change_many(list(chosen), by=request.user, **said)
        except ValidationError as problem:
            show_problem(problem, form)
        except PermissionDenied:
            form.add_error(None, _("One of them is not yours to change. Nothing was changed."))
        else:
            messages.success(
                request, ngettext("%(n)s task was changed.", "%(n)s tasks were changed.", done) % {"n": done}
            )
            return redirect(back(request, reverse("workinggroups:tasks", args=[number])))
    return tasks(request, number, bulk=form)


def back(request, otherwise: str) -> str:
    """Where the form was sent from, if that is a page of ours."""
    address = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if own and address.startswith("/") else otherwise


@login_required
def board(request, number):
    """One column per state, the most urgent on top; what is over lies in the list."""
    group = workspace(request, number)
    form = TaskFilter(request.GET, group=group)
    chosen = form.chosen() | {"state": "", "sort": "due"}
    rows = selectors.narrowed(selectors.of_group(request.user, group), request.user, **chosen)
    context = {
        "group": group,
        "form": form,
        "columns": timelines.columns(rows, request.user, SHOWN_IN_COLUMN),
        "counts": selectors.counts(request.user, group),
        "may_add": request.user.has_perm("workinggroups.add_task", group),
    }
    return render(request, "workinggroups/board.html", context)


@login_required
def timeline(request, number):
    """Months × tasks, a year at a time, as a table."""
    group = workspace(request, number)
    form, rows = filtered(request, group)
    first = timelines.month_named(request.GET.get("from", ""))
    rows = timelines.within(rows, first)
    page = Paginator(selectors.with_waits(rows, request.user), PER_PAGE).get_page(request.GET.get("page"))
    kept = {name: value for name, value in request.GET.items() if value and name not in ("page", "from")}
    context = {
        "group": group,
        "form": form,
        "months": timelines.months_from(first),
        "lines": [timelines.line_of(task, first) for task in page],
        "page": page,
        "before": urlencode(kept | {"from": f"{later(first, -12):%Y-%m}"}),
        "after": urlencode(kept | {"from": f"{later(first, 12):%Y-%m}"}),
        "query": urlencode(kept | {"from": f"{first:%Y-%m}"}),
        "may_add": request.user.has_perm("workinggroups.add_task", group),
    }
    return render(request, "workinggroups/timeline.html", context)


@login_required
def add(request, number):
    group = workspace(request, number)
    require(request.user, "workinggroups.add_task", group)
    form = TaskForm(request.POST or None, group=group, user=request.user, initial=begun_with(request.GET))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.add(group, by=request.user, key=form.cleaned_data["key"], **form.fields_of_task()))
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"group": group, "form": form}
    return render(request, "workinggroups/task_form.html", context, status=400 if form.errors else 200)


def begun_with(asked) -> dict[str, str]:
    """What a link to the form says of the new task."""
    return {name: asked[name] for name in ("output", "parent") if name in asked}


@login_required
def change(request, pk):
    found = selectors.task_for(request.user, pk)
    require(request.user, "workinggroups.change_task", found)
    form = TaskForm(request.POST or None, group=found.group, user=request.user, task=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(found, by=request.user, **form.fields_of_task())
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is changed. Whoever has to know is told."))
            return redirect(found)
    context = {"group": found.group, "task": found, "form": form}
    return render(request, "workinggroups/task_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def move(request, pk):
    """Another state, by a button of the board, of the list or of the task's page."""
    found = selectors.task_for(request.user, pk)
    try:
        moved = services.move(found, request.POST.get("state", ""), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        told = {"title": moved.title, "state": moved.get_state_display()}
        messages.success(request, _("“%(title)s”: %(state)s") % told)
    return redirect(back(request, found.get_absolute_url()))


@login_required
def task(request, pk, say=None):
    """What it says, what it waits for, what was said of it, and what became of it."""
    found = selectors.task_for(request.user, pk)
    before, after = selectors.waits_of(request.user, found)
    names = audit.verb_names()
    context = {
        "task": found,
        "group": found.group,
        "whole": selectors.whole_of(request.user, found),
        "parts": selectors.parts_of(request.user, found),
        "before": before,
        "after": after,
        "states": [row for row in Task.State.choices if row[0] != found.state],
        "origin": selectors.origin_of(request.user, found),
        "comments": conversation(found, internal=False),
        "relations": around(request.user, found),
        "events": [(event, names.get(event.verb)) for event in audit.history_of(selectors.LABEL, found.pk)[:50]],
        "say": say or SayForm(),
        "rights": {name: request.user.has_perm(f"workinggroups.{name}", found) for name in RIGHTS},
        "inside": request.user.has_perm("workinggroups.enter_group", found.group),
    }
    return render(request, "workinggroups/task.html", context, status=400 if say else 200)


@login_required
@require_POST
def say(request, pk):
    found = selectors.task_for(request.user, pk)
    form = SayForm(request.POST)
    if not form.is_valid():
        return task(request, pk, say=form)
    services.say(found, form.cleaned_data["text"], by=request.user)
    return redirect(f"{found.get_absolute_url()}#conversation")


@login_required
def my_tasks(request):
    """What is given to the reader or to an organisation she acts for, in every group, the most urgent first."""
    page = Paginator(selectors.mine(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "workinggroups/my_tasks.html", {"page": page})
