from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from .. import selectors, services
from ..forms.affiliations import AffiliationForm
from ..forms.organisations import ChangeForm, profile_of
from ..models import Tier


@login_required
def own(request):
    """The organisations the reader acts for, and what she asked for."""
    rows = [
        (
            one,
            Tier(one.tier).label if one.tier else "",
            selectors.open_application(one),
            request.user.has_perm("members.change_organisation", one),
        )
        for one in selectors.own_organisations(request.user)
    ]
    claims = request.user.claims.filter(state="open").select_related("organisation")
    return render(request, "members/own.html", {"rows": rows, "claims": claims})


@login_required
def change(request, code):
    """The profile, for those who look after it."""
    found = selectors.organisation_to_change(request.user, code)
    form = ChangeForm(request.POST or None, request.FILES or None, initial=profile_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_organisation(found, by=request.user, stances=form.stances(), **form.profile(found))
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("The profile is changed."))
            return redirect(found)
    context = {"organisation": found, "form": form}
    return render(request, "members/change.html", context, status=400 if form.errors else 200)


@login_required
def people(request, code):
    """Who acts for the organisation, for those who look after it."""
    found = selectors.organisation_to_change(request.user, code)
    rows = selectors.affiliations(found)
    return render(request, "members/people.html", {"organisation": found, "rows": rows})


def affiliation_of(request, code, pk):
    found = selectors.organisation_to_change(request.user, code)
    return found, get_object_or_404(selectors.affiliations(found), pk=pk)


@login_required
def person(request, code, pk):
    found, affiliation = affiliation_of(request, code, pk)
    initial = {name: getattr(affiliation, name) for name in ("function", "is_contact", "is_admin")}
    form = AffiliationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_affiliation(affiliation, by=request.user, **form.cleaned_data)
        messages.success(request, _("Changed."))
        return redirect("members:people", code=code)
    context = {"organisation": found, "affiliation": affiliation, "form": form}
    return render(request, "members/person.html", context, status=400 if form.errors else 200)


@login_required
def end(request, code, pk):
    found, affiliation = affiliation_of(request, code, pk)
    if request.method == "POST":
        services.end_affiliation(affiliation, by=request.user)
        messages.success(request, _("%(person)s acts for this organisation no more.") % {"person": affiliation.person})
        return redirect("members:people", code=code)
    return render(request, "members/end_affiliation.html", {"organisation": found, "affiliation": affiliation})
