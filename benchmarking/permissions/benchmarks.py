from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEADERS = ("role:wg_leader@", "role:lead_partner")
MAKERS = (*LEADERS, "role:wg_representative@", "role:wg_expert@")
OPEN = ("draft", "review", "approved")


def scope(thing) -> str:
    return thing.scope


def group(thing) -> set[str]:
    """Everybody in the working group, whatever the role."""
    return {thing.scope}


def maker(benchmark) -> int | None:
    return benchmark.made_by_id


RIGHTS = [
    Right(code="benchmarking.view_desk", name=_("Work on benchmarks"), who=MAKERS),
    Right(code="benchmarking.view_benchmark", name=_("See a benchmark"), who=("audience",)),
    Right(
        code="benchmarking.draw_up_benchmark",
        name=_("Begin a benchmark of a working group"),
        who=MAKERS,
        scope=scope,
    ),
    Right(
        code="benchmarking.read_benchmark_desk",
        name=_("Read how a benchmark is being made"),
        who=("role:lead_partner", "role:reviewer", "role:translator", "named"),
        named=group,
    ),
    Right(
        code="benchmarking.change_benchmark",
        name=_("Change the choices of a benchmark"),
        who=MAKERS,
        scope=scope,
        states=OPEN,
    ),
    Right(
        code="benchmarking.give_points",
        name=_("Give points from which weights are made"),
        who=("named",),
        named=group,
        states=OPEN,
    ),
    Right(
        code="benchmarking.delete_benchmark",
        name=_("Delete a benchmark that was never published"),
        who=(*LEADERS, "owner"),
        scope=scope,
        owner=maker,
        states=("draft",),
    ),
    Right(
        code="benchmarking.take_back_benchmark",
        name=_("Take a benchmark back into preparation"),
        who=LEADERS,
        scope=scope,
        states=("review", "approved"),
    ),
    Right(
        code="benchmarking.publish_benchmark",
        name=_("Publish a benchmark with an approved run"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("approved",),
    ),
    Right(
        code="benchmarking.withdraw_benchmark",
        name=_("Withdraw a published benchmark"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("published", "superseded"),
    ),
    Right(
        code="benchmarking.begin_next_version",
        name=_("Begin the next version of a published benchmark"),
        who=MAKERS,
        scope=scope,
        states=("published",),
    ),
]
