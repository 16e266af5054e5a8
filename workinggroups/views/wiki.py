"""Reading a wiki: its pages, how they came about, what leads nowhere."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from platform_core.ground.texts.wikitext import contents, page_passages, render_page
from platform_core.identity.access.selectors import require
from platform_core.materials.drafts import selectors as drafts
from platform_core.materials.files.serving import serve
from platform_core.materials.trails.links import broken
from platform_core.materials.trails.selectors import around
from platform_core.programme.search import selectors as search
from platform_core.programme.search.selectors import Question

from .. import selectors as groups
from ..forms.wiki import AttachForm, MarkForm, MoveForm
from ..selectors import comments as commenting, wiki as selectors

PER_PAGE = 50
LATELY = 8
FOUND = 100


def layout_for(user, group) -> str:
    """Whoever works in the group has its sections beside the page; others have the page alone."""
    inside = user.is_authenticated and user.has_perm("workinggroups.enter_group", group)
    return "workinggroups/workspace.html" if inside else "layouts/desk.html"


def unsent(request, kind: str, key: str):
    """What the reader typed and did not send; whoever sees as somebody else sees none of it."""
    return None if getattr(request, "watcher", None) else drafts.draft_of(request.user, kind, key)


def shown(user, page, text: str, files=None):
    images = {file.name: file.get_absolute_url() for file in (selectors.files(page) if files is None else files)}
    return render_page(text, pages=selectors.places(user, page, text), images=images)


def told(user, page, files) -> dict:
    """The text; for those who may comment, passage by passage with what was said."""
    if not (user.is_authenticated and user.has_perm("workinggroups.comment_wiki_page", page)):
        return {"html": shown(user, page, page.text, files)}
    images = {file.name: file.get_absolute_url() for file in files}
    passages = page_passages(page.text, pages=selectors.places(user, page, page.text), images=images)
    reading = commenting.of_page(user, page, page.number, page.text, passages)
    said = commenting.said_of(reading)
    return {"reading": reading, "discussed": said, "open_comments": said.open}


def wiki(request, number):
    """All pages a person sees, as a tree, or those in which words are found."""
    group = groups.group_for(request.user, number)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = search.find(request.user, Question(words, selectors.LABEL, {"topic": [str(number)]})) if words else None
    context = {
        "group": group,
        "layout": layout_for(request.user, group),
        "words": words,
        "found": [(entry, search.address(entry)) for entry in found.entries] if found else None,
        "tree": [] if words else selectors.tree(request.user, group),
        "lately": selectors.pages_of(request.user, group).order_by("-changed_at")[:LATELY],
        "may_add": request.user.has_perm("workinggroups.add_wiki_page", group),
    }
    return render(request, "workinggroups/wiki.html", context)


def page(request, number, slug):
    """A page under its name; under one it had before, the reader is led on."""
    found = selectors.page_named(request.user, number, slug)
    if found.slug != slug:
        return redirect(found)
    works, files = selectors.works_on(request.user, found), list(selectors.files(found))
    parents = selectors.pages_of(request.user, found.group).exclude(pk=found.pk)
    context = {
        "page": found,
        "group": found.group,
        "layout": layout_for(request.user, found.group),
        "way": selectors.way_to(request.user, found),
        **told(request.user, found, files),
        "contents": contents(found.text),
        "below": selectors.pages_of(request.user, found.group).filter(parent=found),
        "leading": selectors.leading_to(request.user, found)[:PER_PAGE],
        "relations": around(request.user, found),
        "works": works,
        "broken": broken(found) if works else [],
        "files": files if works else [],
        "attach": AttachForm(),
        "move": MoveForm(parents=parents, initial={"parent": found.parent_id}) if works else None,
        "mark": MarkForm(initial={"marking": found.marking}),
        "rights": {name: request.user.has_perm(f"workinggroups.{name}_wiki_page", found) for name in ("mark", "trash")},
    }
    return render(request, "workinggroups/wiki_page.html", context)


def by_number(request, pk):
    """The address that never changes."""
    return redirect(selectors.page_for(request.user, pk))


def to_work_on(request, pk):
    """A page whose history the reader may see, since she works on it."""
    found = selectors.page_for(request.user, pk)
    require(request.user, "workinggroups.change_wiki_page", found)
    return found


@login_required
def history(request, pk):
    found = to_work_on(request, pk)
    rows = Paginator(selectors.revisions(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": found, "group": found.group, "rows": rows, "query": request.GET.urlencode()}
    return render(request, "workinggroups/wiki_history.html", context)


@login_required
def revision(request, pk, number):
    found = to_work_on(request, pk)
    one = selectors.revision_for(found, number)
    context = {"page": found, "group": found.group, "revision": one, "html": shown(request.user, found, one.text)}
    return render(request, "workinggroups/wiki_revision.html", context)


def number_of(typed: str, most: int) -> int:
    return min(max(1, int(typed)), most) if typed.isdecimal() and len(typed) < 10 else most


@login_required
def compare(request, pk):
    """Any two revisions; the last two when none are named."""
    found = to_work_on(request, pk)
    newer = number_of(request.GET.get("to", ""), found.number)
    older = number_of(request.GET.get("from", ""), max(1, newer - 1))
    pair = [selectors.revision_for(found, number) for number in sorted((older, newer))]
    context = {"page": found, "group": found.group, "pair": pair, "changes": selectors.compared(*pair)}
    return render(request, "workinggroups/wiki_compare.html", context)


@login_required
def links(request, number):
    """Names that lead to no page, and addresses outside that lead nowhere."""
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.add_wiki_page", group)
    context = {
        "group": group,
        "missing": selectors.missing(request.user, group),
        "lost": selectors.lost(request.user, group),
    }
    return render(request, "workinggroups/wiki_links.html", context)


@login_required
def trash(request, number):
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.add_wiki_page", group)
    rows = selectors.trashed(request.user, group).order_by("-trashed_on", "title")[:PER_PAGE]
    return render(request, "workinggroups/wiki_bin.html", {"group": group, "rows": rows})


def file(request, pk, name):
    found = selectors.file_for(selectors.page_for(request.user, pk), name)
    return serve(request, found.file, found.name)
