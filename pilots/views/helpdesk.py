"""What everybody sees of the helpdesk, and asking it with or without an account."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from consultations import protection
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.programme.monitoring.counting import noted

from ..forms.helpdesk import AskBackForm, AskForm, QuestionFilter, RateForm
from ..models import HelpdeskQuestion
from ..selectors import helpdesk as selectors
from ..services import helpdesk as services

PER_PAGE, PER_HOUR, MOST = 25, 5, 30


@cached_for_guests
def listing(request):
    form = QuestionFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.published(request.user, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "query": urlencode({key: value for key, value in chosen.items() if value})}
    return render(request, "pilots/helpdesk.html", context)


def ask(request):
    """Without an account: a trap, a little work for the browser where many come from one address, and confirmation."""
    form = AskForm(request.POST or None, person=request.user)
    guest = not request.user.is_authenticated
    status = 400 if form.errors else 200
    if form.is_valid():
        if guest and request.POST.get(protection.TRAP):
            return redirect("pilots:helpdesk_sent")
        if guest and is_crowded(request):
            form.add_error(None, _("Very many questions came from your network. Please try again in an hour."))
            status = 429
        elif made := asked(request, form):
            return redirect(made if request.user.is_authenticated else "pilots:helpdesk_sent")
        else:
            status = 400
    context = {"form": form, "guest": guest, "trap": protection.TRAP, "task": protection.task() if guest else ""}
    return render(request, "pilots/helpdesk_ask.html", context, status=status)


def is_crowded(request) -> bool:
    often = protection.count_address(request, "helpdesk")
    return often > MOST or (often > PER_HOUR and not protection.is_proved(request.POST.get(protection.PROOF, "")))


def asked(request, form) -> HelpdeskQuestion | None:
    by = request.user if request.user.is_authenticated else None
    try:
        made = services.ask(by=by, language=active_code(), **form.cleaned_data)
    except ValidationError as problem:
        show_problem(problem, form)
        return None
    if by:
        messages.success(request, _("Your question is on its way. You will be told of the answer."))
    return made


def sent(request):
    return render(request, "pilots/helpdesk_sent.html")


def question(request, pk):
    found = selectors.question_for(request.user, pk)
    response = render(request, "pilots/helpdesk_question.html", told(request, found))
    if found.state == HelpdeskQuestion.State.PUBLISHED:
        return noted(response, selectors.LABEL, found)
    return response


def told(request, found: HelpdeskQuestion) -> dict:
    """The published words for everybody; the original ones, and what can be done, for those whom they concern."""
    user = request.user
    inside = user.is_authenticated and user.has_perm("pilots.read_question", found)
    is_asker = user.is_authenticated and user.has_perm("pilots.react_to_answer", found)
    return {
        "question": found,
        "asker": getattr(found, "asker", None) if inside else None,
        "inside": inside,
        "is_asker": is_asker,
        "rate": RateForm(initial=rating_of(found)) if is_asker else None,
        "back": AskBackForm() if is_asker else None,
        "can_publish": user.is_authenticated and found.agrees and user.has_perm("pilots.publish_question", found),
    }


def rating_of(found: HelpdeskQuestion) -> dict:
    asker = getattr(found, "asker", None)
    return {"rating": asker.rating, "remark": asker.remark} if asker else {}


@login_required
def own(request):
    page = Paginator(selectors.own(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "pilots/helpdesk_own.html", {"page": page})
