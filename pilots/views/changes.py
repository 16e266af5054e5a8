"""What changed in the cluster policy of regions, and what it was learned from."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.cases.selectors import case_about, was_asked
from platform_core.ground.texts.fields import printable
from platform_core.ground.ui.forms import ReasonForm
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve
from platform_core.materials.trails import selectors as trails
from platform_core.people.members.selectors import own_organisations
from repository import selectors as repository

from ..forms.changes import ChangeFilter, ChangeForm, RecordForm
from ..selectors import changes as selectors
from ..services import changes as services
from .filling import clicked

PER_PAGE = 25


@cached_for_guests
def listing(request):
    form = ChangeFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.confirmed(request.user, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in chosen.items() if value})
    return render(request, "pilots/changes.html", {"page": page, "form": form, "query": query})


@cached_for_guests
def change(request, pk):
    found = selectors.change_for(request.user, pk)
    signed_in = request.user.is_authenticated
    names = ("change_change", "confirm_change", "withdraw_change")
    may = {name: request.user.has_perm(f"pilots.{name}", found) for name in names} if signed_in else {}
    context = {
        "change": found,
        "level": vocabulary.term_name("level", found.level),
        "relations": trails.around(request.user, found),
        "can_relate": may.get("change_change", False),
        "may": may,
        "names_sources": may.get("change_change", False) and selectors.names_sources(found),
        "case": case_about(request.user, selectors.LABEL, found.pk) if signed_in else None,
    }
    return render(request, "pilots/change.html", context)


def document(request, pk):
    """The document, for whoever sees the change."""
    found = selectors.change_for(request.user, pk)
    if found.file is None:
        raise Http404
    return serve(request, found.file, found.file_name)


@login_required
def desk(request):
    page = Paginator(selectors.own(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_record": request.user.has_perm("pilots.record_change")}
    return render(request, "pilots/changes_desk.html", context)


@login_required
def record(request):
    """Perhaps from an adoption: `?record=` names the record that was taken over."""
    require(request.user, "pilots.record_change")
    own = own_organisations(request.user)
    begun = from_adoption(request)
    form = RecordForm(request.POST or None, request.FILES or None, begun=begun, person=request.user, organisations=own)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("organisation", "learned", "file", "key")}
        try:
            made = services.record(by=request.user, **told, **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is kept. Ask the authority to confirm it when it is complete."))
            return redirect(made)
    return render(request, "pilots/change_form.html", {"form": form}, status=400 if form.errors else 200)


def from_adoption(request) -> dict:
    """What is known from the adoption of a record: where, since when, and what it was learned from."""
    code = printable(request.GET.get("record", ""))
    found = repository.records(request.user).filter(code=code).first() if code else None
    if found is None:
        return {}
    own = own_organisations(request.user)
    adopted = found.adoptions.filter(organisation__in=own).select_related("region").first()
    topic = found.topics.first()
    begun = {"learned": found.get_absolute_url(), "topic": topic.pk if topic else None}
    if adopted:
        begun |= {"region": adopted.region.code if adopted.region else "", "organisation": adopted.organisation_id}
        begun |= {"text": adopted.adapted}
    return begun


@login_required
def edit(request, pk):
    found = selectors.change_for(request.user, pk)
    require(request.user, "pilots.change_change", found)
    form = ChangeForm(request.POST or None, request.FILES or None, change=found)
    if form.is_valid():
        try:
            services.change(found, by=request.user, file=form.cleaned_data["file"], **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The change is kept."))
            return redirect(found)
    context = {"form": form, "change": found, "may_delete": not was_asked(found)}
    return render(request, "pilots/change_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def delete(request, pk):
    found = selectors.change_for(request.user, pk)
    return clicked(
        request,
        lambda: services.delete(found, by=request.user),
        told=_("The draft is deleted."),
        gone="pilots:changes_desk",
        back=found.get_absolute_url(),
    )


@login_required
@require_POST
def ask(request, pk):
    found = selectors.change_for(request.user, pk)
    if found.state == found.State.ASKED:  # pressed twice
        return redirect(found)
    try:
        services.ask(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The authority is asked to confirm it."))
    return redirect(found)


@login_required
def withdraw(request, pk):
    found = selectors.change_for(request.user, pk)
    require(request.user, "pilots.withdraw_change", found)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        services.withdraw(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is withdrawn and counts no more."))
        return redirect(found)
    context = {"form": form, "change": found}
    return render(request, "pilots/change_withdraw.html", context, status=400 if form.errors else 200)
