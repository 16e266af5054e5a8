"""Before publication: which questions are told, what the page will look like in each language; then the deed itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import content_code
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve
from platform_core.materials.jobs import selectors as jobs

from .. import publication, reports, selectors, services
from ..forms.results import PublicationForm
from ..presentation import choice_sections, readings, reports_by_language


@login_required
def publish(request, code):
    """The page with a checkbox per question; its buttons keep the choice, or publish."""
    found = selectors.managed_for(request.user, code)
    require(request.user, "consultations.publish_results", found)
    results = selectors.newest_results(found)
    if results is None:
        messages.error(request, " ".join(services.not_computed().messages))
        return redirect("consultations:manage", code=code)
    form = PublicationForm(request.POST if request.method == "POST" else None, results=results)
    if form.is_valid() and (done := kept(request, found, form)):
        return done
    context = {
        "consultation": found,
        "results": results,
        "has_changed": selectors.input_changed(results),
        "form": form,
        "sections": choice_sections(results, form.chosen),
        "readings": readings(found),
        "reports": reports_by_language(results),
        "job": jobs.latest(reports.KIND, results=results.pk),
    }
    return render(request, "consultations/publish.html", context, status=400 if form.errors else 200)


def kept(request, consultation, form):
    try:
        publication.leave_out(form.stored, form.left_out, by=request.user)
        if "publish" not in request.POST:
            messages.success(request, _("Your choice is kept. The previews below show it."))
            return redirect("consultations:publish", code=consultation.code)
        record = publication.publish_results(consultation, by=request.user)
    except ValidationError as problem:
        show_problem(problem, form)
        return None
    messages.success(request, _("The results are published and filed in the repository."))
    return redirect(record)


@login_required
@require_POST
def ask_report(request, code):
    found = selectors.managed_for(request.user, code)
    try:
        reports.ask(found, content_code(request.POST.get("language", "")), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("consultations:publish", code=code)


def report(request, code, language, form):
    """The file as it was made; nobody who asks for it starts any work."""
    found = selectors.consultation_for(request.user, code)
    kept = selectors.report_for(request.user, found, language, form)
    return serve(request, kept.file, f"{code}-{language}.{form}")
