from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require

from ..forms.indicators import CatalogueFilter, IndicatorForm
from ..selectors import indicators as selectors
from ..services import indicators as services

PER_PAGE = 25
SHOWN = 20


@cached_for_guests
def listing(request):
    """The catalogue, narrowed."""
    form = CatalogueFilter(request.GET, topics=vocabulary.topic_labels())
    rows = selectors.narrowed(request.user, language=active_code(), **form.chosen)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = selectors.figures_of(request.user, list(page))
    context = {
        "form": form,
        "page": page,
        "rows": [(row, counts.get(row.pk, 0)) for row in page],
        "is_narrowed": any(form.chosen.values()),
        "may_add": request.user.has_perm("benchmarking.add_indicator"),
    }
    return render(request, "benchmarking/indicators.html", context)


@cached_for_guests
def indicator(request, code):
    """What it means, and which data sets have figures of it."""
    found = selectors.indicator_for(request.user, code)
    page = Paginator(selectors.held(request.user, found), SHOWN).get_page(request.GET.get("page"))
    context = {
        "indicator": found,
        "page": page,
        "may_change": request.user.has_perm("benchmarking.change_indicator", found),
    }
    return render(request, "benchmarking/indicator.html", context)


@login_required
def add(request):
    groups = selectors.groups_for(request.user, "benchmarking.add_indicator")
    form = IndicatorForm(request.POST or None, groups=groups)
    if form.is_valid():
        group = next(one for one in groups if one.pk == form.cleaned_data["group"])
        try:
            return redirect(services.add(group, by=request.user, **form.fields_of_indicator))
        except ValidationError as problem:
            show_problem(problem, form)
    return render(request, "benchmarking/indicator_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def change(request, code):
    found = selectors.indicator_for(request.user, code)
    require(request.user, "benchmarking.change_indicator", found)
    form = IndicatorForm(request.POST or None, indicator=found)
    if form.is_valid():
        try:
            services.change(found, by=request.user, **form.fields_of_indicator)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The indicator is changed. Its translations are marked as out of date."))
            return redirect(found)
    context = {"form": form, "indicator": found}
    return render(request, "benchmarking/indicator_form.html", context, status=422 if form.errors else 200)
