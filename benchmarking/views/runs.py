"""Runs: asking for one, following and cancelling it, reading, comparing, reproducing, and asking for its approval."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.materials.jobs import selectors as jobs
from platform_core.materials.jobs.models import Job

from .. import choices, comparison, recipes
from ..forms.runs import AskForm
from ..models import Run
from ..selectors import benchmarks, runs as selectors
from ..services import approvals, runs as services
from .benchmarks import done

PER_PAGE = 50
DEEDS = ("cancel_run", "retry_run", "reproduce_run", "delete_run", "ask_approval_of_run")
NOTE_LENGTH = 200


@login_required
@require_POST
def start(request, code):
    found = benchmarks.read_for(request.user, code)
    note = request.POST.get("note", "").replace("\0", "").strip()[:NOTE_LENGTH]
    run = done(request, services.start, found, note=note)
    return redirect(run) if run else redirect("benchmarking:step", code, "reading")


@cached_for_guests
def run(request, code, number):
    """What went in and what came out; while it is computed, how far it is."""
    found = selectors.run_for(request.user, code, number)
    inside = request.user.is_authenticated and request.user.has_perm(
        "benchmarking.read_benchmark_desk", found.benchmark
    )
    context = {
        "benchmark": found.benchmark,
        "run": found,
        "page": Paginator(selectors.areas(found), PER_PAGE).get_page(request.GET.get("page")),
        "nodes": selectors.nodes(found),
        "method": choices.recipe_in_words(found.recipe),
        "robustness": choices.robustness_in_words(found.robustness),
        "inside": inside,
        "layout": "benchmarking/room.html" if inside else "layouts/public.html",
        "query": request.GET.urlencode(),
        **(at_work(request.user, found) if inside else {}),
    }
    return render(request, "benchmarking/run.html", context)


def at_work(user, run: Run) -> dict:
    """What those who make it see beside."""
    job = Job.objects.filter(pk=run.job).first() if run.job else None
    return {
        "job": job,
        "follows": job is not None and user.has_perm("jobs.view_job", job),
        "reproduction": jobs.latest(services.REPRODUCE, run=run.pk),
        "is_stale": run.benchmark.is_open and run.choices_sha256 != recipes.fingerprint(run.benchmark),
        "standing": selectors.standing(run),
        "others": selectors.runs_of(user, run.benchmark).filter(state=Run.State.DONE).exclude(pk=run.pk)[:PER_PAGE],
        "may": {name: user.has_perm(f"benchmarking.{name}", run) for name in DEEDS},
    }


def worked_on(request, code: str, number: int) -> Run:
    """A run of a benchmark whose desk the reader may read."""
    benchmarks.read_for(request.user, code)
    return selectors.run_for(request.user, code, number)


@login_required
@require_POST
def cancel(request, code, number):
    found = worked_on(request, code, number)
    done(request, services.cancel, found, success=_("It is cancelled; nothing of it is kept."))
    return redirect("benchmarking:overview", code)


@login_required
@require_POST
def retry(request, code, number):
    found = worked_on(request, code, number)
    done(request, services.retry, found)
    return redirect(found)


@login_required
@require_POST
def delete(request, code, number):
    found = worked_on(request, code, number)
    done(request, services.delete, found, success=_("The run is deleted."))
    return redirect("benchmarking:overview", code)


@login_required
@require_POST
def reproduce(request, code, number):
    found = worked_on(request, code, number)
    done(request, services.reproduce, found)
    return redirect(found)


@login_required
def compare(request, code):
    """Two runs of a benchmark side by side; the last two when none are named."""
    found = benchmarks.read_for(request.user, code)
    rows = list(selectors.runs_of(request.user, found).filter(state=Run.State.DONE)[:200])
    numbers = [int(told) for name in ("a", "b") if (told := request.GET.get(name, "")).isdecimal() and len(told) < 9]
    if len(numbers) != 2:
        numbers = [row.number for row in reversed(rows[:2])]
    if len(numbers) < 2:
        return render(request, "benchmarking/compare.html", {"benchmark": found, "runs": rows})
    if not set(numbers) <= {row.number for row in rows}:
        raise Http404
    first, second = (selectors.run_for(request.user, code, number) for number in numbers)
    compared = comparison.compare(first, second)
    page = Paginator(compared.changes, PER_PAGE).get_page(request.GET.get("page"))
    context = {"benchmark": found, "runs": rows, "first": first, "second": second, "compared": compared, "page": page}
    return render(request, "benchmarking/compare.html", {**context, "query": request.GET.urlencode()})


@never_cache
@login_required
def ask(request, code, number):
    """Asking people whether exactly this run may be published."""
    found = worked_on(request, code, number)
    if not request.user.has_perm("benchmarking.ask_approval_of_run", found):
        raise Http404
    people = selectors.can_approve(found.benchmark, request.user)
    form = AskForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            approvals.ask(found, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("They are asked. Any change of the benchmark ends this."))
            return redirect("benchmarking:overview", code)
    context = {"benchmark": found.benchmark, "run": found, "form": form, "people": people}
    return render(request, "benchmarking/ask.html", context, status=400 if form.errors else 200)
