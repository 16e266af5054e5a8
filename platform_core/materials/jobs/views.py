from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from . import selectors, services


@login_required
def show(request, pk):
    """A job's progress: the whole page, or the moving part alone when htmx polls for it."""
    job = selectors.job_for(request.user, pk)
    template = "jobs/progress.html" if request.htmx else "jobs/show.html"
    return render(request, template, {"job": job})


@login_required
@require_POST
def retry(request, pk):
    job = selectors.job_for(request.user, pk)
    services.retry(job)
    return redirect(job)
