"""What of the network counts towards the indicators of the programme."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Counted, IndicatorRule

from .models import Seat
from .models.networks import LEAST
from .selectors.cooperation import recognised


def networks() -> Iterator[Counted]:
    """On the day on which the last organisation it needed to count confirmed, of those that still belong to it."""
    for row in recognised():
        seats = row.seats.filter(state=Seat.State.CONFIRMED).select_related("organisation")
        held = sorted(seats, key=lambda seat: (seat.confirmed_on or row.begun_on, seat.pk))
        yield Counted(
            thing="network.network",
            pk=row.pk,
            key=f"network:{row.pk}",
            day=max(row.begun_on, held[LEAST - 1].confirmed_on or row.begun_on),
            organisation=row.founder_id,
            countries=[seat.organisation.country_id for seat in held],
            topic=row.topic_id,
        )


RULES = [
    IndicatorRule(
        code="network.networks",
        name=_("Cooperation networks"),
        once_per=_("network"),
        event=_("three organisations of two countries have confirmed that they belong to it"),
        confirmed_by=_("each of these organisations"),
        without_stage=_("Organisations cooperate at every stage."),
        counted=networks,
        verbs=frozenset({"network.founded", "network.seat_settled"}),
    )
]
