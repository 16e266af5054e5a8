"""Reports of periods: told by partners, frozen, approved, and read by everybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import asked
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.languages import native_name
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve
from platform_core.materials.jobs import selectors as jobs

from .. import paper
from ..forms.reports import ApproveForm, IntroductionForm, NarrativeForm
from ..selectors import indicators, reports as selectors
from ..services import reports as services

PER_PAGE = 50
RIGHTS = ("make_report", "approve_report", "file_report")


@cached_for_guests
def reports(request):
    may_make = request.user.is_authenticated and request.user.has_perm("monitoring.make_report")
    context = {"rows": selectors.periods_with(request.user), "may_make": may_make}
    return render(request, "monitoring/reports.html", context)


@login_required
@require_POST
def begin(request, code):
    try:
        made = services.begin(indicators.period_for(code), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("monitoring:periods")
    messages.success(request, _("The report is begun; the contacts of all full members are told."))
    return redirect(made)


@cached_for_guests
def report(request, code):
    return page(request, selectors.report_for(request.user, code))


def page(request, found, form=None, status=200):
    signed_in = request.user.is_authenticated
    own = selectors.own_narrative(request.user, found)
    context = {
        "report": found,
        "period": found.period,
        "figures": selectors.figures(found),
        "narratives": selectors.narratives(found),
        "silent": selectors.silent_partners(found) if signed_in and found.state == "open" else [],
        "form": form or ApproveForm(initial={"digest": found.digest}),
        "fresh": ApproveForm(initial={"digest": found.digest}),
        "may": {name: request.user.has_perm(f"monitoring.{name}", found) for name in RIGHTS} if signed_in else {},
        "may_tell": own is not None and request.user.has_perm("monitoring.write_narrative", own),
        "files": [
            (language, native_name(interface_code(language)), made)
            for language, made in selectors.files_of(found).items()
        ],
        "job": latest_job(request.user, found) if signed_in else None,
    }
    return render(request, "monitoring/report.html", context, status=status)


def latest_job(user, report):
    """What is being done for it: its figures are frozen, or its files made."""
    if report.state == "open":
        return jobs.latest(services.FREEZE, report=report.pk)
    return jobs.latest(services.FILES, report=report.pk) if user.has_perm("monitoring.file_report", report) else None


@cached_for_guests
def figure(request, code, indicator):
    """A frozen number and the list it is the length of."""
    proof = selectors.proof_for(request.user, code, indicator)
    if table := asked(request):
        return table(f"report-{code}-{indicator}", paper.evidence_head(), paper.figure_rows(proof.figure))
    shown = Paginator(proof.entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "figure": proof.figure,
        "report": proof.figure.report,
        "proof": proof,
        "page": shown,
        "people": [(choice.label, choice.count) for choice in proof.people.countries],
    }
    return render(request, "monitoring/figure.html", context)


@login_required
def tell(request, code):
    found = selectors.report_for(request.user, code)
    narrative = selectors.own_narrative(request.user, found)
    if narrative is None:
        raise Http404
    require(request.user, "monitoring.write_narrative", narrative)
    form = NarrativeForm(request.POST or None, narrative=narrative)
    if form.is_valid():
        services.tell(found, narrative.organisation, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Your part of the report is kept."))
        return redirect(found)
    context = {"form": form, "report": found, "title": _("What your organisation did"), "name": narrative.organisation}
    return render(request, "monitoring/report_form.html", context, status=400 if form.errors else 200)


@login_required
def introduce(request, code):
    found = selectors.report_for(request.user, code)
    require(request.user, "monitoring.make_report", found)
    form = IntroductionForm(request.POST or None, report=found)
    if form.is_valid():
        try:
            services.introduce(found, form.cleaned_data["introduction"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The introduction is kept."))
            return redirect(found)
    context = {"form": form, "report": found, "title": _("Introduction")}
    return render(request, "monitoring/report_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def freeze(request, code):
    found = selectors.report_for(request.user, code)
    try:
        services.ask_freeze(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect(found)


@login_required
@require_POST
def reopen(request, code):
    found = services.reopen(selectors.report_for(request.user, code), by=request.user)
    messages.success(request, _("The report is open again; its figures will be frozen anew."))
    return redirect(found)


@login_required
@require_POST
def approve(request, code):
    """A second click finds it approved."""
    found = selectors.report_for(request.user, code)
    if found.state == "approved":
        return redirect(found)
    form = ApproveForm(request.POST)
    if form.is_valid():
        try:
            services.approve(found, by=request.user, digest=form.cleaned_data["digest"])
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is approved, and everybody can read it. Its files are being made."))
            return redirect(found)
    return page(request, found, form, status=400)


@login_required
@require_POST
def ask_files(request, code):
    found = selectors.report_for(request.user, code)
    services.ask_files(found, by=request.user)
    messages.success(request, _("The files are being made in every language. They appear on this page."))
    return redirect(found)


def download(request, code, form, language=""):
    found = selectors.file_for(request.user, code, form, language)
    return serve(request, found.file, f"period-{code}-{found.language}.{form}")
