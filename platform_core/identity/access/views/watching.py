from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.identity.accounts import selectors as accounts

from .. import selectors, services, watching
from ..forms import SeeAsForm


@login_required
@permission_required("access.see_as", raise_exception=True)
def see_as(request):
    """Begin to look with another person's eyes."""
    form = SeeAsForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        person = accounts.person_with(form.cleaned_data["person"])
        if person and selectors.may_see_as(request.user, person):
            services.note_seeing_as(person, by=request.user, why=form.cleaned_data["why"])
            watching.begin(request, person)
            return redirect("/")
        form.add_error("person", _("Nobody with this address can be looked at in this way."))
    context = {"form": form, "minutes": watching.MINUTES}
    return render(request, "access/see_as.html", context, status=400 if form.errors else 200)


@require_POST
def stop(request):
    watching.stop(request)
    messages.info(request, _("You see the platform with your own eyes again."))
    return redirect("access:see_as")
