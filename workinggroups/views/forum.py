"""The forum of a group: its threads, one thread, what is written in it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions.models import Category, Thread
from platform_core.exchange.discussions.selectors import threads as discussions
from platform_core.exchange.discussions.services import posts as writing, threads as services
from platform_core.exchange.messaging.selectors.notices import would_be_told
from platform_core.ground.texts.codes import CODES, active_code, language_choices
from platform_core.ground.texts.markdown import render_markdown
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.drafts.views import kept
from platform_core.programme.search import listing, selectors as search
from platform_core.programme.search.selectors import Question

from .. import selectors as groups
from ..forms.forum import PostForm, ThreadForm
from ..selectors import forum as selectors
from .wiki import layout_for, unsent

PER_PAGE = 30
KIND = "workinggroups.post"


def forum(request, number):
    """Threads a person sees, or those in which words are found."""
    group = groups.group_for(request.user, number)
    asked = filters_of(request)
    rows = discussions.in_forum(request.user, group.scope, **asked)
    if "unread" in request.GET:
        rows = rows.filter(is_unread=True)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    context = {
        "group": group,
        "layout": layout_for(request.user, group),
        "categories": discussions.seen_categories(request.user, group.scope),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked | {"unread": "unread" in request.GET},
        "words": words,
        "found": found(request, number, words) if words else None,
        "languages": language_choices(),
        "query": request.GET.urlencode(),
        "named": request.user.has_perm("members.view_contacts"),
        "feed": listing.feed_address("feed_search", QueryDict(f"topic={number}"), selectors.LABEL),
        **standing(request.user, group),
    }
    return render(request, "workinggroups/forum.html", context)


def standing(user, group) -> dict:
    """What the reader may do in a forum, and what waits for her there."""
    place = Category(forum=group.scope)
    moderates = user.has_perm("discussions.moderate", place)
    return {
        "may_start": user.has_perm("discussions.start_thread", place),
        "moderates": moderates,
        "pending": discussions.pending(group.scope) if moderates else 0,
        "unread": discussions.unread_count(user, group.scope) if user.is_authenticated else 0,
    }


def filters_of(request) -> dict:
    asked = {name: request.GET.get(name, "") for name in ("category", "language", "answered")}
    number = asked["category"]
    return {
        "category": int(number) if number.isdecimal() and len(number) < 10 else None,
        "language": asked["language"] if asked["language"] in CODES else "",
        "answered": asked["answered"] if asked["answered"] in {"yes", "no"} else "",
        "mine": "mine" in request.GET and request.user.is_authenticated,
    }


def found(request, number: int, words: str) -> list[tuple]:
    """Threads that hold the words, with the posts they stand in."""
    answer = search.find(request.user, Question(words, selectors.LABEL, {"topic": [str(number)]}))
    return [(entry, search.address(entry), listing.snippets_of(entry, answer)) for entry in answer.entries]


@login_required
@require_POST
def read_all(request, number):
    group = groups.group_for(request.user, number)
    services.read_all(discussions.in_forum(request.user, group.scope).filter(is_unread=True), request.user)
    return redirect("workinggroups:forum", number)


@login_required
def start(request, number):
    group = groups.group_for(request.user, number)
    require(request.user, "discussions.start_thread", Category(forum=group.scope))
    key = f"new-{number}"
    if "keep_draft" in request.POST:
        return kept(request, KIND, key)
    names = others(discussions.callable_by_name(group.scope), request.user)
    kind = partial(ThreadForm, names=names, categories=discussions.categories(group.scope))
    draft = unsent(request, KIND, key)
    begun = {"language": active_code()} | drafts.initial_of(draft, kind)
    form = kind(request.POST or None, request.FILES or None, initial=begun)
    if made := sent(request, form, services.start, group.scope):
        keeping.discard(request.user, KIND, key)
        return redirect("workinggroups:thread", made.pk)
    context = {"group": group, "form": form, "draft": draft, "kind": KIND, "key": key}
    begins = Thread(forum=group.scope)  # no thing yet that anybody could have muted
    context |= {
        "preview": preview(request, form),
        "told": would_be_told("discussions.thread_started", begins, by=request.user, forum=group.scope),
    }
    return render(request, "workinggroups/forum_form.html", context, status=400 if form.errors else 200)


def others(names: dict[str, int], person) -> dict[str, int]:
    return {name: pk for name, pk in names.items() if pk != person.pk}


def preview(request, form):
    return render_markdown(form["text"].value() or "") if "preview" in request.POST else None


def done(form, perform, *args, **fields):
    """What a service made, or None with its problem beside the field; nothing is half kept."""
    try:
        with transaction.atomic():
            return perform(*args, **fields)
    except ValidationError as problem:
        show_problem(problem, form)
        return None


def sent(request, form, perform, *args, **fields):
    """What a service made of a form that was sent and is good, not of one that is only looked at."""
    if request.method != "POST" or not form.is_valid() or "preview" in request.POST:
        return None
    return done(form, perform, *args, by=request.user, **form.cleaned_data | fields)


def thread(request, pk):
    """A page of a thread; what it shows counts as read."""
    found = discussions.thread_for(request.user, pk)
    group = selectors.group_of(request.user, found)
    page = Paginator(discussions.posts(found), discussions.PER_PAGE).get_page(request.GET.get("page"))
    named = selectors.may_name(request.user, found)
    read = discussions.read_until(request.user, found)
    posts = selectors.told(page.object_list, named=named)
    if posts and posts[-1].pk > read and not getattr(request, "watcher", None):
        services.note_read(found, request.user, posts[-1].pk)
    writes = request.user.is_authenticated and writing.may_write(request.user, found)
    context = {
        "thread": found,
        "group": group,
        "layout": layout_for(request.user, group),
        "page": page,
        "posts": posts,
        "first_new": next((post.pk for post in posts if post.pk > read), None) if read else None,
        "named": named,
        "writes": writes,
        "moderates": request.user.has_perm("discussions.moderate", found),
        "marks": request.user.has_perm("discussions.mark_answer", found),
        "may_report": request.user.is_authenticated
        and bool(posts)
        and request.user.has_perm("discussions.report_post", posts[0]),
        "split_off": discussions.split_off(request.user, found),
        "came_from": discussions.came_from(request.user, found),
        "query": request.GET.urlencode(),
        **(post_form(request, found) if writes else {}),
    }
    return render(request, "workinggroups/thread.html", context)


def post_form(request, thread: Thread, **begun) -> dict:
    """The form for a post, with what was typed and not sent."""
    key = str(thread.pk)
    names = others(discussions.callable_by_name(thread.forum, thread), request.user)
    kind = partial(PostForm, names=names)
    draft = unsent(request, KIND, key)
    sent = request.method == "POST"
    initial = {"language": active_code()} | begun | drafts.initial_of(draft, kind)
    form = kind(request.POST if sent else None, request.FILES if sent else None, initial=initial)
    return {"form": form, "draft": draft, "kind": KIND, "key": key}


def unread(request, pk):
    """To the first post the reader has not seen, else to the last."""
    found = discussions.thread_for(request.user, pk)
    post = discussions.first_unread(request.user, found) or found.posts.order_by("-pk").first()
    return redirect("workinggroups:post", post.pk) if post else redirect("workinggroups:thread", pk)


@login_required
def write(request, pk):
    return written(request, discussions.thread_for(request.user, pk))


def written(request, found: Thread, answered=None):
    """What was typed is kept in the thread, looked at, put aside, or comes again with what is wrong with it."""
    if not writing.may_write(request.user, found):
        raise PermissionDenied
    if "keep_draft" in request.POST:
        return kept(request, KIND, str(found.pk))
    quote = {"text": quoted(answered.text)} if answered and "quote" in request.GET else {}
    parts = post_form(request, found, **quote)
    form = parts["form"]
    if made := sent(request, form, writing.write, found, answers_to=answered):
        keeping.discard(request.user, KIND, str(found.pk))
        messages.success(request, _("Your post is there."))
        return redirect("workinggroups:post", made.pk)
    context = {
        "thread": found,
        "group": selectors.group_of(request.user, found),
        "answered": answered,
        "preview": preview(request, form),
        **parts,
    }
    return render(request, "workinggroups/forum_form.html", context, status=400 if form.errors else 200)


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines()) + "\n"
