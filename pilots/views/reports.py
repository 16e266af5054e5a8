"""Reports of pilot actions by period: written by the lead, accepted or returned by who looks after the guideline."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.forms import ReasonForm
from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve

from ..forms.reports import ReportForm
from ..models import Report
from ..selectors import reports as selectors
from ..selectors.pilots import workspace_for
from ..services import reports as services
from .filling import clicked, filled
from .workspace import at


@login_required
@require_POST
def begin(request, pk, number):
    pilot = workspace_for(request.user, pk)
    period = selectors.period_for(pilot, number)
    return clicked(
        request,
        lambda: services.begin(pilot, period, by=request.user),
        told=_("The report is begun."),
        back=pilot.desk_address,
    )


@login_required
def report(request, pk):
    found = selectors.report_for(request.user, pk)
    context = {
        "report": found,
        "pilot": found.pilot,
        "rows": selectors.rows_of(found),
        "trail": at(found.pilot),
        "may_write": request.user.has_perm("pilots.write_report", found),
        "may_review": request.user.has_perm("pilots.review_report", found),
    }
    return render(request, "pilots/report.html", context)


@login_required
def write(request, pk):
    """Kept at any time; with the second button it is submitted as well."""
    found = selectors.report_for(request.user, pk)
    if found.state in (Report.State.SUBMITTED, Report.State.ACCEPTED):
        return redirect(found)
    require(request.user, "pilots.write_report", found)
    form = ReportForm(request.POST or None, request.FILES or None, report=found)
    submits, title = "submit" in request.POST, _("Report on period %(number)s") % {"number": found.period.number}

    def done():
        kept = services.keep(found, by=request.user, **form.typed)
        return services.submit(kept, by=request.user) if submits else kept

    return filled(
        request,
        form,
        done,
        told=_("The report is submitted.") if submits else _("The report is kept."),
        template="pilots/report_write.html",
        title=title,
        trail=[*at(found.pilot), (title, found.get_absolute_url())],
        back=found.get_absolute_url(),
        report=found,
    )


@login_required
@require_POST
def accept(request, pk):
    found = selectors.report_for(request.user, pk)
    if found.state == Report.State.ACCEPTED:
        return redirect(found)
    return clicked(
        request,
        lambda: services.accept(found, by=request.user),
        told=_("The report is accepted; its figures do not move any more."),
        back=found.get_absolute_url(),
    )


@login_required
def return_it(request, pk):
    found = selectors.report_for(request.user, pk)
    require(request.user, "pilots.review_report", found)
    form = ReasonForm(request.POST or None)
    return filled(
        request,
        form,
        lambda: services.return_it(found, form.cleaned_data["reason"], by=request.user),
        told=_("The report is returned; the lead is told why."),
        title=_("Return the report"),
        action=_("Return it"),
        trail=at(found.pilot),
        back=found.get_absolute_url(),
    )


@login_required
def file(request, pk):
    figure = selectors.figure_for(request.user, pk)
    return serve(request, figure.file, figure.file_name)
