"""Where a group writes and approves SWOTs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from workinggroups.selectors.groups import group_for

from ..forms.swots import ApproveForm, BeginForm, EntryForm
from ..models import Swot
from ..selectors import swots as selectors
from ..selectors.policies import area_label
from ..services import swots as services
from .policy_desk import PER_PAGE, beginning, writing_groups


@login_required
def desk(request):
    page = Paginator(selectors.under_way(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, area_label(row.area)) for row in page],
        "groups": writing_groups(request.user, "benchmarking.begin_swot"),
    }
    return render(request, "benchmarking/swots_desk.html", context)


@login_required
def begin(request, number):
    return beginning(
        request,
        group_for(request.user, number),
        BeginForm(request.POST or None),
        right="benchmarking.begin_swot",
        deed=services.begin,
        template="benchmarking/swot_begin.html",
    )


@login_required
def write(request, pk):
    return entry_form(request, selectors.swot_for(request.user, pk))


@login_required
def change(request, pk):
    found = selectors.entry_for(request.user, pk)
    return entry_form(request, found.swot, found)


def entry_form(request, swot, entry=None):
    require(request.user, "benchmarking.change_swot", swot)
    form = EntryForm(request.POST or None, person=request.user, entry=entry)
    if form.is_valid():
        key = form.cleaned_data["key"]
        try:
            services.write(swot, by=request.user, evidence=form.evidence, key=key, entry=entry, **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The point is kept."))
            return redirect(swot)
    context = {"form": form, "swot": swot, "entry": entry, "area": area_label(swot.area)}
    return render(request, "benchmarking/swot_entry_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def remove(request, pk):
    swot = services.remove(selectors.entry_for(request.user, pk), by=request.user)
    messages.success(request, _("The point is removed."))
    return redirect(swot)


@login_required
def approve(request, pk):
    """What is approved is what was shown: points changed meanwhile are looked at once more."""
    found = selectors.swot_for(request.user, pk)
    if found.state == Swot.State.APPROVED:
        return redirect(found)
    require(request.user, "benchmarking.approve_swot", found)
    form = ApproveForm(request.POST or None, swot=found)
    if form.is_valid():
        try:
            services.approve(found, by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is approved, and everybody can read it."))
            return redirect(found)
    rows = selectors.with_cited(request.user, selectors.entries_of(request.user, found))
    context = {"form": form, "fresh": ApproveForm(swot=found), "swot": found, "area": area_label(found.area)}
    context["quadrants"] = selectors.quadrants(rows)
    return render(request, "benchmarking/swot_approve.html", context, status=400 if form.errors else 200)
