"""What ballots add to the calendar of those with an account: the moment each of them closes."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from platform_core.ground.registry.kinds import CalendarEntry
from platform_core.identity.access.selectors import keys_of

from .models import Decision
from .selectors import decisions


def ballots(user, begin: datetime, end: datetime) -> Iterator[CalendarEntry]:
    if not user.is_authenticated:
        return
    rows = decisions(user).filter(opened_at__isnull=False, closes_at__gte=begin, closes_at__lt=end)
    own = {key for key in keys_of(user) if key.startswith("org:")}
    for decision in rows.exclude(state=Decision.State.WITHDRAWN).order_by("closes_at", "pk"):
        yield entry(decision, is_mine=any(f"org:{pk}" in own for pk in decision.eligible))


def entry(decision: Decision, *, is_mine: bool) -> CalendarEntry:
    """A vote can only be made longer, so that its length grows with every change."""
    length = decision.closes_at - decision.opened_at
    return CalendarEntry(
        uid=f"ballot-{decision.pk}@clusterpolisee",
        title=_("Vote closes: %(title)s") % {"title": decision.title},
        begins=decision.closes_at,
        ends=decision.closes_at,
        zone=decision.body.time_zone,
        address=decision.get_absolute_url(),
        sequence=max(0, int(length.total_seconds()) // 60),
        changed_at=decision.opened_at,
        is_mine=is_mine,
        kind="deadline",
        organiser=decision.body.name,
    )
