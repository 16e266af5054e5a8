from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import others
from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    EventKind,
    JobKind,
    NoticeKind,
    PersonalData,
    Reaction,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.identity.accounts.models import User

from ..models import Benchmark, Run, RunApproval
from ..permissions import runs as rights
from ..selectors import runs as selectors
from ..services import approvals, runs as services

VERBS = {
    "run_asked": _("A run of a benchmark was asked for"),
    "run_computed": _("A run of a benchmark was computed"),
    "run_failed": _("A run of a benchmark failed"),
    "run_cancelled": _("A run of a benchmark was cancelled"),
    "run_deleted": _("A run of a benchmark was deleted"),
    "reproduction_asked": _("A run of a benchmark was computed again to compare"),
    "run_approval_asked": _("Somebody was asked to approve a run"),
    "run_approval_void": _("Approvals became void, since the benchmark was changed"),
    "review_opened": _("A run was given to approve"),
    "review_closed": _("All have answered about a run"),
}


def facts(approval: RunApproval) -> list[tuple]:
    run = approval.run
    return [
        (_("Benchmark"), run.benchmark.title),
        (_("Run"), run.number),
        (_("Fingerprint of the run"), approval.sha256[:16]),
        (_("Where"), run.get_absolute_url()),
    ]


def title(approval: RunApproval) -> str:
    told = {"title": approval.run.benchmark.title, "number": approval.run.number}
    return gettext("Approval of the benchmark “%(title)s”, run %(number)s") % told


def makers(event) -> list[int]:
    """Whoever began it and whoever asked for the approval last, for as long as they may read it."""
    found = Benchmark.objects.filter(pk=event.thing_id).first()
    if found is None:
        return []
    asked = RunApproval.objects.filter(run__benchmark=found).values_list("asked_by", flat=True)[:1]
    people = User.objects.filter(pk__in=[pk for pk in (found.made_by_id, *asked) if pk])
    return others(event, [one.pk for one in people if one.has_perm("benchmarking.read_benchmark_desk", found)])


def those_who_answered(event) -> list[int]:
    rows = RunApproval.objects.filter(pk__in=event.payload["approvals"], answered_at__isnull=False)
    return others(event, rows.values_list("person", flat=True))


def whoever_asked(event) -> list[int]:
    """Who had it computed, if she still sees it."""
    run = Run.objects.filter(pk=event.thing_id).select_related("asked_by").first()
    if run is None or run.asked_by is None or not run.asked_by.has_perm("benchmarking.view_run", run):
        return []
    return [run.asked_by_id]


def at_its_desk(event) -> tuple[dict, str]:
    found = Benchmark.objects.get(pk=event.thing_id)
    return {"title": found.title}, found.desk_address


def at_the_run(event) -> tuple[dict, str]:
    run = Run.objects.select_related("benchmark").get(pk=event.thing_id)
    return {"title": run.benchmark.title, "number": run.number}, run.get_absolute_url()


to_desk, to_run = teller(at_its_desk), teller(at_the_run)
runs = [
    *rights.RIGHTS,
    Thing(
        label=selectors.RUN,
        name=_("Run of a benchmark"),
        title=lambda run: f"{run.benchmark.title} ({run.number})",
        address=lambda run: run.get_absolute_url(),
        visible=selectors.runs,
        public=True,
    ),
    CaseKind(
        code="benchmarking.run_approval",
        name=_("Approval of a benchmark"),
        verb="benchmarking.run_approval_asked",
        handler=approvals.handler,
        days=14,
        due_on=lambda approval: approval.due_on,
        title=title,
        facts=facts,
        needs=("run__benchmark",),
        withdraw=approvals.let_go,
        answers=(
            CaseAnswer(code="approve", name=_("Approve"), outcome=_("Approved"), perform=approvals.approve),
            CaseAnswer(
                code="changes",
                name=_("Ask for changes"),
                outcome=_("Changes are asked for"),
                perform=approvals.ask_changes,
                tone="secondary",
            ),
        ),
    ),
    Reaction(
        code="benchmarking.end_cases",
        handle=approvals.end_cases,
        verbs=frozenset({"benchmarking.run_approval_void"}),
    ),
    JobKind(code=services.COMPUTE, name=_("Computing a benchmark"), perform="benchmarking.computing.compute"),
    JobKind(code=services.REPRODUCE, name=_("Computing a run again"), perform="benchmarking.computing.reproduce"),
    JobKind(code=services.DIAGNOSE, name=_("Looking at the choices"), perform="benchmarking.computing.diagnose"),
    Sweep(code="benchmarking.end_lost_runs", perform=services.end_lost),
    *(EventKind(verb=f"benchmarking.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="benchmarking.review_closed",
        name=_("All have answered about a benchmark you made or had approved"),
        verb="benchmarking.review_closed",
        recipients=makers,
        content=to_desk(
            _("Approval: %(title)s"), _("All have answered about the benchmark “%(title)s”. Read there what they say.")
        ),
    ),
    NoticeKind(
        code="benchmarking.run_approval_void",
        name=_("A benchmark you approved was changed"),
        verb="benchmarking.run_approval_void",
        recipients=those_who_answered,
        content=to_desk(
            _("Changed since you approved it: %(title)s"),
            _("The benchmark “%(title)s” was changed, and what you said of its run holds no longer."),
        ),
    ),
    NoticeKind(
        code="benchmarking.run_failed",
        name=_("A benchmark you had computed failed"),
        verb="benchmarking.run_failed",
        recipients=whoever_asked,
        content=to_run(
            _("It did not work: %(title)s"), _("Run %(number)s of “%(title)s” failed. Read there why, and try again.")
        ),
    ),
    PersonalData(
        label=selectors.RUN,
        fields=("asked_by", "note"),
        holder="asked_by",
        purpose=_("To know who had a benchmark computed"),
        erasure="unlink",
    ),
    PersonalData(
        label="benchmarking.runapproval",
        fields=("person", "asked_by", "remarks"),
        holder="person",
        purpose=_("To know who approved exactly which run, and why"),
        erasure="unlink",
    ),
]
