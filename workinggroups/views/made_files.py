"""Files made for one person: how far they are, and fetching them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render

from platform_core.materials.jobs.selectors import latest

from ..selectors import made_files as selectors
from ..services import made_files as services


def asked(request, kind, ending, back, **subject):
    """Asked for; its page says how far it is."""
    try:
        return redirect(services.ask(kind, ending, by=request.user, **subject))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(*back)


@login_required
def listing(request):
    """What was made for her and can still be fetched."""
    return render(request, "workinggroups/made_files.html", {"files": selectors.made_files(request.user)[:100]})


@login_required
def made(request, pk):
    """How far the file is, and the file once it is there; for who asked for it alone."""
    found = selectors.made_for(request.user, pk)
    job = latest("workinggroups.made_file", made=found.pk)
    context = {"made": found, "group": found.group, "job": job, "is_open": selectors.is_open(found)}
    return render(request, "workinggroups/made_file.html", context)


@login_required
def file(request, pk):
    found = selectors.made_for(request.user, pk)
    if not found.file or not selectors.is_open(found):
        raise Http404
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
