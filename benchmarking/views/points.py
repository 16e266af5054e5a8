"""Points from which weights are made: each of the group gives her own, and sees how far people differ."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem

from .. import diagnosis
from ..forms.methods import PointsForm
from ..selectors import benchmarks as selectors
from ..services import points as services
from .benchmarks import done


@never_cache
@login_required
def points(request, code):
    found = selectors.read_for(request.user, code)
    may = request.user.has_perm("benchmarking.give_points", found)
    nodes, given = selectors.nodes(found), selectors.own_points(found, request.user)
    form = PointsForm(request.POST or None, benchmark=found, nodes=nodes, given=given)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if form.is_valid():
            try:
                services.give(found, form.numbers(), by=request.user)
            except ValidationError as problem:
                show_problem(problem, form)
            else:
                messages.success(request, _("Your points are kept. You can change them until it is published."))
                return redirect("benchmarking:points", code)
    context = {
        "benchmark": found,
        "form": form,
        "may": may,
        "given": given,
        "people": selectors.people_who_gave(found),
        "spread": diagnosis.spread(found, nodes),
    }
    return render(request, "benchmarking/points.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def withdraw(request, code):
    found = selectors.read_for(request.user, code)
    done(request, services.withdraw, found, success=_("Your points are taken out."))
    return redirect("benchmarking:points", code)
