from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import CODES, active_code
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.drafts.views import kept
from platform_core.materials.files.services import sha256
from platform_core.people.members.selectors import own_organisations

from .. import proposals, quality, selectors, services, twins, validation, versions
from ..forms import RecordForm, ReviseForm, WithdrawForm, initial_of
from ..kinds import BY_CODE, KINDS

KIND, CHANGE = "repository.record", "repository.change"
MAY_DEPOSIT = permission_required("repository.deposit_record", raise_exception=True)


@login_required
@MAY_DEPOSIT
def kinds(request):
    """The kinds of records, each with what it is for, and the forms begun and not sent."""
    begun = {draft.key: draft.saved_at for draft in drafts.drafts_of(request.user).filter(kind=KIND)}
    names = vocabulary.term_labels("record_kind")
    rows = [(kind, names.get(kind.code, kind.code), begun.get(kind.code)) for kind in KINDS]
    return render(request, "repository/kinds.html", {"rows": rows})


@login_required
@MAY_DEPOSIT
def deposit(request, kind):
    """A guided form, kept as it is typed; says what else is nearly the same before it makes a draft."""
    if kind not in BY_CODE:
        raise Http404
    draft = drafts.draft_of(request.user, KIND, kind)
    if "keep_draft" in request.POST:
        return kept(request, KIND, kind)
    shaped = partial(RecordForm, kind=kind, owners=own_organisations(request.user))
    begun = defaults() | drafts.initial_of(draft, shaped)
    form = shaped(request.POST or None, request.FILES or None, initial=begun)
    copies = []
    if request.method == "POST" and form.is_valid():
        copies = copies_of(form, request.user)
        if not copies or "in_spite" in request.POST:
            made = deposited(request, form)
            keeping.discard(request.user, KIND, kind)
            messages.success(
                request, _("Your draft is kept. It is shown to you and the editors until it is published.")
            )
            return redirect(made)
    context = {"form": form, "draft": draft, "kind": KIND, "key": kind, "twins": copies, "name": name_of(kind)}
    context["hints"] = quality.lacking(quality.told_in(form, kind)) if form.is_bound or draft else []
    status = 400 if form.errors else 409 if copies else 200
    return render(request, "repository/deposit.html", {**context, "about": BY_CODE[kind].hint}, status=status)


def name_of(kind: str) -> str:
    return vocabulary.term_name("record_kind", kind)


def defaults() -> dict:
    return {"language": active_code(), "year": platform_day().year}


def copies_of(form, reader, besides=None) -> list:
    """Records with nearly this title, those that hold this very file, and those that may tell the same in other languages."""
    found = {one.pk: one for one in twins.alike([form.cleaned_data["title"]], reader, besides=besides)}
    found |= {one.pk: one for one in twins.perhaps(form.fields_of_record(), reader, besides=besides)}
    if file := form.cleaned_data["file"]:
        digest, _size = sha256(file)
        found |= {one.pk: one for one in twins.with_same_file(digest, reader, besides=besides)}
    return list(found.values())


@transaction.atomic
def deposited(request, form):
    made = services.deposit(by=request.user, **form.fields_of_record())
    if added := file_of(form):
        services.attach(made, added.content, added.name, added.language, by=request.user)
    return made


def file_of(form) -> services.NewFile | None:
    file = form.cleaned_data["file"]
    return services.NewFile(file, file.name, form.cleaned_data["language"]) if file else None


@login_required
def change(request, code):
    """Change a draft, revise what is published, or propose its revision, in the language asked for."""
    found = selectors.record_for(request.user, code)
    right = selectors.right_to_change(request.user, found)
    require(request.user, right, found)
    is_draft, deed, done = found.state == found.State.DRAFT, *DEEDS[right]
    language = request.GET.get("language", "") if request.GET.get("language") in CODES else found.title.source
    key, address = f"{found.pk}-{language}", request.get_full_path()
    if "keep_draft" in request.POST:
        kept(request, CHANGE, key)
        return redirect(address)
    kind, draft = RecordForm if is_draft else ReviseForm, drafts.draft_of(request.user, CHANGE, key)
    owners = own_organisations(request.user)
    shaped = partial(kind, kind=found.kind, record=found, owners=owners)
    begun = initial_of(found, language) | drafts.initial_of(draft, shaped)
    form = shaped(request.POST or None, request.FILES or None, initial=begun)
    stamp = versions.digest(versions.content_of(found))
    if request.method == "POST" and request.POST.get("seen", stamp) != stamp:
        form.add_error(
            None, _("Somebody has changed this record meanwhile. Look at it before you send yours once more.")
        )
    if request.method == "POST" and form.is_valid() and changed(request, found, form, deed):
        keeping.discard(request.user, CHANGE, key)
        messages.success(request, done)
        return redirect(found)
    context = {
        "form": form,
        "record": found,
        "name": name_of(found.kind),
        "stamp": stamp if form.is_bound else seen_in(draft, stamp),
        "draft": draft,
        "kind": CHANGE,
        "key": key,
        "hints": quality.hints(found) + quality.links_asked(found),
        "proposes": right == "repository.propose_change",
        "waits": None if is_draft else proposals.waiting(found, request.user),
    }
    return render(request, "repository/change.html", context, status=400 if form.errors else 200)


CHANGED = gettext_lazy("Changed.")
DEEDS = {
    "repository.change_draft": (services.change, CHANGED),
    "repository.revise_record": (services.change, CHANGED),
    "repository.propose_change": (
        proposals.propose,
        gettext_lazy("Your proposal is sent. You are told what comes of it."),
    ),
}


def seen_in(draft, stamp: str) -> str:
    """What was kept unsent was typed over the record as it was then."""
    return next(iter(draft.fields.get("seen", [])), stamp) if draft else stamp


@transaction.atomic
def changed(request, record, form, deed) -> bool:
    try:
        files = {"added": file_of(form), "dropped": [int(pk) for pk in form.cleaned_data.get("dropped", ())]}
        note = form.cleaned_data.get("note", "")
        deed(record, by=request.user, note=note, **files, **form.fields_of_record(record))
    except ValidationError as problem:
        transaction.set_rollback(True)
        show_problem(problem, form)
        return False
    return True


@login_required
@require_POST
def detach(request, code, pk):
    found = selectors.record_for(request.user, code)
    services.detach(found, pk, by=request.user)
    messages.success(request, _("The file is taken away."))
    return redirect(found)


@login_required
@MAY_DEPOSIT
def unpublished(request):
    page = Paginator(selectors.drafts_of(request.user), 25).get_page(request.GET.get("page"))
    rows = [(draft, selectors.kind_name(draft)) for draft in page]
    return render(request, "repository/drafts.html", {"page": page, "rows": rows})


@login_required
@require_POST
def publish(request, code):
    found = services.publish(selectors.record_for(request.user, code), by=request.user)
    messages.success(request, _("“%(title)s” is published.") % {"title": found})
    return redirect(found)


@login_required
@require_POST
def ask_validation(request, code):
    found = selectors.record_for(request.user, code)
    try:
        validation.ask(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Its validation is asked for. You are told what comes of it."))
    return redirect(found)


@login_required
def withdraw(request, code):
    found = selectors.record_for(request.user, code)
    require(request.user, "repository.withdraw_record", found)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(found, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("“%(title)s” is withdrawn; only editors see it now.") % {"title": found})
        return redirect("repository:drafts")
    return render(
        request, "repository/withdraw.html", {"record": found, "form": form}, status=400 if form.errors else 200
    )
