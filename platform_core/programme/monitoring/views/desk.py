"""Where the lead partner sets periods, targets and owners, and decides on evidence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from ..forms.indicators import IndicatorForm, NewIndicatorForm, PeriodsForm
from ..selectors import handing_in, indicators as selectors
from ..services import indicators as services

RIGHT = "monitoring.change_programme"


@login_required
def desk(request):
    require(request.user, RIGHT)
    context = {
        "periods": list(selectors.periods()),
        "lines": selectors.programme(),
        "waiting": list(handing_in.waiting(request.user)),
    }
    return render(request, "monitoring/desk.html", context)


@login_required
def periods(request):
    require(request.user, RIGHT)
    form = PeriodsForm(request.POST or None)
    if form.is_valid():
        try:
            services.set_periods(form.days, by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The periods are kept."))
            return redirect("monitoring:desk")
    return render(request, "monitoring/periods.html", {"form": form}, status=400 if form.errors else 200)


@login_required
def add(request):
    require(request.user, RIGHT)
    form = NewIndicatorForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.add(by=request.user, **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The indicator is added; what counts already stands in its list."))
            return redirect(made)
    return render(request, "monitoring/indicator_new.html", {"form": form}, status=400 if form.errors else 200)


@login_required
def change(request, code):
    require(request.user, RIGHT)
    found = selectors.indicator_for(code)
    form = IndicatorForm(request.POST or None, indicator=found)
    if form.is_valid():
        try:
            services.change(found, by=request.user, partners=form.own_targets, **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The indicator is kept."))
            return redirect(found)
    context = {"form": form, "indicator": found}
    return render(request, "monitoring/indicator_form.html", context, status=400 if form.errors else 200)
