from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from ..forms.plan import EvidenceForm, OutputForm, PeriodsForm
from ..models import Output
from ..selectors import plan as selectors
from ..selectors.setups import has_concept_paper
from ..services import plan as services
from .documents import workspace


@login_required
def plan(request, number):
    """Outputs × periods: what is promised, what there is, and what is still to be done."""
    group = workspace(request, number)
    numbers = selectors.numbers(group)
    rows = selectors.plan(request.user, group, numbers)
    if table := asked(request):
        return table(f"plan-{number}", selectors.head(numbers), selectors.lines(rows))
    may_keep = request.user.has_perm("workinggroups.keep_plan", group)
    kinds = [(name, [row for row in rows if row.output.kind == code]) for code, name in Output.Kind.choices]
    context = {
        "group": group,
        "kinds": [one for one in kinds if one[1]],
        "periods": selectors.periods(group, numbers),
        "may_keep": may_keep,
        "has_paper": may_keep and has_concept_paper(group),
    }
    return render(request, "workinggroups/plan.html", context)


@login_required
@require_POST
def take_over(request, number):
    """The tables of the concept paper become outputs of the plan."""
    group = workspace(request, number)
    try:
        made, unread = services.take_over(group, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("workinggroups:plan", number)
    words = ngettext("%(n)s line is taken over.", "%(n)s lines are taken over.", len(made)) % {"n": len(made)}
    messages.success(request, words if made else _("The plan has all of them already."))
    if unread:
        told = _("Please write down targets and periods, which could not be read, for: %(names)s.")
        messages.warning(request, told % {"names": ", ".join(unread)})
    return redirect("workinggroups:plan", number)


@login_required
def periods(request, number):
    group = workspace(request, number)
    require(request.user, "workinggroups.keep_plan", group)
    form = PeriodsForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_periods(group, form.days(), by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect("workinggroups:plan", number)
    context = {"group": group, "form": form}
    return render(request, "workinggroups/plan_periods.html", context, status=400 if form.errors else 200)


@login_required
def add_output(request, number):
    group = workspace(request, number)
    return written(request, Output(group=group))


@login_required
def change_output(request, pk):
    return written(request, selectors.output_for(request.user, pk))


def written(request, output: Output):
    require(request.user, "workinggroups.keep_plan", output.group)
    form = OutputForm(request.POST or None, output=output, numbers=selectors.numbers(output.group))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.keep_output(form.made(), form.targets(), by=request.user))
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"group": output.group, "output": output, "form": form}
    return render(request, "workinggroups/output_form.html", context, status=400 if form.errors else 200)


@login_required
def output(request, pk, form=None):
    """One output: the list behind its number, period by period, and the tasks that lead to it."""
    found = selectors.output_for(request.user, pk)
    context = {
        "group": found.group,
        "output": found,
        "row": selectors.row_of(request.user, found),
        "form": form or EvidenceForm(user=request.user, numbers=selectors.numbers(found.group) or [1]),
        "may_show": request.user.has_perm("workinggroups.show_evidence", found),
        "may_keep": request.user.has_perm("workinggroups.keep_plan", found),
        "may_add": request.user.has_perm("workinggroups.add_task", found.group),
    }
    return render(request, "workinggroups/output.html", context, status=400 if form else 200)


@login_required
@require_POST
def show_evidence(request, pk):
    found = selectors.output_for(request.user, pk)
    form = EvidenceForm(request.POST, user=request.user, numbers=selectors.numbers(found.group) or [1])
    if form.is_valid():
        typed = form.cleaned_data
        try:
            services.show_evidence(found, typed.pop("address"), by=request.user, **typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect(found)
    return output(request, pk, form=form)


@login_required
@require_POST
def drop_evidence(request, pk):
    found = selectors.evidence_for(request.user, pk)
    services.drop_evidence(found, by=request.user)
    messages.success(request, _("It is no longer counted for this output."))
    return redirect(found.output)
