from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.forms import ReasonForm
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.drafts import selectors as drafts, services as keeping

from . import selectors, services
from .forms import AppointForm, ConcludeForm, ConflictForm, EvaluationForm
from .models import Assessment

KIND = "assessment.evaluation"


def grid(request, code, version):
    """The criteria as published, before anybody is judged by them."""
    found = selectors.grid_for(code, version)
    return render(request, "assessment/grid.html", {"grid": found, "parts": selectors.criteria_by_part(found)})


def assessment(request, pk):
    """Scores and reasons, to those it is open to; while it is open, to who concludes and who has submitted."""
    found = selectors.assessment_for(request.user, pk)
    concludes = request.user.is_authenticated and request.user.has_perm("assessment.conclude", found)
    own = found.evaluations.filter(evaluator=request.user.pk).first() if request.user.is_authenticated else None
    is_shown = found.state == Assessment.State.CONCLUDED or concludes
    context = {
        "assessment": found,
        "kind": selectors.kind_of(found),
        "title": selectors.title(found),
        "address": selectors.subject_address(request.user, found),
        "parts": selectors.parts(found) if is_shown else [],
        "outcome": selectors.outcome_name(found),
        "evaluations": found.evaluations.select_related("evaluator"),
        "concludes": concludes,
        "own": own,
    }
    return render(request, "assessment/assessment.html", context)


@login_required
def mine(request):
    rows = [(row, selectors.title(row.assessment)) for row in selectors.evaluations_of(request.user)]
    return render(request, "assessment/mine.html", {"rows": rows})


@login_required
def evaluate(request, pk):
    """First the declaration of interest, then the criteria; kept at any time, submitted once."""
    found = selectors.evaluation_for(request.user, pk)
    if not request.user.has_perm("assessment.evaluate", found) or found.assessment.state != Assessment.State.OPEN:
        return redirect("assessment:mine" if found.state == "conflict" else found.assessment)
    step = declare if found.state == "asked" else judge
    return step(request, found)


def shown(request, found, template, form, **more):
    context = {
        "evaluation": found,
        "assessment": found.assessment,
        "form": form,
        "title": selectors.title(found.assessment),
        "address": selectors.subject_address(request.user, found.assessment),
        **more,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def declare(request, found):
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["has_conflict"]:
                services.step_back(found, form.cleaned_data["why_conflict"], by=request.user)
                messages.success(request, _("You have stepped back. Thank you for saying so."))
                return redirect("assessment:mine")
            services.keep(found, {}, "", by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect("assessment:evaluate", found.pk)
    return shown(request, found, "assessment/declare.html", form)


def judge(request, found):
    key, make = str(found.pk), partial(EvaluationForm, evaluation=found)
    form, draft = make(request.POST or None), unsent(request, key)
    if draft and request.method == "GET":
        form.initial |= drafts.initial_of(draft, make)
    if request.method == "POST" and form.is_valid():
        deed = services.keep if "keep" in request.POST else services.submit
        try:
            remark = form.cleaned_data["remark"]
            deed(found, form.scores(), remark, by=request.user, evidence=form.evidence())
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            keeping.discard(request.user, KIND, key)
            kept = "keep" in request.POST
            messages.success(request, _("Kept. Nobody sees it before you submit.") if kept else _("Submitted."))
            return redirect("assessment:evaluate", found.pk) if kept else redirect(found.assessment)
    more = {"parts": form.parts(), "draft": draft, "kind": KIND, "key": key}
    return shown(request, found, "assessment/evaluate.html", form, **more)


def unsent(request, key: str):
    """What the evaluator typed and did not send; whoever sees as somebody else sees none of it."""
    return None if getattr(request, "watcher", None) else drafts.draft_of(request.user, KIND, key)


@login_required
@require_POST
def forget(request, pk):
    """Begin again with what is kept."""
    found = selectors.evaluation_for(request.user, pk)
    keeping.discard(request.user, KIND, str(found.pk))
    return redirect("assessment:evaluate", found.pk)


@login_required
def conclude(request, pk):
    found = selectors.assessment_for(request.user, pk)
    if found.state != Assessment.State.OPEN:
        return redirect(found)
    require(request.user, "assessment.conclude", found)
    picture = selectors.picture(found)
    form = ConcludeForm(request.POST or None, outcomes=selectors.allowed_outcomes(found, picture))
    if request.method == "POST" and form.is_valid():
        try:
            services.conclude(found, **form.cleaned_data, by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("Concluded. Whoever asked is told."))
            return redirect(found)
    context = {"assessment": found, "form": form, "picture": picture, "title": selectors.title(found)}
    return render(request, "assessment/conclude.html", context, status=422 if form.errors else 200)


@login_required
def appoint(request, pk):
    """Further evaluators, in place of those who stepped back."""
    found = selectors.assessment_for(request.user, pk)
    if found.state != Assessment.State.OPEN:
        return redirect(found)
    require(request.user, "assessment.conclude", found)
    people = selectors.eligible(selectors.kind_of(found), selectors.subject(found))
    people = people.exclude(pk__in=found.evaluations.values("evaluator"))
    form = AppointForm(request.POST or None, people=people, initial={"due_on": found.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_further(found, **form.cleaned_data, by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect(found)
    context = {"assessment": found, "form": form, "title": selectors.title(found)}
    return render(request, "assessment/appoint.html", context, status=422 if form.errors else 200)


@login_required
def abandon(request, pk):
    """When nobody is left to judge, or the thing was asked about by mistake: it can be asked for again."""
    found = selectors.assessment_for(request.user, pk)
    if found.state != Assessment.State.OPEN:
        return redirect(found)
    require(request.user, "assessment.conclude", found)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.abandon(found, form.cleaned_data["reason"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("Abandoned. It can be asked for again."))
            return redirect(found)
    context = {"assessment": found, "form": form, "title": selectors.title(found)}
    return render(request, "assessment/abandon.html", context, status=422 if form.errors else 200)
