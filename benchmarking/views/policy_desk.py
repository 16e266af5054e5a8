"""Where a group enters the measures of a region, calls raters and follows them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.assessment import selectors as assessment
from platform_core.exchange.assessment.forms import AppointForm
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from workinggroups.selectors.groups import group_for, groups

from ..forms.policies import MeasureForm, PeriodForm
from ..models import Scorecard
from ..selectors import policies as selectors
from ..services import policies as services
from .policies import measures

PER_PAGE = 25


@login_required
def desk(request):
    """Scorecards under way, with how far their raters are."""
    page = Paginator(selectors.desk(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rating = selectors.rating_progress(page)
    context = {
        "page": page,
        "rows": [(row, selectors.area_label(row.area), rating.get(row.pk)) for row in page],
        "groups": writing_groups(request.user, "benchmarking.enter_policies"),
    }
    return render(request, "benchmarking/policies_desk.html", context)


def writing_groups(user, right: str) -> list:
    return [group for group in groups(user) if user.has_perm(right, group)]


@login_required
def begin(request, number):
    return beginning(
        request,
        group_for(request.user, number),
        PeriodForm(request.POST or None),
        right="benchmarking.enter_policies",
        deed=services.begin,
        template="benchmarking/scorecard_begin.html",
    )


def beginning(request, group, form, *, right: str, deed, template: str):
    """The page on which a group begins something with a form; `deed` takes the group and what was typed."""
    require(request.user, right, group)
    if form.is_valid():
        try:
            made = deed(group, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect(made)
    return render(request, template, {"form": form, "group": group}, status=400 if form.errors else 200)


@login_required
def enter(request, pk):
    return measure_form(request, selectors.scorecard_for(request.user, pk))


@login_required
def change(request, pk):
    found = selectors.measure_for(request.user, pk)
    return measure_form(request, found.scorecard, found)


def measure_form(request, scorecard, measure=None):
    require(request.user, "benchmarking.change_scorecard", scorecard)
    form = MeasureForm(request.POST or None, scorecard=scorecard, person=request.user, measure=measure)
    if form.is_valid():
        lines = list(form.cleaned_data["lines"])
        try:
            services.enter(scorecard, by=request.user, lines=lines, measure=measure, **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The measure is kept."))
            return redirect(scorecard)
    context = {"form": form, "scorecard": scorecard, "measure": measure, "area": selectors.area_label(scorecard.area)}
    return render(request, "benchmarking/measure_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def remove(request, pk):
    scorecard = services.remove(selectors.measure_for(request.user, pk), by=request.user)
    messages.success(request, _("The measure is removed."))
    return redirect(scorecard)


@login_required
def call_raters(request, pk):
    """Two people at least, of whom none has an interest in the region."""
    found = selectors.scorecard_for(request.user, pk)
    if found.state != Scorecard.State.DRAFT:
        return redirect(found)
    require(request.user, "benchmarking.call_raters", found)
    people = assessment.eligible(assessment.kind_named(selectors.KIND), found, besides=request.user.pk)
    form = AppointForm(request.POST or None, people=people)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            made = services.call_raters(found, typed["evaluators"], by=request.user, due_on=typed["due_on"])
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The raters are asked. The measures stand as they are from now on."))
            return redirect(made if request.user.has_perm("assessment.view_assessment", made) else found)
    context = {"form": form, "scorecard": found, "area": selectors.area_label(found.area), "measures": measures(found)}
    return render(request, "benchmarking/call_raters.html", context, status=400 if form.errors else 200)
