"""Beginning a consultation, and its settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from platform_core.ground.ui.problems import show_problem

from .. import drafting, library
from ..forms.setups import BeginForm, SettingsForm
from ..models import Consultation
from ..questions.kinds import names
from ..selectors import drafting as versions, opening, setups as selectors
from ..services import setups as services


@never_cache
@login_required
def begin(request):
    groups = selectors.may_begin_for(request.user)
    if not groups:
        raise PermissionDenied
    begun = {name: request.GET[name] for name in ("group",) if name in request.GET}
    copies = selectors.copied_from(request.user)
    form = BeginForm(request.POST or None, groups=groups, copies=copies, initial=begun)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = services.begin(
                typed["group"],
                structure_for(request.user, typed),
                by=request.user,
                title=typed["title"],
                summary=typed["summary"],
                preset=Consultation.Preset.PUBLIC if typed["is_public"] else "",
                **{name: typed[name] for name in ("opens_at", "closes_at", "time_zone")},
            )
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is begun. Nobody but the group sees it yet."))
            return redirect(made.questions_address)
    return render(request, "consultations/begin.html", {"form": form}, status=400 if form.errors else 200)


def structure_for(user, typed) -> dict:
    if typed["beginning"] == "copy":
        return selectors.structure_to_copy(user, typed["copied"])
    return library.profile() if typed["beginning"] == "profile" else drafting.blank()


def groups_of(version) -> dict[str, dict[str, str]]:
    return {"targets": names(version.structure, "audiences"), "type_targets": opening.type_names(version)}


@never_cache
@login_required
def settings(request, code):
    found = get_object_or_404(Consultation.objects.select_related("topic"), code=code)
    if not request.user.has_perm("consultations.set_up", found):
        raise PermissionDenied
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        consultation=found,
        groups=groups_of(versions.newest(found)),
        may_waive=request.user.has_perm("consultations.waive_languages", found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.set_up(found, by=request.user, **form.settings())
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("Kept.") if changed else _("Nothing was changed."))
            return redirect("consultations:settings", code)
    context = {"consultation": found, "form": form, "title": _("Settings")}
    return render(request, "consultations/settings.html", context, status=400 if form.errors else 200)
