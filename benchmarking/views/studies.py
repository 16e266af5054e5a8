"""The desk of a group: making studies of peers and cluster maps in steps. Addresses of both kinds lead here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.jobs import selectors as jobs

from .. import cluster_pages, peer_pages
from ..forms.clusters import SectorsForm, ThresholdsForm
from ..forms.peers import MethodForm, VariablesForm
from ..forms.studies import BeginForm, ChangeForm
from ..models import ClusterMap, PeerStudy, Study
from ..selectors import peers as peer_selectors, studies as selectors
from ..services import clusters as map_services, peers as peer_services, studies as services
from ..statistics.editions import OWN
from .benchmarks import withdrawing


@dataclass(frozen=True)
class Kind:
    """One of the two kinds of study: `parts` is what it is made of, variables or sectors, `method` how it is computed."""

    code: str
    model: type[Study]
    begin: Any
    parts: Any
    method: Any
    job: str
    argument: str
    compute: Callable[..., Any]
    preset: Callable[[], dict[str, Any]] = dict


KINDS = {
    "peer": Kind(
        code="peer",
        model=PeerStudy,
        begin=gettext_lazy("Begin a study of peers"),
        parts=gettext_lazy("Variables"),
        method=gettext_lazy("Distance"),
        job=peer_services.JOB,
        argument="study",
        compute=peer_services.compute,
    ),
    "cluster": Kind(
        code="cluster",
        model=ClusterMap,
        begin=gettext_lazy("Begin a cluster map"),
        parts=gettext_lazy("Sectors"),
        method=gettext_lazy("Thresholds"),
        job=map_services.JOB,
        argument="map",
        compute=map_services.compute,
        preset=lambda: {"edition": OWN},
    ),
}


@never_cache
@login_required
def desk(request):
    require(request.user, "benchmarking.follow_study")
    context = {
        "peer_studies": selectors.followed(PeerStudy, request.user),
        "cluster_maps": selectors.followed(ClusterMap, request.user),
        "may_begin": request.user.has_perm("benchmarking.make_study"),
    }
    return render(request, "benchmarking/studies_desk.html", context)


@never_cache
@login_required
def begin(request, kind):
    making = selectors.making_groups(request.user)
    if not making:
        raise PermissionDenied
    told = KINDS[kind]
    begun = {"group": request.GET["group"]} if request.GET.get("group", "").isdecimal() else {}
    form = BeginForm(request.POST or None, making=making, initial=begun)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        fields = {**told.preset(), **form.fields_told()}
        try:
            made = services.begin(
                told.model, typed["group"], by=request.user, versions=typed["versions"], key=typed["key"], **fields
            )
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect(f"benchmarking:{kind}_parts", made.code)
    context = {"form": form, "title": told.begin}
    return render(request, "benchmarking/study_begin.html", context, status=400 if form.errors else 200)


DEEDS = ("change", "publish", "follow", "withdraw")


def room(request, kind: str, study: Study, **more) -> dict[str, Any]:
    """What every page of a study's desk shows."""
    may = {right: request.user.has_perm(f"benchmarking.{right}_study", study) for right in DEEDS}
    steps = [
        (f"benchmarking:{kind}_settings", _("Data and years"), True),
        (f"benchmarking:{kind}_parts", KINDS[kind].parts, bool(parts_of(study))),
        (f"benchmarking:{kind}_method", KINDS[kind].method, bool(parts_of(study))),
        (f"benchmarking:{kind}_desk", _("Compute, look, publish"), study.computed_at is not None),
    ]
    return {"study": study, "kind": kind, "may": may, "steps": steps, **more}


def parts_of(study: Study) -> int:
    if isinstance(study, PeerStudy):
        return study.variables.count()
    return study.sectors.count() if isinstance(study, ClusterMap) else 0


