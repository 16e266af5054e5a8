"""What a group has filled in at its documents."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from ..forms.fields import FieldForm, choice_forms, initial_of
from ..selectors import fields as selectors
from ..services import fields as services
from .documents import workspace


@login_required
def fields(request, number):
    """The fields in their order, with the way to add, change and close them."""
    group = workspace(request, number)
    context = {
        "group": group,
        "fields": selectors.fields(group, closed=True),
        "may_keep": request.user.has_perm("workinggroups.keep_fields", group),
    }
    return render(request, "workinggroups/fields.html", context)


@login_required
def add(request, number):
    group = workspace(request, number)
    require(request.user, "workinggroups.keep_fields", group)
    return asked(request, group, None, lambda **said: services.add(group, by=request.user, **said))


@login_required
def change(request, pk):
    found = selectors.field_for(request.user, pk)
    return asked(request, found.group, found, lambda **said: services.change(found, by=request.user, **said))


def asked(request, group, found, perform):
    form = FieldForm(request.POST or None, initial=initial_of(found) if found else {"kind": "text"})
    choices = choice_forms(request.POST or None, found)
    if request.method == "POST" and form.is_valid() and choices.is_valid():
        try:
            kept = perform(choices=choices.rows(form.cleaned_data["language"], found), **form.said(found))
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            if "more" in request.POST:
                return redirect("workinggroups:change_field", kept.pk)
            messages.success(request, _("It is kept."))
            return redirect("workinggroups:fields", group.pk)
    context = {"group": group, "field": found, "form": form, "choices": choices}
    return render(request, "workinggroups/field.html", context, status=400 if request.POST else 200)


DEEDS = {"move-up": services.move_up, "close": services.open_or_close}


@login_required
@require_POST
def deed(request, pk, name):
    found = selectors.field_for(request.user, pk)
    DEEDS[name](found, by=request.user)
    return redirect("workinggroups:fields", found.group_id)


@login_required
@require_POST
def begin(request, number):
    group = workspace(request, number)
    services.begin(group, by=request.user)
    messages.success(request, _("The usual fields are there. Change them as you need them."))
    return redirect("workinggroups:fields", number)
