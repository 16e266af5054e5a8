from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.materials.jobs import selectors as jobs

from .. import publication, selectors, services


@login_required
def listing(request):
    return render(request, "consultations/desk.html", {"consultations": selectors.managed(request.user)})


@login_required
def manage(request, code):
    """Where a consultation stands and what its leader can do next."""
    found = selectors.managed_for(request.user, code)
    rights = ("open", "close", "compute_results", "publish_results")
    context = {
        "consultation": found,
        "sent": selectors.count_responses(found),
        "results": found.results.first(),
        "job": jobs.latest("consultations.statistics", consultation=found.pk),
        "may": {right: request.user.has_perm(f"consultations.{right}", found) for right in rights},
    }
    return render(request, "consultations/manage.html", context)


@login_required
@require_POST
def open_consultation(request, code):
    found = services.open_consultation(selectors.managed_for(request.user, code), by=request.user)
    messages.success(request, _("The consultation is open."))
    return redirect("consultations:manage", code=found.code)


@login_required
@require_POST
def close(request, code):
    found = services.close(selectors.managed_for(request.user, code), by=request.user)
    messages.success(request, _("The consultation is closed; nobody can answer any more."))
    return redirect("consultations:manage", code=found.code)


@login_required
@require_POST
def compute(request, code):
    found = selectors.managed_for(request.user, code)
    services.compute(found, by=request.user)
    return redirect("consultations:manage", code=found.code)


@login_required
@require_POST
def publish(request, code):
    found = selectors.managed_for(request.user, code)
    try:
        record = publication.publish_results(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("consultations:manage", code=found.code)
    messages.success(request, _("The results are published and filed in the repository."))
    return redirect(record)
