from collections import Counter
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import asked as asked_table
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.files import resumable
from platform_core.materials.files.models import Upload
from platform_core.materials.files.selectors import reading
from platform_core.materials.files.serving import serve, serve_preview
from platform_core.materials.trails.selectors import around

from .. import office, selectors as groups
from ..forms.documents import BringForm, ChangeForm, FolderForm, MarkForm, PageForm, TranslateForm
from ..forms.fields import LibraryFilter
from ..selectors import comments as commenting, documents as selectors, fields, reviews as reviewing
from ..services import documents as services, locks, office as writing, reviews

PER_PAGE = 50


def workspace(request, number: int):
    """A group whose workspace the reader may enter."""
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.enter_group", group)
    return group


@login_required
def library(request, number, folder=None):
    """A folder of a group: what lies in it, the latest change first; or what is found by words in all of them."""
    group = workspace(request, number)
    found = selectors.folder_for(group, folder) if folder else None
    asked = list(fields.fields(group))
    form = LibraryFilter(request.GET, fields=asked)
    typed = form.chosen()
    words, state, wanted = typed.get("q", "").replace("\0", ""), typed.get("state", ""), form.wanted()
    rows = selectors.in_folder(request.user, group, found, state=state, words=words, wanted=wanted)
    if table := asked_table(request):
        head = [_("Title"), _("Folder"), _("Language"), _("State"), _("Changed on"), *map(str, asked)]
        return table(f"documents-{number}", head, selectors.table_of(rows, request.user, group, asked))
    rows = fields.with_values(rows, request.user, group)
    context = {
        "group": group,
        "folder": found,
        "way": selectors.way_to(found),
        "folders": [] if words or wanted else group.folders.filter(parent=found),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "form": form,
        "filtered": bool(typed),
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "page")],
        "required": {one.pk for one in asked if one.is_required and fields.works_in(request.user, group)},
        "bring": BringForm(initial={"language": active_code()}),
        "new_folder": FolderForm(),
        "query": urlencode([pair for pair in request.GET.items() if pair[0] != "page"]),
        "may_add": request.user.has_perm("workinggroups.add_document", group),
        "may_keep_fields": request.user.has_perm("workinggroups.keep_fields", group),
    }
    return render(request, "workinggroups/library.html", context)


@login_required
@require_POST
def bring(request, number, folder=None):
    """Files, one or many, are taken in: new documents, or next versions of those whose files have their names."""
    group = workspace(request, number)
    found = selectors.folder_for(group, folder) if folder else None
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        taken: Counter[str] = Counter()
        for file, upload in chain(((file, None) for file in form.cleaned_data["files"]), arrived(request, form)):
            try:
                made = services.take_in(group, found, file, by=request.user, language=form.cleaned_data["language"])
            except ValidationError as problem:
                form.add_error("files", [f"{file.name}: {message}" for message in problem.messages])
            else:
                taken[made[1]] += 1
                if upload is not None:
                    resumable.drop(upload)
        tell(request, taken)
    if form.errors:
        return render(request, "workinggroups/bring.html", {"group": group, "folder": found, "form": form}, status=400)
    return redirect(found or groups_address(group))


def groups_address(group) -> str:
    return f"{group.get_absolute_url()}documents/"


def arrived(request, form) -> Iterator[tuple[File, Upload]]:
    """The large files named in the form, one after the other. What is not taken in stays, to be sent again."""
    for upload in resumable.uploads_of(request.user, form.cleaned_data["uploads"]):
        try:
            with resumable.file_of(upload) as file:
                yield file, upload
        except ValidationError as problem:
            form.add_error("files", problem.messages)


def tell(request, taken: Counter[str]) -> None:
    new, old, same = taken["new"], taken["next"], taken["same"]
    if new:
        messages.success(
            request, ngettext("%(n)s document was added.", "%(n)s documents were added.", new) % {"n": new}
        )
    if old:
        words = ngettext("%(n)s document has a new version.", "%(n)s documents have a new version.", old)
        messages.success(request, words % {"n": old})
    if same:
        words = ngettext("%(n)s document is as it was.", "%(n)s documents are as they were.", same)
        messages.info(request, words % {"n": same})


@login_required
@require_POST
def new_folder(request, number, folder=None):
    group = workspace(request, number)
    parent = selectors.folder_for(group, folder) if folder else None
    form = FolderForm(request.POST)
    if form.is_valid():
        try:
            return redirect(services.add_folder(group, form.cleaned_data["name"], by=request.user, parent=parent))
        except ValidationError as problem:
            show_problem(problem, form)
    return render(request, "workinggroups/bring.html", {"group": group, "folder": parent, "form": form}, status=400)


