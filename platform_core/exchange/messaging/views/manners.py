from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.accounts import selectors as accounts

from .. import selectors, services
from ..forms.conversations import OpennessForm, ReportForm


@login_required
def manners(request):
    """Who may write to the reader, and whom she has blocked."""
    form = OpennessForm(request.POST or None, initial={"who": selectors.openness_of(request.user).who})
    if request.method == "POST" and form.is_valid():
        services.open_to(request.user, form.cleaned_data["who"])
        messages.success(request, _("Your choice is kept."))
        return redirect("messaging:manners")
    context = {"form": form, "blocks": selectors.blocks_of(request.user)}
    return render(request, "messaging/manners.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def block(request, pk):
    """Blocks somebody one has a conversation with, or takes the block back."""
    other = accounts.person(pk)
    known = other and selectors.conversations(request.user).filter(participants__person=other).exists()
    if "unblock" in request.POST and other:
        services.unblock(request.user, other)
        messages.success(request, _("You get messages from this person again."))
    elif known and other != request.user:
        services.block(request.user, other)
        messages.success(request, _("You get no more messages from this person. She is not told."))
    else:
        raise Http404
    return redirect("messaging:manners")


@login_required
def report(request, pk):
    found = selectors.message_for(request.user, pk)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.report(found, form.cleaned_data["why"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The lead partner will look at this message. You find the answer under Cases."))
            return redirect(found.conversation)
    context = {"form": form, "message": found}
    return render(request, "messaging/report.html", context, status=400 if form.errors else 200)
