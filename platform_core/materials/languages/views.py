from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from platform_core.ground.registry.catalogue import thing_kind
from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.ground.ui.problems import show_problem
from platform_core.materials.drafts.views import kept

from . import memory, round_trip, selectors, services, unsent
from .forms import PER_PAGE, BringForm, DeskPage, OverviewFilter
from .states import DRAFT, MISSING, REVIEWED, STALE, Cell, readiness_in
from .texts import languages_of, translatable

MAY_TRANSLATE = permission_required("languages.view_desk", raise_exception=True)
STATES = (MISSING, STALE, DRAFT, REVIEWED)


def names(codes) -> list[tuple[str, str]]:
    return [(code, native_name(interface_code(code))) for code in codes]


@login_required
@MAY_TRANSLATE
def overview(request):
    """Things and their languages: how far each is; narrowed to what a translator looks for."""
    form = OverviewFilter(request.GET)
    chosen = dict(form.cleaned_data) if form.is_valid() else {}
    kind = translatable(chosen.pop("kind", "")) or selectors.kinds()[0]
    page = Paginator(selectors.things(request.user, kind, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    shown = [chosen["language"]] if chosen.get("language") else list(CODES)
    query = urlencode({name: value for name, value in [("kind", kind.label), *chosen.items()] if value})
    context = {
        "form": form,
        "page": page,
        "query": query,
        "filtered": any(chosen.values()),
        "columns": names(shown),
        "rows": rows_of(kind, page, shown),
    }
    return render(request, "languages/overview.html", context)


def rows_of(kind, page, shown: list[str]) -> list[dict]:
    things, pks = list(page), [thing.pk for thing in page]
    progress, title = selectors.progress_of(kind.label, pks), thing_kind(kind.label).title
    people: dict[int, list] = {}
    for taken in selectors.assignments_of(kind.label, pks):
        people.setdefault(taken.object_id, []).append(taken)
    return [
        {
            "thing": thing,
            "title": title(thing),
            "address": selectors.address_of(kind.label, thing.pk),
            "cells": [(code, progress.get(thing.pk, {}).get(code)) for code in shown],
            "people": people.get(thing.pk, []),
        }
        for thing in things
    ]


def about(request, label: str, pk: int) -> tuple:
    """What every page about one thing says of it."""
    kind, thing = selectors.thing_for(request.user, label, pk)
    known = thing_kind(label)
    told = {
        "thing": thing,
        "label": label,
        "title": known.title(thing),
        "kind_name": known.name,
        "thing_address": known.address(thing) if known.visible(request.user).filter(pk=pk).exists() else "",
        "may_review": selectors.may_review(request.user, kind, thing),
    }
    return kind, thing, told


@login_required
def thing(request, label, pk):
    """One thing in all its languages: how many texts are in which state, who translates, files to take and to bring."""
    _kind, found, told = about(request, label, pk)
    taken: dict[str, list] = {}
    for one in selectors.assignments_of(label, [pk]):
        taken.setdefault(one.language, []).append(one.person)
    counts = selectors.readiness(found)
    rows = [(counts[code], name, taken.get(code, [])) for code, name in names(counts)]
    return render(request, "languages/thing.html", told | {"rows": rows})


@login_required
def desk(request, label, pk, code):
    """The texts of a thing beside their source, 25 at a time; what is typed is kept all at once or not at all."""
    kind, found, told = about(request, label, pk)
    if code not in languages_of(found):
        raise Http404
    cells = selectors.cells(found, code, request.user)
    if "keep_draft" in request.POST:
        return kept(request, unsent.KIND, request.POST.get("draft_key", "")[:80])
    if request.method == "POST":
        sent = [cell for cell in cells if f"seen-{cell.text.key}" in request.POST]
        page = DeskPage(sent, sent=taken_over(request.POST.dict()))
        if "use" in request.POST:
            return show_desk(request, told, cells, sent, page, code)
        if not page.errors and saved(request, kind, found, code, page):
            return redirect(request.get_full_path())
        return show_desk(request, told, cells, sent, page, code, status=409 if clashed(page) else 400)
    fitting = filtered(cells, request.GET.get("state", ""), request.GET.get("words", "").strip())
    numbered = Paginator(fitting, PER_PAGE).get_page(request.GET.get("page"))
    page = DeskPage(list(numbered), begun=unsent.begun(request.user, label, pk, code))
    return show_desk(request, told, cells, list(numbered), page, code, numbered=numbered)


def taken_over(sent: dict[str, str]) -> dict[str, str]:
    """A suggestion pressed goes into its field; nothing is kept by that."""
    key, _bar, text = sent.get("use", "").partition("|")
    return sent | {f"text-{key}": text} if key else sent


def clashed(page: DeskPage) -> bool:
    return any(line.theirs is not None for line in page.lines)


def saved(request, kind, found, code: str, page: DeskPage) -> bool:
    try:
        drafts, reviewed = services.keep_translations(kind, found, code, page.entries(), by=request.user)
    except ValidationError as problem:
        known = problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}
        page.show(known)
        if not page.errors:
            messages.error(request, " ".join(problem.messages))
        return False
    unsent.forget(request.user, kind.label, found.pk, code, [line.key for line in page.lines])
    messages.success(request, in_words(drafts, reviewed))
    return True


def in_words(drafts: int, reviewed: int) -> str:
    if not drafts and not reviewed:
        return _("Nothing was changed.")
    parts = []
    if reviewed:
        parts.append(ngettext("%(n)s text is reviewed.", "%(n)s texts are reviewed.", reviewed) % {"n": reviewed})
    if drafts:
        parts.append(ngettext("%(n)s draft is kept.", "%(n)s drafts are kept.", drafts) % {"n": drafts})
    return " ".join(parts)


def filtered(cells: list[Cell], state: str, words: str) -> list[Cell]:
    wanted = [cell for cell in cells if words.lower() in f"{cell.text.words}\n{cell.current}\n{cell.text.key}".lower()]
    if state == DRAFT:
        return [cell for cell in wanted if cell.draft or cell.state == DRAFT]
    return [cell for cell in wanted if state not in STATES or cell.state == state]


def show_desk(request, told, cells, shown, page: DeskPage, code: str, *, numbered=None, status=200):
    label, pk = told["label"], told["thing"].pk
    wanting = [line.cell.text for line in page.lines if line.cell.state in (MISSING, STALE)]
    found = memory.suggestions(request.user, code, wanting, (label, pk)) if wanting else {}
    for line in page.lines:
        line.suggestions = [one for one in found.get(line.key, ()) if one.text != line.typed]
    asked = {name: request.GET[name] for name in ("state", "words") if request.GET.get(name)}
    key = unsent.key_of(label, pk, code, [cell.text.key for cell in shown])
    context = told | {
        "lines": page.lines,
        "errors": page.errors,
        "code": code,
        "language": native_name(interface_code(code)),
        "counts": readiness_in(code, cells),
        "state": asked.get("state", ""),
        "words": asked.get("words", ""),
        "query": urlencode(asked),
        "page": numbered,
        "kind": unsent.KIND,
        "key": key,
        "draft": unsent.draft_of(request.user, key),
        "others": [pair for pair in names(selectors.targets(told["thing"])) if pair[0] != code],
    }
    return render(request, "languages/desk.html", context, status=status)


@login_required
@require_POST
def take_on(request, label, pk):
    kind, found = selectors.thing_for(request.user, label, pk)
    code = request.POST.get("language", "")
    if code not in languages_of(found):
        raise Http404
    if "back" in request.POST:
        services.give_back(found, code, by=request.user)
        messages.success(request, _("You have given it back."))
    else:
        services.take_on(kind, found, code, by=request.user)
        messages.success(request, _("You have taken it on. You are told when its source changes."))
    return redirect(selectors.address_of(label, pk))


@login_required
def export(request, label, pk, ending):
    """All texts of a thing for a translator's own program, in one language or in all."""
    _kind, found = selectors.thing_for(request.user, label, pk)
    code, known = request.GET.get("language", ""), languages_of(found)
    if ending not in round_trip.FORMATS or (code and code not in known):
        raise Http404
    content = round_trip.taken(found, [code] if code else selectors.targets(found), ending, user=request.user)
    response = HttpResponse(content, content_type=round_trip.FORMATS[ending][1])
    name = "-".join([*label.split("."), str(pk), code or "all"])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}")
    return response


