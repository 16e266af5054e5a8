from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.materials.jobs.selectors import latest

from ..forms.imports import ImportForm
from ..imports import tables
from ..models import Import

MAY_DEPOSIT = permission_required("repository.deposit_record", raise_exception=True)
SHOWN = 100


@login_required
@MAY_DEPOSIT
def imports(request):
    """The template, a place to bring a table to, and the tables brought before."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(tables.bring(form.cleaned_data["file"], by=request.user))
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"form": form, "imports": tables.imports(request.user)[:20]}
    return render(request, "repository/imports.html", context, status=422 if form.errors else 200)


@login_required
@MAY_DEPOSIT
def template(request):
    return tables.template()


@login_required
@MAY_DEPOSIT
def one(request, pk):
    """What was found in a table; while it is worked on, how far that is."""
    brought = tables.import_for(request.user, pk)
    working = {Import.State.NEW: "repository.check_import", Import.State.FILING: "repository.file_import"}
    kind = working.get(Import.State(brought.state))
    context = {
        "brought": brought,
        "job": latest(kind, table=brought.pk) if kind else None,
        "problems": [[line or "–", *rest] for line, *rest in brought.problems[:SHOWN]],
        "head": [_("Line"), _("Column"), _("Problem")],
        "more": max(0, len(brought.problems) - SHOWN),
        "most": tables.TOLD,
    }
    return render(request, "repository/import.html", context)


@login_required
@MAY_DEPOSIT
@require_POST
def file_it(request, pk):
    brought = tables.import_for(request.user, pk)
    try:
        tables.start_filing(brought, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect(brought)
