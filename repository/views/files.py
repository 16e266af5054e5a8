"""The files of a record: taking them along, looking into them, asking for those that are not open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.files.selectors import reading
from platform_core.materials.files.serving import serve, serve_preview

from .. import file_requests, selectors
from ..forms.file_requests import FileRequestForm
from . import using


def download(request, code, pk, name=""):
    attached = selectors.file_for(request.user, code, pk)
    return using.used(serve(request, attached.file, attached.name), attached.record, "downloads")


def of_version(request, code, number, place, name):
    kept, stored, own_name = selectors.version_file(request.user, code, number, place)
    return using.used(serve(request, stored, own_name), kept.record, "downloads")


@login_required
def proposed(request, code, pk, name):
    stored, own_name = selectors.proposed_file(request.user, code, pk)
    return serve(request, stored, own_name)


def pages(request, code, pk):
    """One page of a file at a time, as a picture and as text."""
    attached = selectors.file_for(request.user, code, pk)
    context = {"record": attached.record, "attached": attached, **reading(attached.file, request.GET)}
    return render(request, "repository/pages.html", context)


def picture(request, code, pk, number):
    return serve_preview(request, selectors.file_for(request.user, code, pk).file, number)


@login_required
def ask(request, code):
    """Ask whoever deposited a record for files that are not open to all."""
    found = selectors.record_for(request.user, code)
    require(request.user, "repository.ask_files", found)
    if selectors.sees_files(request.user, found):
        return redirect(found)
    form = FileRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and asked(request, found, form):
        return redirect(found)
    context = {"record": found, "form": form}
    return render(request, "repository/files_ask.html", context, status=400 if form.errors else 200)


def asked(request, found, form) -> bool:
    try:
        file_requests.ask(found, by=request.user, purpose=form.cleaned_data["purpose"])
    except ValidationError as problem:
        show_problem(problem, form)
        return False
    messages.success(request, _("Your request is sent. You will be told of the answer."))
    return True
