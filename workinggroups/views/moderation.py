"""Looking after a forum: categories, what was reported, where threads lie and who sees them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions.models import Category, Thread
from platform_core.exchange.discussions.selectors import threads as discussions
from platform_core.exchange.discussions.services import moderation, threads as services
from platform_core.identity.access.selectors import require

from .. import selectors as groups
from ..forms.forum import CategoryForm, ModerationForm, MoveForm, OpennessForm, SplitForm, TitleForm
from ..selectors import forum as selectors
from .forum import done, sent


def looked_after(request, number: int):
    """A group whose forum the reader looks after."""
    group = groups.group_for(request.user, number)
    require(request.user, "discussions.moderate", Category(forum=group.scope))
    return group


@login_required
def queue(request, number):
    group = looked_after(request, number)
    context = {
        "group": group,
        "reported": discussions.reported(group.scope)[:100],
        "objections": discussions.objections(group.scope)[:100],
    }
    return render(request, "workinggroups/forum_queue.html", context)


@login_required
def categories(request, number, pk=None):
    """The categories of a forum, and a form for a new one or the one named."""
    group = looked_after(request, number)
    rows = discussions.categories(group.scope, archived=True)
    one = get_object_or_404(rows, pk=pk) if pk else None
    begun = {"name": one.name, "about": one.about, "place": one.place, "archived": bool(one.archived_on)} if one else {}
    form = CategoryForm(request.POST or None, initial=begun)
    if sent(request, form, services.keep_category, one, forum=group.scope):
        messages.success(request, _("It is kept."))
        return redirect("workinggroups:forum_categories", number)
    context = {"group": group, "rows": rows, "category": one, "form": form}
    return render(request, "workinggroups/forum_categories.html", context, status=400 if form.errors else 200)


DEEDS = {
    "hide": moderation.hide,
    "leave": moderation.leave,
    "restore": moderation.restore,
    "keep": moderation.keep_hidden,
}


@login_required
def moderate(request, pk):
    """One post with what was said against it, and what can be done."""
    group, found = selectors.post_for(request.user, pk)
    require(request.user, "discussions.moderate", found)
    form = ModerationForm(request.POST or None)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed and form.is_valid() and done(form, performed, deed, found, form.cleaned_data["why"], by=request.user):
        messages.success(request, _("It is kept, and those concerned are told."))
        return redirect("workinggroups:forum_queue", group.pk)
    context = {
        "group": group,
        "thread": found.thread,
        "post": found,
        "form": form,
        "reports": found.reports.select_related("reporter"),
        "hidings": found.hidings.select_related("hidden_by", "author"),
        "hiding": discussions.hiding_of(found),
    }
    return render(request, "workinggroups/post_moderate.html", context, status=400 if form.errors else 200)


def performed(deed, post, why: str, *, by) -> bool:
    deed(post, why, by=by)
    return True


def thread_to(request, pk: int, right: str = "discussions.moderate"):
    found = discussions.thread_for(request.user, pk)
    require(request.user, right, found)
    return found


def show(request, thread, form, kind: str):
    context = {"group": selectors.group_of(request.user, thread), "thread": thread, "form": form, "kind": kind}
    return render(request, "workinggroups/thread_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def put(request, pk):
    """Open, locked, closed; pinned or not."""
    found = thread_to(request, pk)
    state = request.POST.get("state", "")
    pinned = {"yes": True, "no": False}.get(request.POST.get("pinned", ""))
    services.put(found, by=request.user, state=state if state in Thread.State.values else None, pinned=pinned)
    return redirect("workinggroups:thread", pk)


@login_required
def move(request, pk):
    found = thread_to(request, pk)
    begun = {"group": selectors.number_of(found), "category": found.category_id}
    form = MoveForm(request.POST or None, groups=selectors.looked_after(request.user), initial=begun)
    if request.method == "POST" and form.is_valid():
        group, category = form.cleaned_data["group"], form.cleaned_data["category"]
        if done(form, services.move, found, group.scope, category, by=request.user):
            return redirect("workinggroups:thread", pk)
    return show(request, found, form, "move")


@login_required
def split(request, pk):
    found = thread_to(request, pk)
    form = SplitForm(request.POST or None, posts=selectors.choices_of(found))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if made := done(form, services.split, found, typed["posts"], typed["title"], by=request.user):
            return redirect("workinggroups:thread", made.pk)
    return show(request, found, form, "split")


@login_required
def openness(request, pk):
    found = thread_to(request, pk)
    form = OpennessForm(request.POST or None, initial={"openness": found.openness})
    if request.method == "POST" and form.is_valid():
        services.open_to(found, form.cleaned_data["openness"], by=request.user)
        return redirect("workinggroups:thread", pk)
    return show(request, found, form, "openness")


@login_required
def rename(request, pk):
    found = thread_to(request, pk, "discussions.mark_answer")
    form = TitleForm(request.POST or None, initial={"title": found.title})
    if sent(request, form, services.rename, found):
        return redirect("workinggroups:thread", pk)
    return show(request, found, form, "rename")
