"""The eight steps: each is a form that can be left and resumed, with what the choices do beside it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.drafts.views import kept
from platform_core.materials.jobs import selectors as jobs

from .. import diagnosis, steps
from ..forms.benchmarks import QuestionForm, ReadingForm, RegionsForm, SourcesForm
from ..forms.methods import AggregationForm, TreatmentForm, WeightsForm
from ..forms.robustness import RobustnessForm
from ..selectors import benchmarks as selectors, methods, sources
from ..services import benchmarks as services, hierarchy, runs

KIND = "benchmarking.step"


def form_for(step: str, request, benchmark):
    """The class of a step's form with what it needs to know."""
    nodes = partial(selectors.nodes, benchmark)
    return {
        "question": lambda: partial(QuestionForm, benchmark=benchmark),
        "regions": lambda: partial(
            RegionsForm,
            benchmark=benchmark,
            names=vocabulary.country_labels(),
            studies=sources.usable_studies(request.user),
        ),
        "indicators": lambda: partial(
            SourcesForm, benchmark=benchmark, versions=sources.usable_versions(request.user, benchmark)
        ),
        "treatment": lambda: partial(TreatmentForm, benchmark=benchmark),
        "weights": lambda: partial(WeightsForm, benchmark=benchmark, nodes=nodes()),
        "aggregation": lambda: partial(
            AggregationForm, benchmark=benchmark, levels=max((node.depth for node in nodes()), default=1)
        ),
        "robustness": lambda: partial(RobustnessForm, benchmark=benchmark),
        "reading": lambda: partial(ReadingForm, benchmark=benchmark),
    }[step]()


def unsent(request, key: str):
    """What the reader typed and did not send; whoever sees as somebody else sees none of it."""
    return None if getattr(request, "watcher", None) else drafts.draft_of(request.user, KIND, key)


@never_cache
@login_required
def step(request, code, step):
    found = selectors.read_for(request.user, code)
    if step not in steps.BY_CODE:
        raise Http404
    may = request.user.has_perm("benchmarking.change_benchmark", found)
    key, make = f"{found.pk}-{step}", form_for(step, request, found)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if "keep_draft" in request.POST:
            return kept(request, KIND, key)
        form = make(request.POST)
        if form.is_valid() and (done := keep(request, found, step, form, key)):
            return done
    else:
        form = make()
    draft = unsent(request, key) if may else None
    if draft and request.method == "GET":
        form.initial |= drafts.initial_of(draft, make)
    context = page(request, found, step, form) | {"draft": draft, "kind": KIND, "key": key, "may": may}
    return render(request, f"benchmarking/step_{step}.html", context, status=400 if form.errors else 200)


def page(request, benchmark, step: str, form) -> dict:
    job = jobs.latest(runs.DIAGNOSE, benchmark=benchmark.pk)
    return {
        "benchmark": benchmark,
        "step": steps.BY_CODE[step],
        "number": steps.CODES.index(step) + 1,
        "total": len(steps.CODES),
        "before": steps.BY_CODE.get(steps.before(step)),
        "after": steps.BY_CODE.get(steps.following(step)),
        "form": form,
        "methods": pages_of(step),
        "job": job,
        "follows": job is not None and request.user.has_perm("jobs.view_job", job),
        **diagnosis.for_step(request.user, benchmark, step),
    }


def pages_of(step: str) -> list[tuple]:
    """Address, name and lead of the pages about the methods of a step."""
    known = methods.STEPS | methods.OTHERS
    return methods.rows({code: known[code] for code in steps.METHODS.get(step, ())})


def keep(request, benchmark, step: str, form, key: str):
    try:
        kept_by[step](benchmark, form, request.user)
        keeping.discard(request.user, KIND, key)
        runs.diagnose(benchmark, by=request.user)
    except ValidationError as problem:
        show_problem(problem, form)
        return None
    messages.success(request, _("Kept."))
    onward = steps.following(step) if "next" in request.POST else step
    return redirect("benchmarking:step", benchmark.code, onward or step)


def keep_fields(step: str, benchmark, form, user) -> None:
    services.keep(benchmark, step, by=user, **form.deeds())


def keep_regions(benchmark, form, user) -> None:
    services.choose_areas(benchmark, form.chosen(), by=user)
    services.keep(benchmark, "regions", by=user, peer_study=form.cleaned_data["peer_study"])


def keep_sources(benchmark, form, user) -> None:
    services.choose_sources(benchmark, form.chosen(), by=user)
    services.keep(benchmark, "indicators", by=user)


def keep_weights(benchmark, form, user) -> None:
    hierarchy.set_weights(benchmark, form.numbers(), by=user)
    keep_fields("weights", benchmark, form, user)


kept_by = {step: partial(keep_fields, step) for step in steps.CODES} | {
    "regions": keep_regions,
    "indicators": keep_sources,
    "weights": keep_weights,
}


@login_required
@require_POST
def forget(request, code, step):
    """Begin the step again with what is kept."""
    found = selectors.read_for(request.user, code)
    keeping.discard(request.user, KIND, f"{found.pk}-{step}")
    return redirect("benchmarking:step", code, step)


@login_required
@require_POST
def diagnose(request, code):
    found = selectors.read_for(request.user, code)
    if runs.diagnose(found, by=request.user) is None:
        messages.error(request, " ".join(steps.hindrances(found)))
    step = request.POST.get("step", "")
    return redirect("benchmarking:step", code, step if step in steps.BY_CODE else "reading")
