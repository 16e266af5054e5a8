"""At the desk: any two questions crossed, as a table and as CSV."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render

from platform_core.ground.reports.tables import csv_response

from .. import pairing, selectors, services
from ..crosses import reading_words
from ..forms.results import PairForm


@login_required
def pairs(request, code):
    found = selectors.managed_for(request.user, code)
    results = selectors.newest_results(found)
    if results is None:
        messages.error(request, " ".join(services.not_computed().messages))
        return redirect("consultations:manage", code=code)
    form = PairForm(request.GET if "rows" in request.GET else None, results=results)
    context = {"consultation": found, "results": results, "form": form}
    if form.is_valid():
        context |= crossed(results, **form.cleaned_data)
    return render(request, "consultations/pairs.html", context, status=400 if form.errors else 200)


def crossed(results, rows, columns):
    read = pairing.read(results)
    told = {"has_changed": read.has_changed}
    if not columns:
        return told | {"strongest": pairing.strongest(results, read.survey, rows)}
    table = pairing.pair(results, read.survey, rows, columns)
    if table is None:
        return told | {"is_empty": True}
    return told | {"cross": pairing.told(results, table, rows, columns), "reading": reading_words()}


@login_required
def pairs_file(request, code):
    found = selectors.managed_for(request.user, code)
    results = selectors.newest_results(found)
    form = PairForm(request.GET, results=results) if results else None
    if form is None or not form.is_valid() or not form.cleaned_data["columns"]:
        raise Http404
    rows, columns = form.cleaned_data["rows"], form.cleaned_data["columns"]
    table = pairing.pair(results, pairing.read(results).survey, rows, columns)
    if table is None:
        raise Http404
    head = pairing.csv_head(results, rows, columns)
    return csv_response(f"{code}-{rows}-{columns}", head, pairing.csv_rows(results, table, rows, columns))
