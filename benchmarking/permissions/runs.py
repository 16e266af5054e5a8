from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .benchmarks import LEADERS, MAKERS, OPEN, scope


def approver(approval) -> set[str]:
    return {f"person:{approval.person_id}"}


RIGHTS = [
    Right(code="benchmarking.view_run", name=_("See a run of a benchmark"), who=("audience",)),
    Right(code="benchmarking.start_run", name=_("Have a benchmark computed"), who=MAKERS, scope=scope, states=OPEN),
    Right(
        code="benchmarking.cancel_run",
        name=_("Cancel a run that is being computed"),
        who=MAKERS,
        scope=scope,
        states=("waiting", "running"),
    ),
    Right(
        code="benchmarking.retry_run",
        name=_("Compute a failed run once more"),
        who=MAKERS,
        scope=scope,
        states=("failed",),
    ),
    Right(
        code="benchmarking.reproduce_run",
        name=_("Compute a run again and compare the results"),
        who=(*MAKERS, "role:reviewer"),
        scope=scope,
        states=("done",),
    ),
    Right(
        code="benchmarking.delete_run",
        name=_("Delete a run that was never published"),
        who=MAKERS,
        scope=scope,
        states=("done", "failed", "cancelled"),
    ),
    Right(
        code="benchmarking.ask_approval_of_run",
        name=_("Ask people to approve a run for publication"),
        who=LEADERS,
        scope=scope,
        states=("done",),
    ),
    Right(
        code="benchmarking.approve_run",
        name=_("Approve a run for publication, or ask for changes"),
        who=("named",),
        named=approver,
        decides=True,
    ),
]
