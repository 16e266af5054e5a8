"""Where a working group makes a learning mechanism."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.forms import ReasonForm
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from workinggroups.selectors.groups import group_for, groups

from ..forms.mechanisms import AnswerForm, CommentForm, EvidenceForm, MechanismForm, SubmitForm
from ..models import Mechanism
from ..selectors import mechanisms as selectors
from ..services import mechanisms as services
from .mechanisms import shown

PER_PAGE = 25
RIGHTS = ("change", "submit", "comment", "approve", "publish", "withdraw", "delete")


@login_required
def desk(request):
    rows = selectors.under_way(request.user)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "groups": [group for group in groups(request.user) if request.user.has_perm("pilots.begin_mechanism", group)],
    }
    return render(request, "pilots/mechanism_desk.html", context)


@login_required
def begin(request, number):
    group = group_for(request.user, number)
    require(request.user, "pilots.begin_mechanism", group)
    form = MechanismForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["key"]
        made = done(request, form, services.begin, group, key=key, **form.typed)
        if made:
            messages.success(request, _("It is begun. Now say what it is based on."))
            return redirect("pilots:mechanism_work", made.pk)
    context = {"form": form, "group": group}
    return render(request, "pilots/mechanism_form.html", context, status=400 if form.errors else 200)


def done(request, form, deed, *args, **fields):
    """What a deed gives; nothing, with the problem in the form, where it was refused."""
    try:
        return deed(*args, by=request.user, **fields)
    except ValidationError as problem:
        show_problem(problem, form)
        return None


@login_required
def work(request, pk):
    return workbench(request, selectors.made_for(request.user, pk))


def workbench(request, found, **forms):
    """What is written, what is lacking, who was asked, and what was said; `forms` are those that were refused."""
    version = selectors.current(found)
    context = {
        **shown(request, found, version),
        "may": {name: request.user.has_perm(f"pilots.{name}_mechanism", found) for name in RIGHTS},
        "hindrances": services.hindrances(found) if found.state == Mechanism.State.DRAFT else [],
        "versions": selectors.versions(request.user, found),
        "comments": selectors.comments(found),
        "evidence_form": EvidenceForm(person=request.user),
        "submit_form": SubmitForm(),
        "answer_form": AnswerForm(initial={"sha256": version.sha256 if version else ""}),
        "comment_form": CommentForm(),
        "names": request.user.has_perm("members.view_contacts"),
        **forms,
    }
    refused = next(iter(forms.values()), None)
    context["refused"] = refused
    return render(request, "pilots/mechanism_work.html", context, status=400 if refused else 200)


@login_required
def change(request, pk):
    found = selectors.made_for(request.user, pk)
    require(request.user, "pilots.change_mechanism", found)
    form = MechanismForm(request.POST or None, mechanism=found)
    if form.is_valid() and done(request, form, services.change, found, **form.typed):
        messages.success(request, _("It is kept."))
        return redirect("pilots:mechanism_work", pk)
    context = {"form": form, "mechanism": found, "group": found.group, "standing": selectors.current(found)}
    return render(request, "pilots/mechanism_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def link(request, pk):
    found = selectors.made_for(request.user, pk)
    form = EvidenceForm(request.POST, person=request.user)
    if form.is_valid():
        typed = form.cleaned_data
        if done(request, form, services.link, found, typed["address"], note=typed["note"]):
            messages.success(request, _("The evidence is kept."))
            return redirect("pilots:mechanism_work", pk)
    return workbench(request, found, evidence_form=form)


@login_required
@require_POST
def unlink(request, pk, trail):
    services.unlink(selectors.made_for(request.user, pk), trail, by=request.user)
    messages.success(request, _("The evidence is taken away."))
    return redirect("pilots:mechanism_work", pk)


@login_required
@require_POST
def submit(request, pk):
    found = selectors.made_for(request.user, pk)
    form = SubmitForm(request.POST)
    if form.is_valid() and done(request, form, services.submit, found, note=form.cleaned_data["note"]):
        messages.success(request, _("It is frozen as a version, and can be approved. Any change makes that void."))
        return redirect("pilots:mechanism_work", pk)
    return workbench(request, found, submit_form=form)


@login_required
@require_POST
def answer(request, pk):
    found = selectors.made_for(request.user, pk)
    form = AnswerForm(request.POST)
    deed = services.send_back if "return" in request.POST else services.approve
    if form.is_valid():
        typed = form.cleaned_data
        version = done(request, form, deed, found, typed["sha256"], remarks=typed["remarks"])
        if version:
            messages.success(request, answered(version))
            return redirect("pilots:mechanism_work", pk)
    return workbench(request, found, answer_form=form)


def answered(version) -> str:
    if version.state == "approved":
        return _("Version %(number)s is approved.") % {"number": version.number}
    return _("Version %(number)s is returned with your remarks.") % {"number": version.number}


@login_required
@require_POST
def publish(request, pk):
    try:
        services.publish(selectors.made_for(request.user, pk), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("pilots:mechanism_work", pk)
    messages.success(request, _("It is published, and everybody can read it."))
    return redirect("pilots:mechanism", pk)


@login_required
def withdraw(request, pk):
    found = selectors.made_for(request.user, pk)
    if request.method == "POST" and found.state == Mechanism.State.WITHDRAWN:  # pressed twice
        return redirect("pilots:mechanism", pk)
    if found.published is None:
        raise Http404
    require(request.user, "pilots.withdraw_mechanism", found)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and done(request, form, services.withdraw, found, **form.cleaned_data):
        messages.success(request, _("It is withdrawn; its address says why."))
        return redirect("pilots:mechanism", pk)
    context = {"form": form, "mechanism": found, "topic": found.group.topic}
    return render(request, "pilots/mechanism_withdraw.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def comment(request, pk):
    found = selectors.made_for(request.user, pk)
    form = CommentForm(request.POST)
    version = selectors.current(found)
    if form.is_valid():
        told = {"version": str(version.number) if version else ""}
        if done(request, form, services.comment, found, form.cleaned_data["text"], **told):
            messages.success(request, _("Your comment is kept."))
            return redirect("pilots:mechanism_work", pk)
    return workbench(request, found, comment_form=form)


@login_required
@require_POST
def delete(request, pk):
    try:
        services.delete(selectors.made_for(request.user, pk), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("pilots:mechanism_work", pk)
    messages.success(request, _("It is deleted."))
    return redirect("pilots:mechanism_desk")
