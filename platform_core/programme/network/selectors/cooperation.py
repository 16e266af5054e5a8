"""Ties, networks, and what is known of European initiatives."""

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.people.members.models import Organisation

from ..models import Initiative, Network, Seat, Tie
from ..models.networks import COUNTRIES, LEAST

CONFIRMED = Q(seats__state=Seat.State.CONFIRMED)


def ties_of(organisation: Organisation, *, all_states: bool = False) -> list[tuple[Tie, Organisation]]:
    """Ties with the organisation at the other end; those that wait only for who may see them."""
    rows = Tie.objects.filter(Q(one=organisation) | Q(other=organisation)).select_related("one", "other", "topic")
    rows = rows.exclude(state=Tie.State.DECLINED) if all_states else rows.filter(state=Tie.State.CONFIRMED)
    return [(tie, tie.other if tie.one_id == organisation.pk else tie.one) for tie in rows]


def tie_of(organisation: Organisation, pk: int) -> Tie:
    return get_object_or_404(Tie, Q(one=organisation) | Q(other=organisation), pk=pk)


def networks() -> QuerySet[Network]:
    """Networks with how many organisations of how many countries have confirmed."""
    rows = Network.objects.select_related("topic").annotate(
        confirmed=Count("seats", filter=CONFIRMED),
        countries=Count("seats__organisation__country", filter=CONFIRMED, distinct=True),
    )
    return rows.order_by("-begun_on", "-pk")


def recognised() -> QuerySet[Network]:
    return networks().filter(confirmed__gte=LEAST, countries__gte=COUNTRIES)


def network_for(code: str) -> Network:
    seats = Seat.objects.select_related("organisation__country").exclude(state=Seat.State.DECLINED)
    return get_object_or_404(networks().prefetch_related(Prefetch("seats", seats), "activities"), code=code)


def is_recognised(network: Network) -> bool:
    return network.confirmed >= LEAST and network.countries >= COUNTRIES  # type: ignore[attr-defined]


def networks_of(organisation: Organisation) -> QuerySet[Network]:
    own = Seat.objects.filter(organisation=organisation, state=Seat.State.CONFIRMED).values("network")
    return Network.objects.filter(pk__in=own)


def initiatives() -> QuerySet[Initiative]:
    return Initiative.objects.prefetch_related("topics")


def initiative_for(code: str) -> Initiative:
    return get_object_or_404(initiatives(), code=code)
