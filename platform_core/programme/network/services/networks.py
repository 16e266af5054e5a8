from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.names import free_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import own_organisations

from ..models import Activity, Network, Seat


@transaction.atomic
def found_network(founder: Organisation, others: Iterable[Organisation], *, by, **fields) -> Network:
    """A new network whose founder has a seat; the others are asked."""
    require(by, "network.found")
    if not own_organisations(by).filter(pk=founder.pk).exists():
        raise ValidationError({"founder": _("You do not act for this organisation.")})
    network = Network(founder=founder, begun_on=platform_day(), **fields)
    taken = Network.objects.values_list("code", flat=True)
    title = as_text(network.title).localise("en").text
    network.code = free_code(title, lambda stem: {"new"} | set(taken.filter(code__startswith=stem)))
    network.full_clean()
    network.save()
    access.set_audience(network, {"public"})
    note_translations(network)
    network.seats.create(organisation=founder, state=Seat.State.CONFIRMED, confirmed_on=platform_day())
    audit.record("network.founded", network, by=by)
    ask_in(network, others, by=by)
    return network


@transaction.atomic
def ask_in(network: Network, organisations: Iterable[Organisation], *, by) -> None:
    require(by, "network.run", network)
    for organisation in organisations:
        seat, new = network.seats.get_or_create(organisation=organisation)
        if not new and seat.state == Seat.State.DECLINED:
            seat.state, new = Seat.State.ASKED, True
            seat.save(update_fields=["state"])
        if new:
            audit.record("network.asked_in", seat, by=by)


@transaction.atomic
def take_seat(seat: Seat, *, by, reason: str = "") -> None:
    seat.state, seat.confirmed_on = Seat.State.CONFIRMED, platform_day()
    seat.save(update_fields=["state", "confirmed_on"])
    audit.record("network.seat_settled", seat, by=by, state=seat.state)


@transaction.atomic
def leave_seat(seat: Seat, *, by, reason: str = "") -> None:
    seat.state, seat.confirmed_on = Seat.State.DECLINED, None
    seat.save(update_fields=["state", "confirmed_on"])
    audit.record("network.seat_settled", seat, by=by, state=seat.state)


@transaction.atomic
def leave(network: Network, organisation: Organisation, *, by) -> None:
    require(by, "network.tie", organisation)
    for seat in network.seats.filter(organisation=organisation, state=Seat.State.CONFIRMED):
        leave_seat(seat, by=by)


@transaction.atomic
def tell_activity(network: Network, *, by, **fields) -> Activity:
    require(by, "network.run", network)
    activity = network.activities.create(**fields)
    audit.record("network.activity_told", network, by=by)
    return activity