@login_required
def write(request, number, folder=None):
    """A page written here."""
    group = workspace(request, number)
    found = selectors.folder_for(group, folder) if folder else None
    form = PageForm(request.POST or None, initial={"language": active_code()}, fields=fields.fields(group))
    if request.method == "POST" and form.is_valid():
        made = services.add(group, by=request.user, folder=found, values=form.values(), **form.rest())
        return redirect(made)
    context = {"group": group, "folder": found, "form": form}
    return render(request, "workinggroups/write.html", context, status=400 if form.errors else 200)


@login_required
def trash_bin(request, number):
    group = workspace(request, number)
    return render(request, "workinggroups/bin.html", {"group": group, "rows": selectors.trashed(request.user, group)})


def document(request, pk):
    """One document: its last version for the group, the approved one for everybody else who may see it."""
    found = selectors.document_for(request.user, pk)
    last = selectors.shown_version(request.user, found)
    context = {
        "document": found,
        "version": last,
        "described": fields.told(fields.stored(last)),
        "lacking": fields.lacking(found) if may_enter(request.user, found) else [],
        "versions": list(selectors.seen_versions(request.user, found).defer("text")),
        "reviews": selectors.reviews(found) if may_enter(request.user, found) else [],
        "editions": selectors.editions(request.user, found),
        "not_begun": selectors.languages_not_begun(found) if may_enter(request.user, found) else [],
        "rights": rights(request.user, found),
        "office": office_deed(request.user, found, last),
        "mark": MarkForm(document=found),
        "relations": around(request.user, found),
        **discussion(request.user, found, last),
    }
    return render(request, "workinggroups/document.html", context)


def discussion(user, document, version) -> dict:
    """What was said of it, for those who may comment; of a page passage by passage."""
    if not may_comment(user, document):
        return {}
    if version.file:
        return {"may_comment": True, "open_comments": commenting.waiting(document)}
    reading = commenting.of_document(document, version)
    said = commenting.said_of(reading)
    return {"may_comment": True, "reading": reading, "discussed": said, "open_comments": said.open}


def may_comment(user, document) -> bool:
    return user.is_authenticated and user.has_perm("workinggroups.comment_document", document)


def office_deed(user, document, version) -> str:
    """What the office program offers her: to write, to read, or nothing."""
    if not user.is_authenticated or document.trashed_on or not office.takes(version.name):
        return ""
    return "write" if writing.may_write(user, document) and writing.is_free(user, document) else "read"


def may_enter(user, document) -> bool:
    return user.has_perm("workinggroups.change_document", document)


def rights(user, document) -> dict[str, bool]:
    names = (
        "change_document",
        "end_lock",
        "ask_review",
        "publish_document",
        "trash_document",
        "mark_document",
        "share_document",
        "supersede_document",
        "reinstate_document",
        "end_review",
    )
    return {name: user.has_perm(f"workinggroups.{name}", document) for name in names}


@login_required
def change(request, pk):
    """The next version of a document."""
    found = selectors.document_for(request.user, pk)
    require(request.user, "workinggroups.change_document", found)
    last = selectors.versions(found).first()
    initial = {name: getattr(found, name) for name in ("title", "description", "language")}
    initial |= {"base": last.number, "text": last.text}
    described = {"fields": fields.fields(found.group), "held": fields.values_of(last)}
    form = ChangeForm(request.POST or None, request.FILES or None, document=found, initial=initial, **described)
    if request.method == "POST" and form.is_valid() and changed(request, found, form):
        return redirect(found)
    told = reviewing.told_of_change(request.user, found)
    context = {"document": found, "version": last, "form": form, "told": told}
    return render(request, "workinggroups/change.html", context, status=400 if form.errors else 200)


def changed(request, found, form) -> bool:
    try:
        version = services.change(found, by=request.user, values=form.values(), **form.rest())
    except services.ConflictError as conflict:
        go_on_from(form, text=conflict.text, base=conflict.number)
        form.add_error("text", conflict.messages)
        return False
    except ValidationError as problem:
        if isinstance(problem, services.NewerError):
            go_on_from(form, base=selectors.versions(found).first().number)
        show_problem(problem, form)
        return False
    messages.success(request, _("Version %(number)s is kept.") % {"number": version.number})
    return True


