from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve

from ..forms.handing_in import DecideForm, HandInForm
from ..models import ManualEvidence
from ..selectors import handing_in as selectors, indicators
from ..services import handing_in as services


@login_required
def hand_in(request, code):
    require(request.user, "monitoring.hand_in")
    indicator = indicators.indicator_for(code)
    form = HandInForm(request.POST or None, request.FILES or None, person=request.user)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.hand_in(indicator, file, file.name, by=request.user, **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is handed in; the lead partner decides on it."))
            return redirect(made)
    context = {"form": form, "indicator": indicator}
    return render(request, "monitoring/hand_in.html", context, status=400 if form.errors else 200)


def handed_in(request, pk):
    found = selectors.evidence_for(request.user, pk)
    return page(request, found, DecideForm())


def page(request, found, form, status=200):
    signed_in = request.user.is_authenticated
    rights = ("decide_evidence", "withdraw_evidence", "take_back_evidence", "read_evidence_file")
    context = {
        "evidence": found,
        "indicator": found.indicator,
        "form": form,
        "may": {name: request.user.has_perm(f"monitoring.{name}", found) for name in rights} if signed_in else {},
    }
    return render(request, "monitoring/handed_in.html", context, status=status)


@login_required
def download(request, pk, name=""):
    found = selectors.file_for(request.user, pk)
    return serve(request, found.file, found.file_name)


@login_required
@require_POST
def take_back(request, pk):
    found = selectors.evidence_for(request.user, pk)
    if found.state != ManualEvidence.State.WITHDRAWN:
        services.take_back(found, by=request.user)
    messages.success(request, _("It is taken back."))
    return redirect(found)


@login_required
@require_POST
def decide(request, pk):
    """A second click finds it decided and changes nothing."""
    found = selectors.evidence_for(request.user, pk)
    if found.state in (ManualEvidence.State.APPROVED, ManualEvidence.State.DECLINED):
        return redirect(found)
    return done(request, found, services.approve if request.POST.get("answer") == "approve" else services.decline)


@login_required
@require_POST
def withdraw(request, pk):
    found = selectors.evidence_for(request.user, pk)
    if found.state == ManualEvidence.State.WITHDRAWN:
        return redirect(found)
    return done(request, found, services.withdraw)


def done(request, found, deed):
    form = DecideForm(request.POST)
    if form.is_valid():
        try:
            deed(found, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is decided."))
            return redirect("monitoring:desk")
    return page(request, found, form, status=400)
