from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions import selectors as discussions, services
from platform_core.exchange.discussions.forms import HideForm
from platform_core.exchange.discussions.models import Comment
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require

from .. import comments as commenting, selectors
from ..forms.comments import CommentForm, RoundForm, SummaryForm


def record_to_discuss(request, code):
    """Members discuss what they may see."""
    found = selectors.record_for(request.user, code)
    require(request.user, "repository.comment_record", found)
    return found


@login_required
def comments(request, code, form=None):
    found = record_to_discuss(request, code)
    rounds = list(discussions.rounds_on(found))
    open_round = next((one for one in rounds if one.closed_on is None), None)
    context = {
        "record": found,
        "comments": discussions.comments_on(found),
        "rounds": [(one, discussions.by_question(one)) for one in rounds],
        "open_round": open_round,
        "takes_comments": bool(open_round and open_round.takes_comments(platform_day())),
        "form": form or CommentForm(),
        "may_ask": request.user.has_perm("repository.ask_comments", found),
        "may_hide": request.user.has_perm("repository.hide_comment", found),
    }
    return render(request, "repository/comments.html", context, status=422 if form is not None else 200)


@login_required
@require_POST
def say(request, code):
    """A comment, an answer to one, or an answer to a question of the open round."""
    found = record_to_discuss(request, code)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return comments(request, code, form)
    said = services.say(found, form.cleaned_data["text"], by=request.user, **place_of(request, found))
    return redirect(f"{request.path.removesuffix('say/')}#comment-{said.pk}")


def place_of(request, found) -> dict:
    """Where a comment belongs; what is closed or of another record is not there."""
    question, parent = request.POST.get("question", ""), request.POST.get("answers_to", "")
    if question.isdecimal() and len(question) < 4:
        opened = next((one for one in discussions.rounds_on(found) if one.takes_comments(platform_day())), None)
        if opened is None or int(question) >= len(opened.questions):
            raise Http404
        return {"round": opened, "question": int(question)}
    if parent.isdecimal() and len(parent) < 19:
        return {"answers_to": get_object_or_404(discussions.comments_on(found), pk=int(parent))}
    return {}


@login_required
def ask(request, code):
    found = record_to_discuss(request, code)
    require(request.user, "repository.ask_comments", found)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            commenting.ask_comments(
                found, typed["questions"].splitlines(), typed["closes_on"], by=request.user, language=active_code()
            )
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The round is open; the group of the topic is told."))
            return redirect("repository:comments", code)
    context = {"record": found, "form": form}
    return render(request, "repository/round_ask.html", context, status=422 if form.errors else 200)


@login_required
def close(request, code):
    found = record_to_discuss(request, code)
    require(request.user, "repository.ask_comments", found)
    opened = next((one for one in discussions.rounds_on(found) if one.closed_on is None), None)
    if opened is None:
        raise Http404
    form = SummaryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commenting.close_comments(found, opened, form.cleaned_data["summary"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The round is closed; who commented is told."))
            return redirect("repository:comments", code)
    context = {"record": found, "form": form}
    return render(request, "repository/round_close.html", context, status=422 if form.errors else 200)


@login_required
def hide(request, code, pk):
    found = record_to_discuss(request, code)
    require(request.user, "repository.hide_comment", found)
    comment = get_object_or_404(Comment, thing=selectors.LABEL, object_id=found.pk, pk=pk)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commenting.hide_comment(found, comment, form.cleaned_data["why"], by=request.user)
        return redirect("repository:comments", code)
    context = {"record": found, "form": form, "comment": comment}
    return render(request, "repository/comment_hide.html", context, status=422 if form.errors else 200)
