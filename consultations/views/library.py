"""The library of questions and scales: looking through it, keeping in it, taking from it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..forms.library import CopiesForm, KeepForm, LibraryFilter
from ..models import LibraryEntry
from ..selectors import drafting as versions, library as selectors, setups
from ..services import library
from .editor import done, page, question_of, section_of, to, told

PAGE = 30


@never_cache
@login_required
def listing(request):
    """Everything kept; what a person kept herself she can take out again."""
    form = LibraryFilter(request.GET or None)
    rows = selectors.entries(request.user, **(form.chosen() if form.is_bound else {}))
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for entry in shown:
        entry.may_remove = request.user.has_perm("consultations.remove_from_library", entry)
    context = {"form": form, "page": shown, "query": query_of(request)}
    return render(request, "consultations/library.html", context)


def query_of(request) -> str:
    typed = request.GET.copy()
    typed.pop("page", None)
    return typed.urlencode()


@login_required
@require_POST
def remove(request, pk):
    library.remove(selectors.entry_for(request.user, pk), by=request.user)
    messages.success(request, _("It is out of the library. Questionnaires that took it over keep it."))
    return redirect("consultations:library")


@never_cache
@login_required
def keep(request, code, question):
    """Keep a question, or its scale, for others."""
    found = versions.edited_for(request.user, code)
    part = question_of(versions.draft(found) or versions.newest(found), question)
    form = KeepForm(request.POST if request.method == "POST" else None, question=part)
    if request.method == "POST" and form.is_valid():
        deed = library.keep_scale if form.cleaned_data.get("what") == "scale" else library.keep
        if done(request, form, deed, part, title=form.cleaned_data["title"], topic=found.topic):
            messages.success(request, _("It is in the library."))
            return to(found, f"q-{question}")
    return page(request, found, form, _("Keep it in the library"), part=part)


@never_cache
@login_required
def insert(request, code, section):
    """Questions of the library, or of an earlier consultation, to be taken over by a button each."""
    found = versions.edited_for(request.user, code)
    version = versions.draft_or_404(found)
    home = section_of(version, section)
    if request.method == "POST":
        return take(request, found, section)
    form = LibraryFilter(request.GET or None)
    rows = selectors.entries(request.user, **{**(form.chosen() if form.is_bound else {}), "kind": "question"})
    copies = CopiesForm(request.GET or None, copies=setups.copied_from(request.user))
    earlier = copies.cleaned_data.get("earlier") if copies.is_bound and copies.is_valid() else None
    del form.fields["kind"]
    context = {
        "consultation": found,
        "version": version,
        "section": home,
        "form": form,
        "copies": copies,
        "earlier": earlier,
        "questions": selectors.earlier_questions(request.user, earlier) if earlier else [],
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "query": query_of(request),
    }
    return render(request, "consultations/insert.html", context)


def take(request, found, section):
    try:
        code = library.take_over(found, chosen(request), section, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as problem:
        told(request, problem)
        return redirect(request.path)
    messages.success(request, _("It is taken over, without conditions. Texts in other languages came with it."))
    return to(found, f"q-{code}")


def chosen(request) -> dict:
    """The question whose button was pressed: `entry` of the library, or `question` of the consultation `earlier`."""
    pk, earlier = request.POST.get("entry", ""), request.POST.get("earlier", "")
    if pk.isdecimal() and len(pk) < 18:
        entry = selectors.entry_for(request.user, int(pk))
        if entry.kind == LibraryEntry.Kind.QUESTION:
            return entry.content
    elif earlier.isdecimal() and len(earlier) < 18:
        consultation = setups.copied_from(request.user).filter(pk=int(earlier)).first()
        for question in selectors.earlier_questions(request.user, consultation) if consultation else ():
            if question["code"] == request.POST.get("question"):
                return question
    raise Http404
