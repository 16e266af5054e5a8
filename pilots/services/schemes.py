from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.assessment.selectors import grid_in_force
from platform_core.ground.vocabulary.days import later, platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts.services import wait_for_turn
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.selectors import acts_for
from workinggroups.models import WorkingGroup

from ..models import Call, Period, Scheme
from ..selectors.schemes import PROPOSALS_GRID

MOST_PERIODS, MOST_MONTHS = 12, 24


@transaction.atomic
def write(group: WorkingGroup, *, by, key: str = "", **fields) -> Scheme:
    require(by, "pilots.write_scheme", group)
    wait_for_turn(by)
    if key and (held := Scheme.objects.filter(group=group, key=key).first()):
        return held
    made = Scheme(group=group, made_by=by, key=key, **fields)
    keep(made, by=by)
    audit.record("pilots.scheme_written", made, by=by)
    return made


def keep(scheme: Scheme, *, by) -> None:
    scheme.full_clean(exclude=["key", "limits"])
    check_limits(scheme.limits)
    if not (1 <= scheme.number <= MOST_PERIODS and 1 <= scheme.months <= MOST_MONTHS):
        told = _("A guideline has 1 to %(periods)s periods of 1 to %(months)s months.")
        raise ValidationError({"number": told % {"periods": MOST_PERIODS, "months": MOST_MONTHS}})
    scheme.save()
    share(scheme)
    note_translations(scheme, by=by)


def check_limits(limits: list[int]) -> None:
    if not limits or limits != sorted(set(limits)) or limits[0] <= 0:
        raise ValidationError({"limits": _("Please give the ends of the bands from the lowest to the highest.")})


def share(scheme: Scheme) -> None:
    """The group while it is written; approved, everybody."""
    approved = scheme.state == Scheme.State.APPROVED
    access.set_audience(scheme, {PUBLIC} if approved else {scheme.scope, "role:lead_partner"})


def locked(scheme: Scheme) -> Scheme:
    return Scheme.objects.select_for_update().get(pk=scheme.pk)


@transaction.atomic
def change(scheme: Scheme, *, by, **fields) -> Scheme:
    scheme = locked(scheme)
    require(by, "pilots.change_scheme", scheme)
    for name, value in fields.items():
        setattr(scheme, name, value)
    keep(scheme, by=by)
    audit.record("pilots.scheme_changed", scheme, by=by)
    return scheme


@transaction.atomic
def approve(scheme: Scheme, *, by) -> Scheme:
    """For everybody from now on and never changed again: calls and pilots rest on it, and its periods are set."""
    scheme = locked(scheme)
    require(by, "pilots.approve_scheme", scheme)
    scheme.grid = grid_in_force(PROPOSALS_GRID)
    scheme.state, scheme.approved_on = Scheme.State.APPROVED, platform_day()
    scheme.approved_for = acts_for(by.pk)
    scheme.save()
    Period.objects.bulk_create(Period(scheme=scheme, **row) for row in periods(scheme))
    share(scheme)
    audit.record("pilots.scheme_approved", scheme, by=by)
    return scheme


def periods(scheme: Scheme) -> list[dict]:
    found, begins = [], scheme.begins
    for number in range(1, scheme.number + 1):
        following = later(scheme.begins, number * scheme.months)
        ends = following - timedelta(days=1)
        due = ends + timedelta(days=scheme.days)
        found.append({"number": number, "begins": begins, "ends": ends, "due_on": due})
        begins = following
    return found


@transaction.atomic
def open_call(scheme: Scheme, opens_on: date, closes_on: date, *, by, key: str = "", **fields) -> Call:
    """Only under an approved guideline; everybody reads a call from the moment it is kept."""
    scheme = locked(scheme)
    require(by, "pilots.open_call", scheme)
    if key and (held := scheme.calls.filter(key=key).first()):
        return held
    if closes_on < opens_on:
        raise ValidationError({"closes_on": _("This is before it opens.")})
    if closes_on < platform_day():
        raise ValidationError({"closes_on": _("This day is over.")})
    made = Call(scheme=scheme, opens_on=opens_on, closes_on=closes_on, key=key, **fields)
    made.full_clean(exclude=["key"])
    made.save()
    access.set_audience(made, {PUBLIC})
    note_translations(made, by=by)
    audit.record("pilots.call_opened", made, by=by)
    return made


@transaction.atomic
def extend(call: Call, closes_on: date, *, by) -> Call:
    """Proposals are taken longer, as long as they still are taken; the members are told."""
    call = Call.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=call.pk)
    require(by, "pilots.extend_call", call)
    if closes_on <= call.closes_on:
        raise ValidationError({"closes_on": _("An extension must be later than the present end.")})
    call.closes_on = closes_on
    call.save(update_fields=["closes_on"])
    audit.record("pilots.call_extended", call, by=by, closes_on=str(closes_on))
    return call
