"""Where the evaluation of the project is written, reported and followed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from ..forms.project_evaluations import FORMS, EvaluationForm, FollowForm
from ..models import EvaluationRecommendation, ProjectEvaluation
from ..selectors import project_evaluations as selectors
from ..services import project_evaluations as services

TITLES = {
    "questions": lambda: _("Evaluation question"),
    "sources": lambda: _("Interviews, surveys and other sources"),
    "findings": lambda: _("Finding"),
    "recommendations": lambda: _("Recommendation"),
    "reports": lambda: pgettext("a document", "Report"),
}


@login_required
@permission_required("pilots.write_project_evaluation", raise_exception=True)
def new(request):
    form = EvaluationForm(request.POST or None)
    title = _("Begin an evaluation of the project")
    return writing(request, form, lambda: services.begin(by=request.user, **form.typed_for(ProjectEvaluation)), title)


@login_required
def change(request, pk):
    found = selectors.evaluation_to_write(request.user, pk)
    form = EvaluationForm(request.POST or None, thing=found)
    typed = lambda: services.change(found, by=request.user, **form.typed_for(ProjectEvaluation))  # noqa: E731
    return writing(request, form, typed, _("Change the evaluation"), found)


@login_required
def add(request, pk, kind):
    return piece_form(request, selectors.evaluation_to_write(request.user, pk), kind)


@login_required
def change_piece(request, kind, pk):
    piece = selectors.piece_to_write(request.user, kind, pk)
    return piece_form(request, piece.evaluation, kind, piece)


def piece_form(request, evaluation, kind, piece=None):
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, thing=piece, person=request.user, evaluation=evaluation)

    def deed():
        typed = form.typed_for(selectors.PIECES[kind])
        services.keep(evaluation, kind, by=request.user, piece=piece, **typed)
        return evaluation

    return writing(request, form, deed, TITLES[kind](), evaluation)


def writing(request, form, deed, title, evaluation=None):
    if form.is_valid():
        try:
            made = deed()
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is kept."))
            return redirect(made)
    context = {"form": form, "evaluation": evaluation, "title": title}
    return render(request, "pilots/project_evaluation_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def remove(request, kind, pk):
    piece = selectors.piece_to_write(request.user, kind, pk)
    evaluation = piece.evaluation
    try:
        services.remove(piece, kind, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("It is removed."))
    return redirect(evaluation)


@login_required
@require_POST
def publish(request, pk):
    found = selectors.report_for(request.user, pk)
    try:
        services.publish(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("It is published. Its files appear here as soon as they are made."))
    return redirect(found)


@login_required
def follow(request, pk):
    found = selectors.recommendation_for(request.user, pk)
    require(request.user, "pilots.follow_recommendation", found)
    form = FollowForm(request.POST or None, thing=found)

    def deed():
        typed = form.typed_for(EvaluationRecommendation)
        return services.follow(found, by=request.user, state=typed["state"], done=typed["done"])

    return writing(request, form, deed, _("What was done about it"), found.evaluation)
