"""What whoever asked does with her question: with her account, or without one by the link that was sent to her."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem

from ..forms.helpdesk import AskBackForm, RateForm
from ..selectors import helpdesk as selectors
from ..services import helpdesk as services
from .helpdesk import rating_of, told


@never_cache
def by_link(request, secret):
    return page(request, selectors.asker_with(secret), secret=secret)


def page(request, asker, *, secret="", rate=None, back=None):
    found = asker.question
    context = (
        told(request, found) if not secret else {"question": found, "asker": asker, "inside": True, "is_asker": True}
    )
    context |= {"secret": secret, "rate": rate or RateForm(initial=rating_of(found)), "back": back or AskBackForm()}
    wrong = bool((rate and rate.errors) or (back and back.errors))
    response = render(request, "pilots/helpdesk_question.html", context, status=400 if wrong else 200)
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_POST
def deed_by_link(request, secret, deed):
    return do(request, deed, selectors.asker_with(secret), secret=secret)


@login_required
@require_POST
def deed(request, pk, deed):
    return do(request, deed, selectors.asker_for(request.user, pk), by=request.user)


def do(request, deed, asker, *, by=None, secret=""):
    """Rate, ask back, confirm, withdraw, or say whether it may be published."""
    rate = RateForm(request.POST) if deed == "rate" else None
    back = AskBackForm(request.POST) if deed == "ask-back" else None
    form = rate or back
    if form is not None and not form.is_valid():
        return page(request, asker, secret=secret, rate=rate, back=back)
    try:
        DEEDS[deed](asker, form, by)
    except ValidationError as problem:
        if form is not None:
            show_problem(problem, form)
            return page(request, asker, secret=secret, rate=rate, back=back)
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, SAID[deed]())
    return redirect("pilots:asked_with_link", secret) if secret else redirect(asker.question)


DEEDS = {
    "confirm": lambda asker, form, by: services.confirm(asker),
    "rate": lambda asker, form, by: services.rate(asker, **form.cleaned_data, by=by),
    "ask-back": lambda asker, form, by: services.ask_back(asker, **form.cleaned_data, by=by),
    "agree": lambda asker, form, by: services.agree(asker, True, by=by),
    "disagree": lambda asker, form, by: services.agree(asker, False, by=by),
    "withdraw": lambda asker, form, by: services.withdraw(asker, by=by),
}
SAID = {
    "confirm": lambda: _("Your question is on its way. You will get a mail when it is answered."),
    "rate": lambda: _("Thank you. Your rating is kept."),
    "ask-back": lambda: _("Your further question is on its way."),
    "agree": lambda: _("Thank you. An editor will word it without your name."),
    "disagree": lambda: _("Nothing of it is published, or it is published no longer."),
    "withdraw": lambda: _("Your question is withdrawn."),
}
