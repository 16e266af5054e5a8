from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .. import selectors, services
from ..forms import ProxyForm, VoteForm, initial_vote


@login_required
def vote(request, pk, organisation):
    """An organisation's vote. What was typed stays when the vote has ended meanwhile."""
    found = selectors.decision_for(request.user, pk)
    voter = next((one for one in selectors.votes_for(request.user, found) if one.pk == organisation), None)
    if voter is None:
        raise Http404
    held = None if found.is_secret else selectors.vote_of(found, voter)
    initial = initial_vote(found, held.choice, held.comment) if held else {}
    form = VoteForm(request.POST if request.method == "POST" else None, decision=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            comment = form.cleaned_data.get("comment", "")
            receipt = services.cast(found, voter, form.choice(), by=request.user, comment=comment)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            return render(request, "governance/receipt.html", {"decision": found, "voter": voter, "receipt": receipt})
    context = {"decision": found, "voter": voter, "form": form, "held": held}
    return render(request, "governance/vote.html", context, status=400 if form.errors else 200)


@login_required
def proxy(request, pk, organisation):
    found = selectors.decision_for(request.user, pk)
    row = next((row for row in selectors.own_proxies(request.user, found) if row[0].pk == organisation), None)
    if row is None or found.state != found.State.OPEN:
        raise Http404
    voter, held = row
    form = ProxyForm(request.POST or None, initial={"person": held.person.email if held else ""})
    if request.method == "POST" and form.is_valid():
        try:
            services.name_proxy(found, voter, form.cleaned_data["person"], by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Kept."))
            return redirect(found)
    context = {"decision": found, "voter": voter, "form": form}
    return render(request, "governance/proxy.html", context, status=400 if form.errors else 200)
