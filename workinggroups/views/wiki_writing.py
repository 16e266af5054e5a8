"""Writing a wiki: pages and their changes, files, where pages stand and who sees them."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.drafts.views import kept

from .. import selectors as groups
from ..forms.wiki import AttachForm, MarkForm, MoveForm, PageForm
from ..selectors import wiki as selectors
from ..services import wiki as services
from .documents import go_on_from
from .wiki import shown, to_work_on, unsent

KIND = "workinggroups.wiki"


@login_required
def new(request, number):
    """A new page; one that was linked to before it was there brings its title."""
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.add_wiki_page", group)
    key, parents = f"new-{group.pk}", selectors.pages_of(request.user, group)
    if "keep_draft" in request.POST:
        return kept(request, KIND, key)
    draft = unsent(request, KIND, key)
    asked = {name: request.GET[name][:200] for name in ("title", "parent") if name in request.GET}
    begun = {"language": active_code()} | drafts.initial_of(draft, partial(PageForm, parents=parents)) | asked
    form = PageForm(request.POST or None, parents=parents, initial=begun)
    sent = request.method == "POST" and form.is_valid() and "preview" not in request.POST
    if sent and (made := added(request, group, form, key)):
        return redirect(made)
    preview = shown(request.user, Unwritten(group), form["text"].value() or "") if "preview" in request.POST else None
    context = {"group": group, "form": form, "draft": draft, "kind": KIND, "key": key, "preview": preview}
    return render(request, "workinggroups/wiki_form.html", context, status=400 if form.errors else 200)


class Unwritten:
    """Stands for a page that is not kept yet, to show what it would look like."""

    pk = None

    def __init__(self, group) -> None:
        self.group, self.group_id, self.files = group, group.pk, services.WikiFile.objects.none()


@transaction.atomic
def added(request, group, form, key: str):
    typed = {name: form.cleaned_data[name] for name in ("parent", "language", "note")}
    try:
        made = services.create(group, form.cleaned_data["title"], form.cleaned_data["text"], by=request.user, **typed)
    except ValidationError as problem:
        show_problem(problem, form)
        return None
    keeping.discard(request.user, KIND, key)
    return made


@login_required
def change(request, pk):
    """The next revision. A form that was begun and not sent goes on from the revision it was begun on."""
    found = to_work_on(request, pk)
    key = str(found.pk)
    if "keep_draft" in request.POST:
        return kept(request, KIND, key)
    draft = unsent(request, KIND, key)
    begun = {"base": found.number, "title": found.title, "text": found.text} | drafts.initial_of(draft, PageForm)
    form = PageForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST and changed(request, found, form):
        return redirect(selectors.page_for(request.user, pk))
    context = {
        "page": found,
        "group": found.group,
        "form": form,
        "draft": draft,
        "kind": KIND,
        "key": key,
        "files": selectors.files(found),
        "preview": shown(request.user, found, form["text"].value() or "") if "preview" in request.POST else None,
    }
    return render(request, "workinggroups/wiki_form.html", context, status=400 if form.errors else 200)


@transaction.atomic
def changed(request, page, form) -> bool:
    typed = form.cleaned_data
    try:
        made = services.change(
            page, typed["text"], typed["base"] or 0, by=request.user, title=typed["title"], note=typed["note"]
        )
    except services.ConflictError as conflict:
        go_on_from(form, text=conflict.text, base=str(conflict.number))
        show_problem(conflict, form)
        return False
    except ValidationError as problem:
        show_problem(problem, form)
        return False
    keeping.discard(request.user, KIND, str(page.pk))
    messages.success(request, _("Revision %(number)s is kept.") % {"number": made.number})
    return True


@login_required
@require_POST
def forget_draft(request, pk):
    """What was typed and not sent is not wanted any more."""
    found = to_work_on(request, pk)
    keeping.discard(request.user, KIND, str(found.pk))
    return redirect("workinggroups:wiki_change", pk)


@login_required
@require_POST
def restore(request, pk, number):
    found = to_work_on(request, pk)
    base = request.POST.get("base", "")
    try:
        services.restore(
            selectors.revision_for(found, number),
            by=request.user,
            base_revision=int(base) if base.isdecimal() and len(base) < 10 else 0,
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("It is as in revision %(number)s again.") % {"number": number})
    return redirect(selectors.page_for(request.user, pk))


@login_required
@require_POST
def attach(request, pk):
    found = to_work_on(request, pk)
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made = services.attach(found, form.cleaned_data["file"], by=request.user)
            messages.success(request, _("It is kept as %(name)s.") % {"name": made.name})
            return redirect(found)
        except ValidationError as problem:
            form.add_error("file", problem.messages)
    context = {"page": found, "group": found.group, "form": form, "kind": "attach"}
    return render(request, "workinggroups/wiki_small.html", context, status=400)


@login_required
@require_POST
def detach(request, pk, name):
    found = to_work_on(request, pk)
    services.detach(selectors.file_for(found, name), by=request.user)
    messages.success(request, _("The file is taken away."))
    return redirect(found)


@login_required
@require_POST
def move(request, pk):
    found = to_work_on(request, pk)
    form = MoveForm(request.POST, parents=selectors.pages_of(request.user, found.group))
    if form.is_valid():
        try:
            services.move(found, form.cleaned_data["parent"], by=request.user)
            messages.success(request, _("It is moved."))
            return redirect(found)
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"page": found, "group": found.group, "form": form, "kind": "move"}
    return render(request, "workinggroups/wiki_small.html", context, status=400)


@login_required
@require_POST
def mark(request, pk):
    found = selectors.page_for(request.user, pk)
    form = MarkForm(request.POST)
    if form.is_valid():
        services.mark(found, form.cleaned_data["marking"], by=request.user)
        messages.success(request, _("It is kept."))
        return redirect(found)
    context = {"page": found, "group": found.group, "form": form, "kind": "mark"}
    return render(request, "workinggroups/wiki_small.html", context, status=400)


DEEDS = {
    "discard": (services.trash, gettext_lazy("It lies in the trash and can be taken out for ninety days.")),
    "take-back": (services.take_back, gettext_lazy("It is back.")),
}


@login_required
@require_POST
def deed(request, pk, name):
    found = selectors.page_for(request.user, pk)
    perform, told = DEEDS[name]
    perform(found, by=request.user)
    messages.success(request, told)
    return redirect("workinggroups:wiki", found.group_id) if name == "discard" else redirect(found)
