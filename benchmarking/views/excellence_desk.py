"""A cluster organisation on its own management, and who has it verified."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.assessment import selectors as assessment
from platform_core.exchange.assessment.forms import AppointForm
from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.forms import ReasonForm
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from ..forms.excellence import GroupForm, SelfForm
from ..models import Label, SelfAssessment
from ..selectors import excellence as selectors, excellence_groups as groups
from ..services import excellence as services
from .excellence import PER_PAGE

RIGHTS = ("assess_management", "submit_management", "call_verifiers", "return_management")


@login_required
def desk(request):
    """One's own cluster organisations; for the lead partner also what waits and which labels end."""
    own = [(one, selectors.of_organisation(request.user, one).first()) for one in selectors.own_clusters(request.user)]
    looks_after = request.user.has_perm("benchmarking.look_after_labels")
    waiting = selectors.to_look_after(request.user) if looks_after else SelfAssessment.objects.none()
    context = {
        "own": own,
        "looks_after": looks_after,
        "page": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
        "labels": selectors.labels_to_look_after(request.user)[:PER_PAGE] if looks_after else [],
    }
    return render(request, "benchmarking/excellence_desk.html", context)


@login_required
@require_POST
def begin(request, code):
    made = services.begin(selectors.cluster_for(request.user, code), by=request.user)
    return redirect("benchmarking:fill_self_assessment", made.pk)


@login_required
def found(request, pk):
    """What was said and found of each indicator, a recommendation for each that is not met, and the label."""
    one = selectors.self_assessment_for(request.user, pk)
    parts = selectors.parts(one)
    if table := asked(request):
        head = [_("Part"), _("Indicator"), _("Own level"), _("Verified"), _("Recommendation")]
        return table(f"cluster-management-{one.organisation.code}", head, cells(parts))
    verification = selectors.verification_of(one)
    may_read = verification and request.user.has_perm("assessment.view_assessment", verification)
    label = selectors.label_of(one.organisation)
    is_own = request.user.has_perm("benchmarking.assess_management", one)
    beside = position(request, one) if is_own and one.state == SelfAssessment.State.VERIFIED else {}
    context = {
        "found": one,
        "parts": lines(parts, beside.get("field")),
        "total": len(one.grid.criteria.all()),
        "unmet": selectors.unmet(one),
        "verification": verification if may_read else None,
        "labels": selectors.labels_of(one.organisation) if is_own else [],
        "label": label,
        **beside,
        "least": selectors.LEAST,
        "others": selectors.of_organisation(request.user, one.organisation).exclude(pk=one.pk),
        "may": {name: request.user.has_perm(f"benchmarking.{name}", one) for name in RIGHTS},
        "may_label": {name: may_label(request, label, name) for name in ("publish_label", "revoke_label")},
    }
    return render(request, "benchmarking/self_assessment.html", context)


def position(request, one: SelfAssessment) -> dict:
    """Where an organisation stands among those it chose of the groups it belongs to."""
    form = GroupForm(request.GET)
    told = groups.compared(one.grid, form.asked(), within=one.organisation_id)
    form.offer(told)
    field = told.field
    return {"form": form, "told": told, "field": field, "band": groups.band(one, field) if field else None}


def may_label(request, label, name: str) -> bool:
    return label is not None and request.user.has_perm(f"benchmarking.{name}", label)


def lines(parts, field):
    """By heading each indicator, its score, and by how many percent of the others it is met."""
    shares = field.shares if field else {}
    return [(part.name, [(one, score, shares.get(one.pk)) for one, score in part.rows]) for part in parts]


def cells(parts):
    for part in parts:
        for criterion, score in part.rows:
            own, verified = (score.value, score.verified) if score else (None, None)
            advice = str(criterion.advice) if score and score.met is False else ""
            figures = [own, None if verified is None else float(verified)]
            yield [part.name, str(criterion.question), *figures, advice]


@login_required
def fill(request, pk):
    """Kept at any time, by anybody of the organisation; submitted by those who look after its profile."""
    one = selectors.self_assessment_for(request.user, pk)
    require(request.user, "benchmarking.assess_management", one)
    if one.state != SelfAssessment.State.DRAFT:
        return redirect(one)
    form = SelfForm(request.POST or None, found=one)
    if form.is_valid():
        deed = services.submit if "submit" in request.POST else services.keep
        try:
            deed(one, form.answers(), by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(
                request, _("Submitted.") if "submit" in request.POST else _("Kept. Nobody outside sees it.")
            )
            return redirect(one)
    may_submit = request.user.has_perm("benchmarking.submit_management", one)
    context = {"form": form, "found": one, "parts": form.parts(), "may_submit": may_submit}
    return render(request, "benchmarking/self_assessment_fill.html", context, status=400 if form.errors else 200)


@login_required
def call_verifiers(request, pk):
    one = selectors.self_assessment_for(request.user, pk)
    if one.state in (SelfAssessment.State.VERIFYING, SelfAssessment.State.VERIFIED):
        return redirect(one)
    require(request.user, "benchmarking.call_verifiers", one)
    people = assessment.eligible(assessment.kind_named(selectors.KIND), one, besides=request.user.pk)
    form = AppointForm(request.POST or None, people=people)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            services.call_verifiers(one, typed["evaluators"], by=request.user, due_on=typed["due_on"])
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The verifiers are asked."))
            return redirect(one)
    return reasoned(request, one, form, _("Ask the verifiers"))


@login_required
def return_it(request, pk):
    one = selectors.self_assessment_for(request.user, pk)
    require(request.user, "benchmarking.return_management", one)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        services.return_it(one, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("It is returned; the organisation is told why."))
        return redirect("benchmarking:excellence_desk")
    return reasoned(request, one, form, _("Return it to the organisation"))


@login_required
def revoke(request, pk):
    label = selectors.label_for(request.user, pk)
    if label.state != Label.State.VALID:
        return redirect("benchmarking:excellence_desk")
    require(request.user, "benchmarking.revoke_label", label)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        services.revoke_label(label, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The label is revoked; the organisation is told why."))
        return redirect("benchmarking:excellence_desk")
    return reasoned(request, label, form, _("Revoke the label"))


def reasoned(request, thing, form, action):
    back = thing.get_absolute_url() if isinstance(thing, SelfAssessment) else ""
    context = {"form": form, "organisation": thing.organisation, "action": action, "back": back}
    return render(request, "benchmarking/excellence_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def publish(request, pk):
    """For everybody on the page of the organisation, or for nobody outside any more."""
    label = services.publish_label(selectors.label_for(request.user, pk), "publish" in request.POST, by=request.user)
    told = _("The label is published.") if label.is_published else _("The label is confidential again.")
    messages.success(request, told)
    return redirect(label.assessment)
