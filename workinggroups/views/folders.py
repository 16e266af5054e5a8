"""Folders of a library once they are there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from ..forms.documents import FolderChangeForm
from ..selectors import documents as selectors
from ..services import folders as services
from .documents import workspace


@login_required
def change(request, number, folder):
    """Another name, or another place."""
    group = workspace(request, number)
    require(request.user, "workinggroups.add_document", group)
    found = selectors.folder_for(group, folder)
    form = FolderChangeForm(request.POST or None, folder=found)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.change(found, by=request.user, **form.cleaned_data))
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"group": group, "folder": found, "way": selectors.way_to(found), "form": form}
    return render(request, "workinggroups/folder.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def remove(request, number, folder):
    """Pressed twice, it is as if pressed once."""
    group = workspace(request, number)
    found = group.folders.filter(pk=folder).first()
    if found is None:
        return redirect("workinggroups:library", number)
    above = found.parent
    try:
        services.remove(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(found)
    messages.success(request, _("The folder is deleted."))
    return redirect(above or "workinggroups:library", *([] if above else [number]))
