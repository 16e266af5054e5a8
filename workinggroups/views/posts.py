"""One post: its address, answers to it, its versions, what its author and its readers do with it."""

from itertools import pairwise

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions.selectors import threads as discussions
from platform_core.exchange.discussions.services import moderation, posts as services, threads
from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.comparison import pieces
from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve

from ..forms.forum import ChangeForm, ObjectionForm, ReportForm, TranslationForm
from ..selectors import forum as selectors
from .documents import go_on_from
from .forum import preview, sent, written


def post(request, pk):
    """The address of a post, which stays whatever becomes of its thread."""
    return redirect(place_of(discussions.post_for(request.user, pk)))


def place_of(post) -> str:
    page = discussions.page_of(post)
    address = reverse("workinggroups:thread", args=[post.thread_id])
    return f"{address}{f'?page={page}' if page > 1 else ''}#post-{post.pk}"


@login_required
def answer(request, pk):
    found = discussions.shown_post_for(request.user, pk)
    return written(request, found.thread, answered=found)


def show(request, group, post, form, kind: str, **more):
    context = {"group": group, "thread": post.thread, "post": post, "form": form, "kind": kind, **more}
    return render(request, "workinggroups/post_form.html", context, status=400 if form.errors else 200)


@login_required
def change(request, pk):
    group, found = selectors.post_for(request.user, pk)
    require(request.user, "discussions.change_post", found)
    begun = {"base": found.version, "text": found.text, "language": found.language}
    held = list(found.files.values_list("pk", "name"))
    form = ChangeForm(request.POST or None, request.FILES or None, initial=begun, held=held)
    if sent(request, form, services.change, found):
        return redirect("workinggroups:post", pk)
    if form.is_bound and "preview" not in request.POST:
        go_on_from(form, base=str(found.version))
    return show(request, group, found, form, "change", preview=preview(request, form))


@login_required
def translate(request, pk):
    group, found = selectors.post_for(request.user, pk)
    if not services.may_write(request.user, found.thread) or not found.is_shown:
        raise PermissionDenied
    form = TranslationForm(request.POST or None, initial=begun_translation(found, active_code()))
    if sent(request, form, services.translate, found):
        return redirect("workinggroups:post", pk)
    return show(request, group, found, form, "translate", meanwhile=meanwhile(found, form))


def begun_translation(post, language: str) -> dict:
    held = discussions.translation(post, language)
    told = {"base": held.number, "text": held.text} if held else {"base": 0}
    return told | {"version": post.version, "language": language, "shown": language}


def meanwhile(post, form):
    """The translation that stands where what was typed is to be kept, unless she began with it; then she has seen it."""
    if not form.is_bound:
        return None
    language = form.data.get("language", "")
    held = discussions.translation(post, language)
    number = held.number if held else 0
    seen = (form.data.get("shown"), form.data.get("base")) == (language, str(number))
    go_on_from(form, base=str(number), shown=language, version=str(post.version))
    return None if seen else held


@login_required
def report(request, pk):
    found = discussions.shown_post_for(request.user, pk)
    require(request.user, "discussions.report_post", found)
    form = ReportForm(request.POST or None)
    if sent(request, form, moderation.report, found):
        messages.success(request, _("Thank you. Whoever looks after the forum reads it."))
        return redirect("workinggroups:post", pk)
    return show(request, selectors.group_of(request.user, found.thread), found, form, "report")


@login_required
def objection(request, pk):
    group, found = selectors.post_for(request.user, pk)
    require(request.user, "discussions.change_post", found)
    form = ObjectionForm(request.POST or None)
    if sent(request, form, moderation.object_to, found):
        messages.success(request, _("Your objection is kept, and you are told of the answer."))
        return redirect("workinggroups:post", pk)
    return show(request, group, found, form, "object", hiding=discussions.hiding_of(found))


@login_required
def delete(request, pk):
    """Asked first, then done."""
    group, found = selectors.post_for(request.user, pk)
    require(request.user, "discussions.change_post", found)
    if request.method != "POST":
        return render(
            request, "workinggroups/post_delete.html", {"group": group, "thread": found.thread, "post": found}
        )
    try:
        services.delete(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("workinggroups:post", pk)


@login_required
def history(request, pk):
    """What a post said in each of its versions, and what changed from one to the next."""
    group, found = selectors.post_for(request.user, pk)
    if not found.is_shown or not selectors.may_name(request.user, found.thread):
        raise Http404
    rows = list(discussions.versions(found))
    pairs = [(row, pieces(before.text, row.text)) for row, before in pairwise(rows)]
    context = {"group": group, "thread": found.thread, "post": found, "pairs": pairs, "first": rows[-1]}
    return render(request, "workinggroups/post_history.html", context)


def file(request, pk, number, name):
    found = discussions.shown_post_for(request.user, pk)
    held = get_object_or_404(found.files.select_related("file"), pk=number)
    return serve(request, held.file, held.name)


@login_required
@require_POST
def unmark(request, pk):
    return marked(request, discussions.post_for(request.user, pk), None)


@login_required
@require_POST
def mark(request, pk):
    found = discussions.shown_post_for(request.user, pk)
    return marked(request, found, found)


def marked(request, found, chosen):
    threads.mark_answer(found.thread, chosen, by=request.user)
    return redirect("workinggroups:post", found.pk)