@login_required
def bring(request, label, pk):
    """A file of translations is read and shown; nothing of it is kept yet."""
    kind, found, told = about(request, label, pk)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            brought = round_trip.bring(kind, found, form.cleaned_data["file"], by=request.user)
            return redirect("languages:brought", brought.pk)
        except ValidationError as problem:
            show_problem(problem, form, names={"": "file"})
    context = told | {"form": form, "languages": names(selectors.targets(found)), "formats": FORMAT_NAMES}
    context["waiting"] = selectors.brought_files(request.user, label, pk)
    return render(request, "languages/bring.html", context, status=400 if form.errors else 200)


@login_required
def brought(request, pk):
    """What a file would change; kept once its bringer says so."""
    file = selectors.brought_for(request.user, pk)
    kind, found, told = about(request, file.thing, file.object_id)
    if request.method == "POST":
        try:
            counts = round_trip.keep(
                kind,
                found,
                file,
                by=request.user,
                stamp=request.POST.get("stamp", ""),
                conflicts=frozenset(request.POST.getlist("conflict")),
            )
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect("languages:brought", pk)
        messages.success(request, in_words(*counts))
        return redirect(selectors.address_of(file.thing, file.object_id))
    shown = round_trip.preview(kind, found, file, request.user)
    sections = [(kind, words, shown.of(kind)) for kind, words in SECTIONS.items()]
    context = told | {"file": file, "preview": shown, "sections": sections, "keeps": kept_by(shown), "most": SHOWN}
    return render(request, "languages/brought.html", context)


def kept_by(shown) -> int:
    return len(shown.of(round_trip.NEW)) + len(shown.of(round_trip.CHANGED)) + len(shown.of(round_trip.CONFLICT))


SHOWN = 100  # texts of one section; conflicts are all shown, so that they can be chosen
FORMAT_NAMES = (("xlf", "XLIFF 1.2"), ("xlsx", "XLSX"), ("csv", "CSV"))
SECTIONS = {
    round_trip.CONFLICT: gettext_lazy("Conflicts: choose those that are to be kept"),
    round_trip.FAULTY: gettext_lazy("Faulty: not kept"),
    round_trip.UNKNOWN: gettext_lazy("Unknown: no such text here, or a language it is not read in"),
    round_trip.CHANGED: gettext_lazy("Changed"),
    round_trip.NEW: gettext_lazy("New"),
}
