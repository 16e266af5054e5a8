"""How the project is evaluated while it runs, for everybody to read."""

from django.core.paginator import Paginator
from django.shortcuts import render

from platform_core.materials.files.serving import serve

from ..models import EvaluationReport
from ..selectors import project_evaluations as selectors

PER_PAGE = 25


def listing(request):
    page = Paginator(selectors.evaluations(request.user), PER_PAGE).get_page(request.GET.get("page"))
    may_write = request.user.has_perm("pilots.write_project_evaluation")
    return render(request, "pilots/project_evaluations.html", {"page": page, "may_write": may_write})


def evaluation(request, pk):
    found = selectors.evaluation_for(request.user, pk)
    user = request.user
    context = {
        "evaluation": found,
        "answered": selectors.answered(user, found),
        "recommendations": selectors.recommendations(user).filter(evaluation=found),
        "reports": selectors.reports(user).filter(evaluation=found),
        "may_write": user.has_perm("pilots.write_project_evaluation", found),
    }
    return render(request, "pilots/project_evaluation.html", context)


def report(request, pk):
    found = selectors.report_for(request.user, pk)
    is_published = found.state == EvaluationReport.State.PUBLISHED
    if not is_published:
        found.content = selectors.content_of(found.evaluation)
    context = {
        "report": found,
        "evaluation": found.evaluation,
        "files": found.files.all(),
        "may_write": not is_published and request.user.has_perm("pilots.write_project_evaluation", found.evaluation),
        "may_publish": request.user.has_perm("pilots.publish_evaluation_report", found),
        **selectors.kept(found),
    }
    return render(request, "pilots/evaluation_report.html", context)


def file(request, pk, language, form):
    found = selectors.file_for(request.user, pk, language, form)
    return serve(request, found.file, f"evaluation-{pk}-{language}.{form}")


def recommendation(request, pk):
    found = selectors.recommendation_for(request.user, pk)
    may_follow = request.user.is_authenticated and request.user.has_perm("pilots.follow_recommendation", found)
    context = {"recommendation": found, "evaluation": found.evaluation, "may_follow": may_follow}
    return render(request, "pilots/evaluation_recommendation.html", context)
