from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, override

from . import services
from .forms import SettingsForm


@login_required
def home(request):
    return redirect("pages:mine")


@login_required
def settings(request):
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_settings(form.instance, form.changed_data)
        with override(form.instance.language):
            messages.success(request, _("Your settings are saved."))
            return HttpResponseRedirect(reverse("accounts:settings"))
    return render(request, "accounts/settings.html", {"form": form}, status=400 if form.errors else 200)
