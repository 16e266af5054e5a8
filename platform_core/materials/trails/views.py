from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.registry.catalogue import label_of, thing_kind
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import thing_for

from . import chains, drawing, links, selectors, services, telling
from .forms import DrawForm
from .models import Trail


@cached_for_guests
def chain(request, label, pk):
    """Where a thing came from and what became of it, as a page or as a part of the thing's own."""
    found = chains.chain(request.user, *thing_for(request.user, label, pk))
    is_part = "part" in request.GET
    context = telling.told_context(found, most=telling.SHORT if is_part else 0)
    context |= {"title": found.start.title, "part": is_part, "address": request.path}
    if found.steps:
        context["wide"], context["narrow"] = drawing.drawn(found)
        context["table"] = "" if is_part else telling.table(found)
    return render(request, "trails/chain_told.html" if is_part else "trails/chain.html", context)


@login_required
def draw(request, label, pk):
    """Say how a thing is related to another one of the platform."""
    kind, thing = thing_for(request.user, label, pk)
    if not any(request.user.has_perm(one.right, thing) for one in selectors.kinds_from(label)):
        raise PermissionDenied
    form = DrawForm(request.POST or None, person=request.user, label=label)
    if request.method == "POST" and form.is_valid() and drawn(request, thing, form):
        return redirect(kind.address(thing))
    context = {"form": form, "title": kind.title(thing), "address": kind.address(thing)}
    return render(request, "trails/draw.html", context, status=400 if form.errors else 200)


def drawn(request, thing, form) -> bool:
    typed = form.cleaned_data
    try:
        services.draw(typed["kind"], thing, typed["address"], by=request.user, note=typed["note"])
    except ValidationError as problem:
        show_problem(problem, form)
        return False
    messages.success(request, _("The relation is kept."))
    return True


@login_required
@require_POST
def erase(request, pk):
    trail = Trail.objects.filter(pk=pk).first()
    known = selectors.trail_kind(trail.kind) if trail else None
    if known and known.has_own_form:
        raise PermissionDenied
    thing = services.erase(pk, by=request.user)
    messages.success(request, _("The relation is taken away."))
    return redirect(thing_kind(label_of(thing)).address(thing))


@permission_required("trails.mend_links", raise_exception=True)
def broken(request):
    """Addresses outside that lead nowhere, and what points to them."""
    return render(request, "trails/broken.html", {"rows": links.broken_everywhere(request.user)})
