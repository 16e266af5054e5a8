from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .benchmarks import MAKERS, scope

RIGHTS = [
    Right(
        code="benchmarking.make_run_report",
        name=_("Have the reports of a run made"),
        who=MAKERS,
        scope=scope,
    ),
]
