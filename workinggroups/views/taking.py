"""Documents leave the workspace: a folder as a zip, a version by a secret link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve

from ..selectors import documents, sharing as selectors
from ..services import sharing as services
from .documents import workspace
from .made_files import asked


@login_required
@require_POST
def ask_pack(request, number, folder=None):
    group = workspace(request, number)
    found = documents.folder_for(group, folder) if folder else None
    return asked(request, "folder", "zip", (group,), group=group, folder=found)


@login_required
def share(request, pk):
    """Links that open one version for a time: those there are, a new one, and the end of one."""
    found = documents.document_for(request.user, pk)
    require(request.user, "workinggroups.share_document", found)
    address = ""
    if request.method == "POST":
        days = request.POST.get("days", "")
        try:
            secret = services.share(found, by=request.user, days=int(days) if days.isdecimal() and len(days) < 4 else 0)
            address = request.build_absolute_uri(reverse("workinggroups:shared", args=[secret]))
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
    context = {"document": found, "links": selectors.links(found), "address": address, "days": services.DAYS}
    return render(request, "workinggroups/share.html", context)


@login_required
@require_POST
def end_sharing(request, pk, link):
    found = documents.document_for(request.user, pk)
    services.end(found, get_object_or_404(selectors.links(found), pk=link), by=request.user)
    return redirect("workinggroups:share", pk)


@never_cache
def shared(request, secret):
    """One version for whoever holds the link; nothing of the workspace around it."""
    version = selectors.shared_version(secret)
    context = {"version": version, "document": version.document, "secret": secret}
    return render(request, "workinggroups/shared.html", context)


@never_cache
def shared_file(request, secret, name):
    version = selectors.shared_version(secret)
    if version.file is None:
        raise Http404
    return serve(request, version.file, version.name)
