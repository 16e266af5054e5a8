"""Benchmarks for everybody, and the desk of those who make them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import keys_of, require
from platform_core.programme.monitoring.counting import noted
from repository.selectors import record_about

from .. import choices, diagnosis, publication, steps
from ..forms.benchmarks import BeginForm, CopyForm
from ..forms.studies import WithdrawForm
from ..models import Benchmark
from ..selectors import benchmarks as selectors, runs
from ..services import approvals, benchmarks as services

PER_PAGE = 20
FIRST = 20


@cached_for_guests
def listing(request):
    asked = {name: request.GET.get(name, "").replace("\0", "").strip()[:100] for name in ("words", "topic")}
    rows = Paginator(selectors.published(request.user, **asked), PER_PAGE)
    context = {
        "page": rows.get_page(request.GET.get("page")),
        "asked": asked,
        "topics": vocabulary.topic_labels(),
        "query": request.GET.urlencode(),
    }
    return render(request, "benchmarking/listing.html", context)


@cached_for_guests
def benchmark(request, code):
    """The question, the answer in ranks with their intervals, and how it was found."""
    try:
        found = selectors.benchmark_for(request.user, code)
    except Http404:
        return gone(request, selectors.withdrawn(code))
    if found.state == Benchmark.State.WITHDRAWN:
        return gone(request, found)
    run = runs.shown_run(request.user, found)
    context = {
        "benchmark": found,
        "run": run,
        "areas": list(runs.ranked(run)[:FIRST]) if run else [],
        "count": runs.ranked(run).count() if run else 0,
        "method": choices.recipe_in_words(run.recipe) if run else [],
        "robustness": choices.robustness_in_words(run.robustness) if run else [],
        "record": record_about(selectors.LABEL, found.pk) if found.published_at else None,
        "later": selectors.next_version(request.user, found),
        "works": request.user.is_authenticated and request.user.has_perm("benchmarking.read_benchmark_desk", found),
    }
    response = render(request, "benchmarking/benchmark.html", context)
    return noted(response, selectors.LABEL, found) if found.published_at else response


def gone(request, thing):
    """Where something withdrawn was: its title, the day, the reason, and what to read instead."""
    works = request.user.is_authenticated and thing.scope in keys_of(request.user)
    return render(request, "benchmarking/withdrawn.html", {"thing": thing, "works": works}, status=410)


@login_required
def desk(request):
    """Everything in preparation a person sees, and what her groups have published."""
    rows = Paginator(selectors.in_preparation(request.user), PER_PAGE)
    context = {
        "page": rows.get_page(request.GET.get("page")),
        "may_begin": selectors.may_begin_for(request.user).exists(),
        "published": selectors.published(request.user)[:PER_PAGE],
    }
    return render(request, "benchmarking/desk.html", context)


@never_cache
@login_required
def begin(request):
    groups = selectors.may_begin_for(request.user)
    if not groups:
        raise PermissionDenied
    begun = {"group": request.GET["group"]} if request.GET.get("group", "").isdecimal() else {}
    form = BeginForm(request.POST or None, groups=groups, initial=begun)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("preset", "key")}
        try:
            made = services.begin(form.cleaned_data["group"], by=request.user, **form.texts, **typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is begun. Nobody but the group sees it yet."))
            return redirect("benchmarking:step", made.code, "regions")
    return render(request, "benchmarking/begin.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@login_required
def overview(request, code):
    """How far a benchmark is, its runs, and what can be done next."""
    found = selectors.read_for(request.user, code)
    rows = Paginator(runs.runs_of(request.user, found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "benchmark": found,
        "progress": steps.progress(found),
        "resume": steps.resume_at(found),
        "runs": rows,
        "under_way": runs.under_way(found),
        "hindering": steps.hindrances(found),
        "unpublishable": publication.hindrances(found) if found.is_open else [],
        "untranslated": diagnosis.lacking_languages(found, "title", "question") if found.is_open else [],
        "approvals": runs.approvals(found),
        "record": record_about(selectors.LABEL, found.pk) if found.published_at else None,
        "later": selectors.next_version(request.user, found),
        "may": {name: request.user.has_perm(f"benchmarking.{name}", found) for name in DEEDS},
    }
    return render(request, "benchmarking/overview.html", context)


DEEDS = (
    "change_benchmark",
    "start_run",
    "delete_benchmark",
    "take_back_benchmark",
    "publish_benchmark",
    "withdraw_benchmark",
    "begin_next_version",
)


@never_cache
@login_required
def copy(request, code):
    """Everything chosen in it as a new draft of one's own group."""
    found = selectors.benchmark_for(request.user, code)
    groups = selectors.may_begin_for(request.user)
    if not groups:
        raise PermissionDenied
    form = CopyForm(request.POST or None, groups=groups, initial={"group": found.group_id})
    if request.method == "POST" and form.is_valid():
        made = services.copy(found, form.cleaned_data["group"], by=request.user, key=form.cleaned_data["key"])
        messages.success(request, _("It is copied. Nobody but the group sees the copy yet."))
        if made.sources.count() < found.sources.count():
            messages.info(request, _("Data another group has not published were left out; please choose others."))
        return redirect("benchmarking:step", made.code, "question")
    context = {"benchmark": found, "form": form}
    return render(request, "benchmarking/copy.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
def delete(request, code):
    """A page that says what goes with it, then the deed."""
    found = selectors.read_for(request.user, code)
    if not request.user.has_perm("benchmarking.delete_benchmark", found):
        raise PermissionDenied
    if request.method == "POST":
        services.delete(found, by=request.user)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": found.title})
        return redirect("benchmarking:desk")
    return render(request, "benchmarking/delete.html", {"benchmark": found, "count": found.runs.count()})


def done(request, deed, *args, success: str = "", **kwargs):
    """A deed from a button: its result, or None with what stood against it said on the next page."""
    try:
        made = deed(*args, by=request.user, **kwargs)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return None
    if success:
        messages.success(request, success)
    return made


@login_required
@require_POST
def take_back(request, code):
    found = selectors.read_for(request.user, code)
    if found.state == Benchmark.State.DRAFT:
        return redirect("benchmarking:overview", code)
    done(
        request, approvals.take_back, found, success=_("It is in preparation again. What was approved holds no longer.")
    )
    return redirect("benchmarking:overview", code)


@login_required
@require_POST
def begin_next(request, code):
    found = selectors.read_for(request.user, code)
    made: Benchmark | None = done(request, services.begin_next, found, success=_("The next version is begun."))
    return redirect("benchmarking:overview", made.code if made else code)


@never_cache
@login_required
def withdraw(request, code):
    """A page that says what it means and asks for the reason, then the deed."""
    found = selectors.read_for(request.user, code)
    offered = selectors.published(request.user).exclude(pk=found.pk)
    return withdrawing(request, found, offered, "benchmarking.withdraw_benchmark", publication.withdraw)


def withdrawing(request, thing, offered, right: str, deed):
    """For benchmarks and studies alike; what was withdrawn meanwhile says so at its address."""
    if thing.withdrawn_at:
        return redirect(thing)
    require(request.user, right, thing)
    form = WithdrawForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        deed(thing, typed["why"], by=request.user, instead=typed["instead"])
        messages.success(request, _("It is withdrawn."))
        return redirect(thing)
    context = {"form": form, "thing": thing}
    return render(request, "benchmarking/withdraw.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def publish(request, code):
    found = selectors.read_for(request.user, code)
    if found.state == Benchmark.State.PUBLISHED:
        return redirect(found)
    told = _("It is published and filed in the repository.")
    record = done(request, publication.publish, found, success=told)
    return redirect(record) if record else redirect("benchmarking:overview", code)
