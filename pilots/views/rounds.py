"""Reflective rounds: asking, commenting, answering, closing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from .. import contents
from ..forms.rounds import AskForm, CloseForm, SayForm, VerdictForm
from ..selectors import mechanisms, patterns, rounds as selectors
from ..services import rounds as services

PER_PAGE = 25
RIGHTS = {"comment": "pilots.comment_round", "answer": "pilots.answer_comment", "close": "pilots.close_round"}


@login_required
def listing(request):
    """Rounds in which the reader can comment, then those that are closed."""
    closed = Paginator(selectors.closed_ones(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "pilots/rounds.html", {"open": selectors.open_ones(request.user), "page": closed})


@login_required
def ask(request, pk):
    found = mechanisms.made_for(request.user, pk)
    require(request.user, "pilots.open_round", found)
    form = AskForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.ask(found, form.cleaned_data["closes_on"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("Members are asked for comments."))
            return redirect(made)
    context = {
        "form": form,
        "mechanism": found,
        "version": selectors.askable(found),
        "pattern": patterns.published(),
    }
    return render(request, "pilots/round_ask.html", context, status=400 if form.errors else 200)


@login_required
def show(request, pk):
    return page(request, selectors.round_for(request.user, pk))


def page(request, found, **forms):
    """The version, the questions, what was said and answered; `forms` are those that were refused."""
    questions, version = selectors.questions(found), found.version
    read = {} if selectors.hides_version(request.user, found) else text_of(request, version)
    may = {name: request.user.has_perm(right, found) for name, right in RIGHTS.items()}
    context = {
        "round": found,
        "mechanism": version.mechanism,
        "version": version,
        "read": read,
        "title": contents.text_of(version.mechanism, version, "title"),
        "questions": questions,
        "takes_comments": selectors.takes_comments(found) and may["comment"],
        "unanswered": selectors.unanswered(found),
        "may": may,
        "names": request.user.has_perm("members.view_contacts"),
        "say_form": SayForm(questions=questions),
        "close_form": CloseForm(),
        **read,
        **forms,
    }
    context["refused"] = forms.get("say_form") or forms.get("close_form")
    return render(request, "pilots/round.html", context, status=400 if context["refused"] else 200)


def text_of(request, version) -> dict:
    return {
        "sections": contents.sections(version.mechanism, version),
        "summary": contents.text_of(version.mechanism, version, "summary"),
        "evidence": mechanisms.evidence(request.user, version.content["evidence"]),
    }


@login_required
@require_POST
def say(request, pk):
    found = selectors.round_for(request.user, pk)
    form = SayForm(request.POST, questions=selectors.questions(found))
    if form.is_valid():
        try:
            made = services.comment(found, form.texts, by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            kept = len(made)
            words = ngettext("%(n)s comment is kept.", "%(n)s comments are kept.", kept) % {"n": kept}
            messages.success(request, words)
            return redirect(found)
    return page(request, found, say_form=form)


@login_required
def answer(request, pk, comment):
    """One comment with its answer, on a page of its own."""
    found = selectors.round_for(request.user, pk)
    require(request.user, "pilots.answer_comment", found)
    said = selectors.comment_in(found, comment)
    held = found.answers.filter(comment=said).first()
    begun = {"verdict": held.verdict, "reasons": held.reasons} if held else {}
    form = VerdictForm(request.POST or None, initial=begun)
    if form.is_valid():
        try:
            services.answer(found, said, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("Your answer is kept."))
            return redirect(f"{found.get_absolute_url()}#comment-{said.pk}")
    asked = selectors.questions(found)[said.question].text
    context = {"form": form, "round": found, "comment": said, "question": asked}
    return render(request, "pilots/round_answer.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def close(request, pk):
    found = selectors.round_for(request.user, pk)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            services.close(found, form.cleaned_data["summary"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The round is closed. Everybody who commented is told."))
            return redirect(found)
    return page(request, found, close_form=form)
