from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.identity.access.selectors import require
from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.drafts.views import kept

from .. import selectors, services
from ..forms.affiliations import ClaimForm
from ..forms.applications import ApplyAnewForm, ApplyForm
from ..forms.organisations import profile_of
from ..models import Tier

KIND = "members.application"


@cached_for_guests
def join(request):
    """What membership is, and the way in."""
    own = selectors.own_organisations(request.user) if request.user.is_authenticated else []
    rows = [(one, Tier(one.tier).label if one.tier else "", selectors.open_application(one)) for one in own]
    return render(request, "members/join.html", {"rows": rows})


@login_required
def apply_anew(request):
    """The application of an organisation that is not listed yet, kept as it is typed."""
    draft = drafts.draft_of(request.user, KIND)
    if "keep_draft" in request.POST:
        return kept(request, KIND)
    form = ApplyAnewForm(request.POST or None, initial=drafts.initial_of(draft, ApplyAnewForm))
    if request.method == "POST" and form.is_valid():
        fields = form.profile() | form.asked() | {"function": form.cleaned_data["function"]}
        if sent(request, form, fields, ""):
            return redirect("members:own")
    return shown(request, form, draft)


@login_required
def apply(request, code):
    """The application of an organisation the reader looks after."""
    found = selectors.organisation_for(request.user, code)
    require(request.user, "members.change_organisation", found)
    draft = drafts.draft_of(request.user, KIND, code)
    if "keep_draft" in request.POST:
        return kept(request, KIND, code)
    form = ApplyForm(request.POST or None, initial=profile_of(found) | drafts.initial_of(draft, ApplyForm))
    if (
        request.method == "POST"
        and form.is_valid()
        and sent(request, form, {"organisation": found} | form.asked(), code)
    ):
        return redirect("members:own")
    return shown(request, form, draft, organisation=found, key=code)


def sent(request, form, fields: dict, key: str) -> bool:
    try:
        services.apply(by=request.user, **fields)
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return False
    keeping.discard(request.user, KIND, key)
    told = _("The application has gone to the lead partner. You will be told of every step; you find it under Cases.")
    messages.success(request, told)
    return True


def shown(request, form, draft, **context):
    context |= {"form": form, "draft": draft, "kind": KIND, "key": context.get("key", "")}
    return render(request, "members/apply.html", context, status=400 if form.errors else 200)


@login_required
def claim(request, code):
    """Say that one acts for an organisation."""
    found = selectors.organisation_for(request.user, code)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.claim(found, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Those who look after the organisation are asked to confirm it."))
            return redirect("members:own")
    context = {"form": form, "organisation": found}
    return render(request, "members/claim.html", context, status=400 if form.errors else 200)