@never_cache
@login_required
def manage(request, kind, code):
    """Where it stands, what the figures look like, and what can be done next."""
    told = KINDS[kind]
    found = selectors.desk_for(told.model, request.user, code)
    figures: dict[str, Any] = {}
    if found.computed_at and isinstance(found, PeerStudy):
        figures = peer_pages.method_context(found)
    elif found.computed_at and isinstance(found, ClusterMap):
        figures = {
            "thresholds": cluster_pages.thresholds(found),
            "threshold_head": cluster_pages.threshold_head(),
            "sector_count": found.sectors.count(),
        }
    context = room(
        request,
        kind,
        found,
        hindrances=services.hindrances(found) if found.state == Study.State.DRAFT else [],
        parts=parts_of(found),
        job=jobs.latest(told.job, **{told.argument: found.pk}),
        **{name: value for name, value in figures.items() if name != "study"},
    )
    return render(request, f"benchmarking/{kind}_desk.html", context)


def edit(request, kind, code, page: str, form_of, keep):
    """A step: what is wrong stands at its field with what was typed; what is right is kept and leads on."""
    found = selectors.desk_for(KINDS[kind].model, request.user, code, "change_study")
    form = form_of(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            keep(found, form)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("Kept."))
            return redirect(f"benchmarking:{kind}_{following(page)}", code)
    context = room(request, kind, found, form=form, page=page, refused=refused(found) if page == "parts" else [])
    return render(request, f"benchmarking/{kind}_{page}.html", context, status=400 if form.errors else 200)


def following(page: str) -> str:
    return {"settings": "parts", "parts": "method", "method": "desk"}[page]


def refused(study: Study):
    return peer_selectors.refused(study) if isinstance(study, PeerStudy) else []


@never_cache
@login_required
def settings(request, kind, code):
    return edit(
        request,
        kind,
        code,
        "settings",
        lambda study, typed: ChangeForm(typed, study=study),
        lambda study, form: services.change(
            study, by=request.user, versions=form.cleaned_data["versions"], **form.fields_told()
        ),
    )


@never_cache
@login_required
def parts(request, kind, code):
    if kind == "peer":
        return edit(
            request,
            kind,
            code,
            "parts",
            lambda study, typed: VariablesForm(typed, study=study, indicators=peer_selectors.offered(study)),
            lambda study, form: peer_services.choose_variables(study, form.chosen, form.blocks, by=request.user),
        )
    return edit(
        request,
        kind,
        code,
        "parts",
        lambda found, typed: SectorsForm(typed, map=found, indicators=selectors.held_indicators(found)),
        lambda found, form: map_services.choose_sectors(
            found, form.chosen, form.cleaned_data["total"], by=request.user
        ),
    )


@never_cache
@login_required
def method(request, kind, code):
    return edit(
        request,
        kind,
        code,
        "method",
        lambda study, typed: MethodForm(typed, study=study) if kind == "peer" else ThresholdsForm(typed, map=study),
        lambda study, form: services.change(study, by=request.user, **form.fields_told()),
    )


def deed(request, kind, code, act, done: str = ""):
    found = selectors.desk_for(KINDS[kind].model, request.user, code)
    try:
        act(found)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        if done:
            messages.success(request, done)
    return redirect(f"benchmarking:{kind}_desk", code)


@login_required
@require_POST
def compute(request, kind, code):
    return deed(request, kind, code, lambda study: KINDS[kind].compute(study, by=request.user))


@login_required
@require_POST
def publish(request, kind, code):
    if selectors.desk_for(KINDS[kind].model, request.user, code).is_published:
        return redirect(f"benchmarking:{kind}_desk", code)
    done = _("It is published. From now on nothing in it changes.")
    return deed(request, kind, code, lambda study: services.publish(study, by=request.user), done)


@never_cache
@login_required
def withdraw(request, kind, code):
    model = KINDS[kind].model
    found = selectors.desk_for(model, request.user, code)
    offered = selectors.published(model, request.user).exclude(pk=found.pk)
    return withdrawing(request, found, offered, "benchmarking.withdraw_study", services.withdraw)


@login_required
@require_POST
def drop(request, kind, code):
    services.drop(selectors.desk_for(KINDS[kind].model, request.user, code), by=request.user)
    messages.success(request, _("It is gone."))
    return redirect("benchmarking:studies_desk")
