from datetime import timedelta

from django.utils import timezone

from platform_core.programme.events import services
from platform_core.programme.events.models import CalendarEvent


def event(title="Cluster week", *, code: str = "", days: int = 30, topics=(4,), **fields) -> CalendarEvent:
    """A workshop of two hours that many days from now (negative: ago), on topic 4 unless said otherwise."""
    starts = timezone.now().replace(microsecond=0) + timedelta(days=days)
    given = {
        "code": code or str(title).lower().replace(" ", "-"),
        "title": title,
        "kind": "workshop",
        "time_zone": "Europe/Athens",
        "starts": starts,
        "ends": starts + timedelta(hours=2),
    }
    return services.announce(topics=list(topics), **{**given, **fields})
