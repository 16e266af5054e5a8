from collections import Counter

from platform_core.ground.registry.kinds import Panel

from .. import origins
from ..selectors import trails as selectors


def waiting(request, **subject) -> dict | None:
    """How many trails have come how far; none, no block."""
    found = selectors.courses(request.user)
    counts = Counter(course.stage for course in found)
    stages = [(code, name, counts[code]) for code, name in selectors.STAGES.items() if counts[code]]
    return {"stages": stages, "waiting": sum(bool(course.waits) for course in found)} if found else None


trails = [
    origins.KEPT,
    Panel(place="pilots.index", order=80, template="pilots/panel_trails.html", context=waiting),
]
