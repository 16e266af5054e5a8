"""What workers and the tick would do, done here and now."""

from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import runner


def settle() -> None:
    """Run waiting jobs and hand out events until nothing is left."""
    while audit.dispatch_events() or runner.finish_waiting():
        pass
