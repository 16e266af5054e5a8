"""Versions of the questions: their history, what the next one changes, and publishing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..forms.approvals import PublishForm
from ..selectors import drafting as selectors, opening
from ..services import drafting as services
from ..services.versions import publish_version
from ..structure import canonical_json
from .editor import done, told


@never_cache
@login_required
def versions(request, code):
    """Every version; with a draft beside a published one, what would change, and for those who decide its publication."""
    found = selectors.read_for(request.user, code)
    draft = selectors.draft(found)
    changes = opening.comparison(found)
    breaking = any(change.breaks for change in changes)
    may_publish = bool(changes) and request.user.has_perm("consultations.publish_version", found)
    form = PublishForm(request.POST or None, breaking=breaking, initial={"seen": draft.sha256 if draft else ""})
    if request.method == "POST":
        if not may_publish:
            raise Http404
        if form.is_valid() and done(request, form, publish_version, found, **form.cleaned_data):
            messages.success(request, _("The new version is open. Answers given so far keep theirs."))
            return redirect("consultations:versions", code)
    context = {
        "consultation": found,
        "versions": found.versions.order_by("-number"),
        "draft": draft,
        "compares": draft is not None and draft.number > 1,
        "changes": changes,
        "breaking": breaking,
        "hindrances": opening.hindrances(found) if changes else [],
        "form": form if may_publish else None,
        "may_drop": draft is not None and draft.number > 1 and request.user.has_perm("consultations.edit", found),
    }
    return render(request, "consultations/versions.html", context, status=400 if form.errors else 200)


@login_required
def download(request, code, number):
    """One version as canonical JSON: the bytes its fingerprint is of."""
    found = selectors.read_for(request.user, code)
    version = get_object_or_404(found.versions, number=number)
    file = HttpResponse(canonical_json(version.structure), content_type="application/json")
    file["Content-Disposition"] = content_disposition_header(True, f"{found.code}-v{version.number}.json")
    return file


@login_required
@require_POST
def begin(request, code):
    found = selectors.edited_for(request.user, code)
    services.begin_version(found, by=request.user)
    return redirect(found.questions_address)


@login_required
@require_POST
def drop(request, code):
    found = selectors.edited_for(request.user, code)
    try:
        services.drop_version(found, by=request.user)
    except ValidationError as problem:
        told(request, problem)
    return redirect("consultations:versions", code)
