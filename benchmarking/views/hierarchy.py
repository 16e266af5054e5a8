"""The tree of a benchmark. Every deed is a form of its own, so nothing needs a script."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem

from .. import steps
from ..forms.hierarchy import AddIndicatorsForm, AggregateForm, NodeForm
from ..selectors import benchmarks as selectors, sources
from ..services import hierarchy as services
from .benchmarks import done

WORDS_LENGTH = 100


def back(benchmark):
    return redirect("benchmarking:step", benchmark.code, "indicators")


def page(request, template: str, benchmark, form, **more):
    context = {"benchmark": benchmark, "step": steps.BY_CODE["indicators"], "form": form, **more}
    return render(request, template, context, status=400 if form.errors else 200)


@never_cache
@login_required
def add_group(request, code):
    found = selectors.changed_for(request.user, code)
    form = AggregateForm(request.POST or None, nodes=selectors.nodes(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_aggregate(found, form.name_written, form.cleaned_data["parent"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The group is there. Put indicators below it now."))
            return back(found)
    return page(request, "benchmarking/node.html", found, form, heading=_("Add a group of indicators"))


@never_cache
@login_required
def add_indicators(request, code):
    found = selectors.changed_for(request.user, code)
    words = request.GET.get("words", "").replace("\0", "").strip()[:WORDS_LENGTH]
    offered = sources.held_indicators(found, words)
    form = AddIndicatorsForm(request.POST or None, nodes=selectors.nodes(found), indicators=offered)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            told = {"by": request.user, "direction": typed["direction"]}
            services.add_indicators(found, typed["indicators"], typed["parent"], **told)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return back(found)
    more = {"words": words, "count": offered.count(), "has_sources": found.sources.exists()}
    return page(request, "benchmarking/add_indicators.html", found, form, **more)


@never_cache
@login_required
def node(request, code, pk):
    found = selectors.changed_for(request.user, code)
    one = selectors.node_for(found, pk)
    nodes = selectors.nodes(found)
    label = next(row.label for row in nodes if row.pk == one.pk)
    form = NodeForm(request.POST or None, node=one, nodes=nodes)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_node(one, by=request.user, **form.deeds())
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("Kept."))
            return back(found)
    return page(request, "benchmarking/node.html", found, form, heading=label)


@login_required
@require_POST
def move(request, code, pk):
    found = selectors.changed_for(request.user, code)
    done(request, services.move_node, selectors.node_for(found, pk), up="up" in request.POST)
    return back(found)


@never_cache
@login_required
def drop(request, code, pk):
    """A page that says what goes with it, then the deed."""
    found = selectors.changed_for(request.user, code)
    one = selectors.node_for(found, pk)
    if request.method == "POST":
        done(request, services.drop_node, one)
        return back(found)
    nodes = selectors.nodes(found)
    place = next(number for number, row in enumerate(nodes) if row.pk == one.pk)
    below = []
    for row in nodes[place + 1 :]:
        if row.depth <= nodes[place].depth:
            break
        below.append(row)
    context = {"benchmark": found, "step": steps.BY_CODE["indicators"], "node": nodes[place], "below": below}
    return render(request, "benchmarking/node_drop.html", context)
