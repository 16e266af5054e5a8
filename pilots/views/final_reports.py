"""Final reports of working groups: read, put together, edited, made into files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve
from workinggroups.selectors.groups import group_for

from ..forms.final_reports import BeginForm, FinaliseForm, SectionForm
from ..selectors import final_reports as selectors
from ..services import final_reports as services

PER_PAGE = 25


def listing(request):
    page = Paginator(selectors.listed(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "pilots/final_reports.html", {"page": page, "groups": selectors.may_begin(request.user)})


@login_required
def begin(request, number):
    group = group_for(request.user, number)
    require(request.user, "pilots.begin_final_report", group)
    form = BeginForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            made = services.begin(group, typed["title"], typed["language"], by=request.user, key=typed["key"])
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is put together from what is stored. Now edit it."))
            return redirect(made)
    context = {"form": form, "group": group}
    return render(request, "pilots/final_report_begin.html", context, status=400 if form.errors else 200)


def report(request, pk):
    found = selectors.report_for(request.user, pk)
    is_signed_in, digest = request.user.is_authenticated, selectors.digest(found)
    context = {
        "report": found,
        "sections": [(section, selectors.is_edited(section)) for section in found.sections.all()],
        "files": [(file, file.sha256 != digest) for file in selectors.files_for(request.user, found)],
        "job": selectors.job_of(found) if is_signed_in else None,
        "may_write": is_signed_in and request.user.has_perm("pilots.write_final_report", found),
        "may_finalise": is_signed_in and request.user.has_perm("pilots.finalise_report", found),
        "finalise_form": FinaliseForm(initial={"sha256": digest}),
    }
    return render(request, "pilots/final_report.html", context)


def file(request, pk, form):
    """The file as it was made; nobody who asks for it starts any work."""
    found = selectors.file_for(request.user, selectors.report_for(request.user, pk), form)
    return serve(request, found.file, f"final-report-{pk}.{form}")


@login_required
def write(request, pk, section=None):
    found = selectors.report_for(request.user, pk)
    require(request.user, "pilots.write_final_report", found)
    held = selectors.section_for(found, section) if section else None
    form = SectionForm(request.POST or None, section=held)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            services.write(found, held, typed["heading"], typed["text"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is kept."))
            return redirect(found)
    context = {"form": form, "report": found, "section": held}
    return render(request, "pilots/final_report_section.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def remove(request, pk, section):
    found = selectors.report_for(request.user, pk)
    services.remove(found, selectors.section_for(found, section), by=request.user)
    messages.success(request, _("The part is removed."))
    return redirect(found)


@login_required
@require_POST
def assemble(request, pk):
    found = selectors.report_for(request.user, pk)
    left = services.assemble(found, by=request.user)
    messages.success(request, _("What nobody has edited is put together anew."))
    if left:
        messages.info(request, _("Left as it was edited: %(names)s") % {"names": ", ".join(left)})
    return redirect(found)


@login_required
@require_POST
def make(request, pk):
    found = selectors.report_for(request.user, pk)
    services.ask_files(found, by=request.user)
    messages.success(request, _("The files are being written. They appear on this page."))
    return redirect(found)


@login_required
@require_POST
def finalise(request, pk):
    found = selectors.report_for(request.user, pk)
    try:
        services.finalise(found, request.POST.get("sha256", ""), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("It is final. Its files are being written and filed in the repository."))
    return redirect(found)
