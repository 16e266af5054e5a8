"""What became of the answers: findings of a consultation, for everybody; writing and settling them, for the group."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require
from platform_core.materials.trails import selectors as trails

from .. import selectors, services
from ..evidence import evidence
from ..forms.findings import FindingForm, SettleForm
from ..models import Finding
from ..selectors import findings as found_in

PER_PAGE = 25


@cached_for_guests
def listing(request):
    """Findings of all consultations, to be filtered by topic and state."""
    asked = {name: request.GET.get(name, "") for name in ("topic", "state", "words")}
    page = Paginator(found_in.needs(request.user, **asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "topics": vocabulary.topic_labels(), "states": Finding.State.choices}
    return render(request, "consultations/needs.html", context)


@cached_for_guests
def findings(request, code):
    """What became of your answers."""
    consultation = selectors.consultation_for(request.user, code)
    page = Paginator(found_in.findings_of(request.user, consultation), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    told, related = (
        evidence(consultation, rows),
        trails.around_each(request.user, found_in.FINDING, [row.pk for row in rows]),
    )
    context = {
        "consultation": consultation,
        "page": page,
        "rows": [(row, told.get(row.pk, []), related[row.pk]) for row in rows],
        "may_write": request.user.has_perm("consultations.write_finding", consultation),
    }
    return render(request, "consultations/findings.html", context)


@cached_for_guests
def finding(request, pk):
    found = found_in.finding_for(request.user, pk)
    context = {
        "finding": found,
        "consultation": found.consultation,
        "evidence": evidence(found.consultation, [found]).get(found.pk, []),
        "relations": trails.around(request.user, found),
        "may": {
            right: request.user.has_perm(f"consultations.{right}_finding", found) for right in ("change", "settle")
        },
    }
    return render(request, "consultations/finding.html", context)


@login_required
def write(request, code):
    consultation = selectors.consultation_for(request.user, code)
    require(request.user, "consultations.write_finding", consultation)
    form = FindingForm(request.POST or None, consultation=consultation)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            made = services.write_finding(
                consultation, questions=typed["questions"], key=typed["key"], by=request.user, **form.texts
            )
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The finding is kept, and everybody can read it."))
            return redirect(made)
    return shown(request, form, {"consultation": consultation})


@login_required
def change(request, pk):
    found = found_in.finding_for(request.user, pk)
    require(request.user, "consultations.change_finding", found)
    form = FindingForm(request.POST or None, consultation=found.consultation, finding=found)
    if form.is_valid():
        try:
            services.change_finding(found, questions=form.cleaned_data["questions"], by=request.user, **form.texts)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The finding is changed. Its translations are marked as out of date."))
            return redirect(found)
    return shown(request, form, {"consultation": found.consultation, "finding": found})


@login_required
def settle(request, pk):
    found = found_in.finding_for(request.user, pk)
    require(request.user, "consultations.settle_finding", found)
    form = SettleForm(request.POST or None, finding=found)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            services.settle_finding(found, typed["state"], reason=typed["reason"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is kept. Those who follow the consultation are told."))
            return redirect(found)
    return shown(request, form, {"consultation": found.consultation, "finding": found, "settling": True})


def shown(request, form, context):
    return render(
        request, "consultations/finding_form.html", {**context, "form": form}, status=400 if form.errors else 200
    )
