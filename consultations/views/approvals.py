"""Asking for approval of the questions, and what was said."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..forms.approvals import ApprovalForm
from ..selectors import approvals as selectors, drafting, opening
from ..services import approvals as services
from .editor import done


@never_cache
@login_required
def approval(request, code):
    """What stands between these questions and their opening, who was asked, and asking."""
    found = drafting.read_for(request.user, code)
    version = drafting.draft(found)
    may_ask = version is not None and request.user.has_perm("consultations.ask_approval", found)
    standing = selectors.standing(version) if version else ""
    form = None
    if may_ask and standing in ("", "changes"):
        people = selectors.can_approve(found, request.user)
        form = ApprovalForm(request.POST or None, people=people)
        if (
            request.method == "POST"
            and form.is_valid()
            and done(request, form, services.ask, found, **form.cleaned_data)
        ):
            messages.success(request, _("They are asked. Any change of the questions or settings ends this."))
            return redirect("consultations:approval", code)
    newest = drafting.newest(found)
    context = {
        "consultation": found,
        "version": newest,
        "is_draft": version is not None,
        "form": form,
        "standing": standing,
        "approvals": selectors.approvals(newest),
        "hindrances": opening.hindrances(found) if version else [],
        "may_take_back": request.user.has_perm("consultations.take_back", found),
    }
    return render(request, "consultations/approval.html", context, status=400 if form and form.errors else 200)


@login_required
@require_POST
def take_back(request, code):
    found = drafting.read_for(request.user, code)
    try:
        services.take_back(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("It is in preparation again. What was approved holds no longer."))
    return redirect("consultations:approval", code)
