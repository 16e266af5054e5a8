from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from .. import selectors, services
from ..forms.wishes import PaceForm, WishesForm
from ..models import Pace
from ..services.wishes import DIGESTS


@login_required
def wishes(request):
    form = WishesForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("From now on you are told as you have chosen."))
        return redirect("messaging:wishes")
    return render(request, "messaging/wishes.html", {"form": form}, status=400 if form.errors else 200)


@csrf_exempt
def unsubscribe(request, secret, scope):
    """Whoever holds the link of a mail stops mails like it, without signing in; mail programs post to it by themselves."""
    person = services.person_behind(secret)
    known = scope == DIGESTS or selectors.kind_of(scope) or scope in selectors.kinds_by_group()
    if person is None or not known:
        raise Http404
    one_click = request.method == "POST" and "pace" not in request.POST
    form = PaceForm({"pace": Pace.NEVER} if one_click else request.POST or None)
    done = request.method == "POST" and form.is_valid()
    if done:
        services.choose_pace(person, scope, form.cleaned_data["pace"])
    name = _("Digests") if scope == DIGESTS else selectors.scope_name(scope)
    context = {"form": form, "name": name, "done": form.cleaned_data["pace"] if done else "", "paces": Pace}
    response = render(request, "messaging/unsubscribe.html", context, status=400 if form.errors else 200)
    response["Cache-Control"], response["Referrer-Policy"] = "no-store", "no-referrer"
    return response
