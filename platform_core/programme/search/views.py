from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.guest_cache import cached_for_guests

from . import saved, selectors
from .forms import AlertForm, SaveSearchForm
from .listing import listing, marked, results_address
from .suggesting import suggestions


@cached_for_guests
def search(request):
    """One search over everything: `q` the words, `in` one kind of thing, facets as filters."""
    found = listing(request)
    return marked(render(request, "search/results.html", {**found, "kinds": selectors.kinds()}), found)


@cached_for_guests
def suggest(request):
    """Options for a search box, for what was typed so far."""
    thing = request.GET.get("in", "")
    found = suggestions(request.user, request.GET.get("q", "")[:200], thing if selectors.kind_of(thing) else "")
    return render(request, "search/options.html", {"suggestions": found})


@login_required
def searches(request):
    found = list(saved.saved_searches(request.user))
    rows = [
        {
            "saved": kept,
            "number": number,
            "kind": selectors.kind_name(kept.thing),
            "form": AlertForm(initial={"alert": kept.alert}, prefix=str(kept.pk)),
        }
        for kept, number in zip(found, saved.numbers_of_news(request.user, found), strict=True)
    ]
    return render(request, "search/saved.html", {"rows": rows, "most": saved.TOLD})


@login_required
@require_POST
def save(request):
    form = SaveSearchForm(request.POST)
    if not form.is_valid():
        return render(request, "search/save.html", {"form": form}, status=422)
    try:
        saved.save_search(request.user, **form.cleaned_data)
    except ValidationError as problem:
        form.add_error(None, problem)
        return render(request, "search/save.html", {"form": form}, status=422)
    messages.success(request, _("The search is kept."))
    return redirect("search:saved")


@login_required
def run(request, pk):
    """To the results; from now on what is there counts as seen."""
    kept = saved.saved_search(request.user, pk)
    saved.look(kept)
    return redirect(results_address(saved.question(kept)))


@login_required
@require_POST
def alert(request, pk):
    kept = saved.saved_search(request.user, pk)
    form = AlertForm(request.POST, prefix=str(kept.pk))
    if form.is_valid():
        saved.change_alert(kept, form.cleaned_data["alert"])
        messages.success(request, _("Changed."))
    return redirect("search:saved")


@login_required
@require_POST
def forget(request, pk):
    saved.saved_search(request.user, pk).delete()
    messages.success(request, _("The search is no longer kept."))
    return redirect("search:saved")
