from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.audit import selectors as audit
from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.files.serving import serve

from ..forms.requests import AnswersForm, DeclineForm, ExtendForm, ReturnForm
from ..selectors import requests as selectors
from ..services import information, requests as services

KIND = "workinggroups.answers"


@login_required
def asked(request, pk, **forms):
    """One organisation's part: what is asked, its answer, and for the group what it may do with that."""
    found = selectors.asked_for(request.user, pk)
    answers = request.user.has_perm("workinggroups.give_information", found) and found.takes_answers
    draft = drafts.draft_of(request.user, KIND, str(pk)) if answers else None
    typed = drafts.initial_of(draft, partial(AnswersForm, asked=found))
    questions, names = list(selectors.questions(found.request)), audit.verb_names()
    counts = found.stood_for_by_id is None
    may_ask = counts and request.user.has_perm("workinggroups.ask_information", found)
    may_record = counts and request.user.has_perm("workinggroups.record_answer", found)
    context = {
        "asked": found,
        "asking": found.request,
        "group": found.request.group,
        "shown": selectors.standing_of(found),
        "stood_for": selectors.stood_for(request.user, found),
        "answers": answers,
        "form": AnswersForm(asked=found, typed=typed) if answers and not found.request.record_kind else None,
        "decline": DeclineForm() if answers else None,
        "draft": draft,
        "kind": KIND,
        "given": list(zip(questions, selectors.shown_texts(found, questions), strict=True)),
        "events": [(one, names.get(one.verb)) for one in audit.history_of(selectors.ASKED, pk)[:50]],
        "hand_back": ReturnForm() if may_ask and found.state in ("given", "declined") else None,
        "extend": ExtendForm(initial={"due_on": found.due_on})
        if may_ask and found.state in ("asked", "returned")
        else None,
        "may_record": may_record and not found.request.record_kind,
        "sees_record": found.record_id in selectors.readable_records(request.user, [found]),
        "inside": request.user.has_perm("workinggroups.enter_group", found.request.group),
    }
    return render(request, "workinggroups/asked.html", {**context, **forms}, status=400 if forms else 200)


@login_required
@require_POST
def keep(request, pk):
    """Keeps what is typed for all who act for the organisation; with `give`, that is its answer."""
    found = selectors.asked_for(request.user, pk)
    later = "later" in request.POST and "give" not in request.POST
    form = AnswersForm(request.POST, request.FILES, asked=found, keeping=later)
    if form.is_valid():
        try:
            information.keep(found, form.answers(), by=request.user, remarks=form.cleaned_data["remarks"])
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect(found)
        keeping.discard(request.user, KIND, str(pk))
        return given(request, found) if "give" in request.POST else kept_so_far(request, found)
    kept_as_typed(request, pk)
    return asked(request, pk, form=form)


def kept_as_typed(request, pk: int) -> None:
    """What does not fit yet is not lost either."""
    version = drafts.draft_of(request.user, KIND, str(pk))
    try:
        keeping.keep(request.user, KIND, str(pk), dict(request.POST.lists()), version.version if version else 0)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))


def given(request, found):
    information.give(found, by=request.user)
    messages.success(request, _("Given. Whoever asked is told, and you can correct it until the last day."))
    return redirect(found)


def kept_so_far(request, found):
    messages.success(request, _("Kept. You can go on whenever you like."))
    return redirect(found)


@login_required
@require_POST
def give_record(request, pk):
    found = selectors.asked_for(request.user, pk)
    try:
        return given(request, found)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect(found)


@login_required
@require_POST
def begin_record(request, pk):
    found = selectors.asked_for(request.user, pk)
    try:
        return redirect(information.begin_record(found, by=request.user))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect(found)


@login_required
@require_POST
def make_record(request, pk):
    """An answer by a form becomes the draft of a record."""
    found = selectors.asked_for(request.user, pk)
    try:
        return redirect(information.make_record(found, by=request.user))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect(found)


def done(request, pk: int, name: str, form, perform, words: str):
    """One of the small forms of the page: what it says is done, or told beside its field."""
    if form.is_valid():
        try:
            perform(**form.cleaned_data)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, words)
            return redirect("workinggroups:asked", pk)
    return asked(request, pk, **{name: form})


@login_required
@require_POST
def decline(request, pk):
    perform = partial(information.decline, selectors.asked_for(request.user, pk), by=request.user)
    return done(request, pk, "decline", DeclineForm(request.POST), perform, _("Whoever asked is told."))


@login_required
@require_POST
def hand_back(request, pk):
    perform = partial(services.hand_back, selectors.asked_for(request.user, pk), by=request.user)
    return done(request, pk, "hand_back", ReturnForm(request.POST), perform, _("They are asked again."))


@login_required
@require_POST
def extend(request, pk):
    perform = partial(services.extend, selectors.asked_for(request.user, pk), by=request.user)
    return done(request, pk, "extend", ExtendForm(request.POST), perform, _("They are told of the other day."))


@login_required
@require_POST
def withdraw(request, pk):
    found = selectors.asked_for(request.user, pk)
    try:
        services.withdraw(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(found)
    messages.success(request, _("They are not asked any more."))
    return redirect(found.request)


@login_required
def answer_file(request, pk, question):
    """A file that is an answer."""
    file, name = selectors.file_of(request.user, selectors.asked_for(request.user, pk), question)
    return serve(request, file, name)
