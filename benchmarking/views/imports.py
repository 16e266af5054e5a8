"""The desk of those who bring figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.jobs.selectors import latest

from ..forms.datasets import DataSetForm
from ..forms.imports import BringForm, ReadingForm, TakeForm
from ..imports.words import FORMATS, flag_words, notes_said, said
from ..selectors import datasets as selectors, indicators as catalogue
from ..services import datasets, imports

PER_PAGE = 25


@login_required
def desk(request):
    page = Paginator(selectors.looked_after(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_add": request.user.has_perm("benchmarking.add_indicator")}
    return render(request, "benchmarking/data_desk.html", context)


@login_required
def begin(request):
    groups = catalogue.groups_for(request.user, "benchmarking.begin_data_set")
    form = DataSetForm(request.POST or None, groups=groups)
    if form.is_valid():
        group = next(one for one in groups if one.pk == form.cleaned_data["group"])
        try:
            made = datasets.begin(group, by=request.user, key=form.cleaned_data["key"], **form.fields_of_data_set)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect("benchmarking:bring_data", made.code)
    return render(request, "benchmarking/data_set_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def change(request, code):
    found = selectors.data_set_for(request.user, code)
    require(request.user, "benchmarking.change_data_set", found)
    form = DataSetForm(request.POST or None, data_set=found)
    if form.is_valid():
        try:
            datasets.change(found, by=request.user, **form.fields_of_data_set)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The description is changed. Its translations are marked as out of date."))
            return redirect(found)
    context = {"form": form, "data_set": found}
    return render(request, "benchmarking/data_set_form.html", context, status=422 if form.errors else 200)


@login_required
def bring(request, code):
    """A file for a data set, and the files brought before that wait for a decision."""
    found = selectors.data_set_for(request.user, code)
    require(request.user, "benchmarking.import_data", found)
    form = BringForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            return redirect(imports.bring(form.cleaned_data["file"], found, by=request.user))
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"form": form, "data_set": found, "waiting": selectors.imports_of(request.user, found)[:PER_PAGE]}
    return render(request, "benchmarking/data_bring.html", context, status=422 if form.errors else 200)


@login_required
def brought(request, pk, form=None, take_form=None):
    """What is in the file and what is wrong with it; while it is worked on, how far that is."""
    found = selectors.import_for(request.user, pk)
    if found.version:
        return redirect(found.version)
    storing = latest(imports.STORE, brought=pk)
    job = storing if storing and not found_again(storing, pk) else latest(imports.LOOK, brought=pk)
    seen = found.found
    context = {
        "brought": found,
        "data_set": found.data_set,
        "job": job if job and (not job.is_over or job.state == "failed") else None,
        "found": seen,
        "unreadable": said(**seen["unreadable"]) if "unreadable" in seen else "",
        "format": FORMATS.get(seen.get("format", ""), ""),
        "problems": problems(seen),
        "more": sum(seen.get("problems", {}).get("counts", {}).values()) - len(problems(seen)),
        "notes": notes_said(seen.get("notes", [])),
        "flags": [(flag, flag_words(flag), count) for flag, count in seen.get("flags", {}).items()],
        "form": form or (ReadingForm(found=seen, catalogue=names(request.user)) if seen.get("columns") else None),
        "take_form": take_form or TakeForm(),
        "head": [_("Row"), _("Column"), _("What is wrong, and how to mend it")],
    }
    return render(request, "benchmarking/data_import.html", context, status=422 if form else 200)


def found_again(storing, pk) -> bool:
    """Whether the file was looked at anew since it was to be stored."""
    look = latest(imports.LOOK, brought=pk)
    return bool(look and look.created_at > storing.created_at)


def problems(seen) -> list[list]:
    told = seen.get("problems", {}).get("told", [])
    return [[one["row"] or "–", one["column"] or "–", said(one["code"], one["told"])] for one in told]


def names(user) -> dict[str, str]:
    return {row.code: str(row.name) for row in catalogue.indicators(user).select_related(None).only("code", "name")}


@login_required
@require_POST
def read_as(request, pk):
    found = selectors.import_for(request.user, pk)
    form = ReadingForm(request.POST, found=found.found, catalogue=names(request.user))
    if not found.found.get("columns"):
        return redirect(found)
    if not form.is_valid():
        return brought(request, pk, form=form)
    try:
        imports.read_as(found, form.chosen, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect(found)


@login_required
@require_POST
def take(request, pk):
    found = selectors.import_for(request.user, pk)
    form = TakeForm(request.POST)
    if not form.is_valid():
        return brought(request, pk, take_form=form)
    try:
        imports.take(found, by=request.user, note=form.cleaned_data["note"])
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect(found)


@login_required
@require_POST
def give_up(request, pk):
    found = selectors.import_for(request.user, pk)
    imports.give_up(found, by=request.user)
    messages.success(request, _("The file was deleted."))
    return redirect("benchmarking:bring_data", found.data_set.code)


@login_required
@require_POST
def publish(request, code, number):
    found = selectors.version_for(request.user, code, number)
    datasets.publish(found, by=request.user)
    messages.success(request, _("The version is published; everybody can compute with it."))
    return redirect(found)
