"""Answers and questions leave and come as files."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import path

from platform_core.ground.ui.problems import show_problem
from platform_core.materials.jobs.selectors import latest

from ..exports import xlsform
from ..forms.exchange import ExportForm
from ..selectors import exchange as selectors
from ..services import exports

SHOWN = 20


@login_required
def exchange(request, code):
    """Ask for a file; the files asked for in the last days."""
    found = selectors.exported_for(request.user, code)
    people = selectors.may_have_people(request.user, found)
    form = ExportForm(request.POST if request.method == "POST" else None, consultation=found, people=people)
    if form.is_valid():
        try:
            return redirect(exports.ask(found, by=request.user, **form.wanted))
        except ValidationError as problem:
            show_problem(problem, form)
    made = [(export, exports.file_name(export)) for export in selectors.exports(request.user, found)[:SHOWN]]
    context = {"consultation": found, "form": form, "exports": made, "may": selectors.rights_to(request.user, found)}
    context["unwritten"] = unwritten(found)
    context["withheld"] = exports.withheld(found)
    return render(request, "consultations/exchange_files.html", context, status=422 if form.errors else 200)


def unwritten(consultation) -> list:
    """What the questions as XLSForm would lack."""
    version = consultation.versions.filter(published_at__isnull=False).last()
    return xlsform.Form(version).notes if version else []


@login_required
def export(request, pk):
    found = selectors.export_for(request.user, pk)
    context = {
        "export": found,
        "consultation": found.consultation,
        "name": exports.file_name(found),
        "job": latest("consultations.export", export=found.pk),
    }
    return render(request, "consultations/exchange_export.html", context)


@login_required
def export_file(request, pk):
    found = selectors.export_for(request.user, pk)
    if not found.file:
        raise Http404
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=exports.file_name(found))


addresses = [
    path("exports/<int:pk>/", export, name="export"),
    path("exports/<int:pk>/file/", export_file, name="export_file"),
    path("<slug:code>/exchange/", exchange, name="exchange"),
]