@login_required
def translate(request, pk):
    """The same document in another language."""
    found = selectors.document_for(request.user, pk)
    require(request.user, "workinggroups.change_document", found)
    form = TranslateForm(request.POST or None, request.FILES or None, document=found)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.translate(found, by=request.user, **form.cleaned_data))
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"document": found, "version": selectors.versions(found).first(), "form": form}
    return render(request, "workinggroups/translate.html", context, status=400 if form.errors else 200)


def go_on_from(form, **values: str) -> None:
    """Sent once more, the form is about what is there now."""
    form.data = form.data.copy()
    for name, value in values.items():
        form.data[name] = value


def version(request, pk, major, minor):
    """The permanent address of one version."""
    found = selectors.version_for(request.user, pk, major, minor)
    last = selectors.versions(found.document).first().number
    context = {
        "document": found.document,
        "version": found,
        "last": last,
        "described": fields.told(fields.stored(found)),
        "rights": rights(request.user, found.document),
    }
    return render(request, "workinggroups/version.html", context)


def download(request, pk, major, minor, name=""):
    found = selectors.version_for(request.user, pk, major, minor)
    if found.file is None:
        raise Http404
    return serve(request, found.file, found.name)


def pages(request, pk, major, minor):
    """The pages of a version's file, one at a time, as a picture and as text."""
    found = selectors.version_for(request.user, pk, major, minor)
    if found.file is None:
        raise Http404
    context = {"document": found.document, "version": found, **reading(found.file, request.GET)}
    if may_comment(request.user, found.document) and (context["alone"] or not found.file.in_parts):
        read = commenting.of_document(found.document, found)
        context |= {"reading": read, "place": commenting.said_of(read).at(context["page"].number)}
    return render(request, "workinggroups/pages.html", context)


def picture(request, pk, major, minor, number):
    found = selectors.version_for(request.user, pk, major, minor)
    if found.file is None:
        raise Http404
    return serve_preview(request, found.file, number)


@login_required
def compare(request, pk):
    """Any two versions side by side."""
    found = selectors.document_for(request.user, pk)
    rows = list(selectors.seen_versions(request.user, found).defer("text"))
    by_number = {row.number: row for row in rows}
    pair = [by_number.get(request.GET.get(name, "")) for name in ("from", "to")]
    if len(rows) > 1 and None in pair:
        pair = [rows[1], rows[0]]
    pair = sorted(filter(None, pair), key=lambda row: (row.major, row.minor))
    names = {"title": _("Title"), "description": _("Description"), "language": _("Language"), "name": _("File")}
    changes = selectors.compared(*pair, names) if len(pair) == 2 else []
    context = {"document": found, "versions": rows, "pair": pair, "changes": changes, "unread": selectors.unread(pair)}
    return render(request, "workinggroups/compare.html", context)


DEEDS = {
    "check-out": (
        locks.check_out,
        gettext_lazy("Nobody else changes it until you bring the next version, for eight hours at most."),
    ),
    "end-lock": (locks.end_lock, gettext_lazy("The lock has ended.")),
    "end-review": (reviews.end, gettext_lazy("The review is taken back; it is a draft again.")),
    "reinstate": (services.reinstate, gettext_lazy("It holds again.")),
    "supersede": (services.supersede, gettext_lazy("It is marked as superseded.")),
    "discard": (services.trash, gettext_lazy("It lies in the trash and can be taken out for ninety days.")),
    "take-back": (services.take_back, gettext_lazy("It is back.")),
}


@login_required
@require_POST
def deed(request, pk, name):
    """One click: check out, end a lock, put into the trash, take out again."""
    found = selectors.document_for(request.user, pk)
    perform, told = DEEDS[name]
    try:
        perform(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, told)
    return redirect(groups_address(found.group) if name == "discard" else found)


@login_required
@require_POST
def restore(request, pk, major, minor):
    found = selectors.version_for(request.user, pk, major, minor)
    try:
        made = services.restore(found, by=request.user, base=request.POST.get("base", ""))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Version %(number)s is kept.") % {"number": made.number})
    return redirect(found.document)


@login_required
@require_POST
def mark(request, pk):
    found = selectors.document_for(request.user, pk)
    form = MarkForm(request.POST, document=found)
    if form.is_valid():
        services.mark(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is kept."))
    else:
        messages.error(request, " ".join(message for told in form.errors.values() for message in told))
    return redirect(found)
