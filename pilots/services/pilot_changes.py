from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import holders, require
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation

from ..models import Milestone, Pilot, PilotChange
from ..selectors.pilots import still_open
from ..selectors.schemes import band_choices
from . import pilots

Kind, State = PilotChange.Kind, PilotChange.State


@transaction.atomic
def ask(
    pilot: Pilot,
    kind: str,
    why: str,
    *,
    by,
    milestone: Milestone | None = None,
    due_on: date | None = None,
    band: int | None = None,
    organisation: Organisation | None = None,
    key: str = "",
) -> PilotChange:
    """Ask the lead partner for one change; nothing changes until it is granted."""
    pilot = pilots.locked(pilot)
    require(by, "pilots.ask_change", pilot)
    if key and (held := pilot.changes.filter(key=key).first()):
        return held
    made = PilotChange(pilot=pilot, kind=kind, why=why, asked_by=by, asked_on=platform_day(), key=key)
    if kind == Kind.MILESTONE:
        made.milestone, made.due_on = milestone, due_on
    elif kind == Kind.DROP:
        made.milestone = milestone
    elif kind == Kind.BUDGET:
        made.band = band
    elif kind != Kind.END:
        made.organisation = organisation
    check(made)
    made.full_clean(exclude=["key"])
    made.save()
    audit.record("pilots.pilot_change_asked", made, by=by)
    return made


def check(change: PilotChange) -> None:
    """Raises ValidationError for what could not be done, now or when it is granted."""
    pilot, partners = change.pilot, set(change.pilot.partners.values_list("pk", flat=True))
    if change.kind in (Kind.MILESTONE, Kind.DROP):
        if change.milestone is None or change.milestone.pilot_id != pilot.pk:
            raise ValidationError({"milestone": _("Please choose a milestone of this pilot action.")})
        if change.kind == Kind.MILESTONE and change.due_on is None:
            raise ValidationError({"due_on": _("Please give the new day.")})
        if not change.milestone.is_open:
            raise ValidationError({"milestone": _("This milestone is reached or given up already.")})
    elif change.kind == Kind.END:
        if pilot.state != Pilot.State.RUNNING:
            raise ValidationError(_("It has ended already."))
    elif change.kind == Kind.BUDGET:
        if change.band not in {number for number, _words in band_choices(pilot.scheme)}:
            raise ValidationError({"band": _("The guideline has no such budget band.")})
        if change.band == pilot.band:
            raise ValidationError({"band": _("It is in this budget band already.")})
    elif change.organisation is None:
        raise ValidationError({"organisation": _("Please choose an organisation.")})
    elif change.kind == Kind.PARTNER_IN and change.organisation_id in {pilot.lead_id, *partners}:
        raise ValidationError({"organisation": _("It takes part in this pilot action already.")})
    elif change.kind == Kind.PARTNER_OUT and change.organisation_id not in partners:
        raise ValidationError({"organisation": _("It is no partner of this pilot action.")})


def locked(change: PilotChange) -> PilotChange:
    rows = PilotChange.objects.select_for_update(of=("self",)).select_related("pilot__scheme", "milestone")
    return rows.get(pk=change.pk)


def settled(change: PilotChange, state: str) -> None:
    change.state, change.answered_on = state, platform_day()
    change.save()


def handler(change: PilotChange) -> str:
    """The lead partner; the leader of the group where every lead partner acts for who carries the pilot action out."""
    free = set(holders("lead_partner")) - pilots.interested(change.pilot)
    leaders = set(holders("wg_leader", change.pilot.scope)) - pilots.interested(change.pilot)
    return f"role:wg_leader@{change.pilot.scope}" if leaders and not free else "role:lead_partner"


@transaction.atomic
def grant(change: PilotChange, *, by, reason: str) -> None:
    """It is made in the same moment. The pilot action is locked first, as by those who finish it."""
    pilot = pilots.locked(change.pilot)
    change = locked(change)
    require(by, "pilots.grant_change", change)
    pilots.demand_distance(pilot, by)
    check(change)
    if change.kind == Kind.MILESTONE:
        Milestone.objects.filter(pk=change.milestone_id).update(due_on=change.due_on)
    elif change.kind == Kind.DROP:
        Milestone.objects.filter(pk=change.milestone_id).update(dropped_on=platform_day())
    elif change.kind == Kind.BUDGET:
        Pilot.objects.filter(pk=pilot.pk).update(band=change.band)
    elif change.kind == Kind.PARTNER_IN:
        pilot.partners.add(change.organisation)
    elif change.kind == Kind.PARTNER_OUT:
        pilot.partners.remove(change.organisation)
        pilot.risks.filter(owner=change.organisation).update(owner=pilot.lead)
    settled(change, State.GRANTED)
    audit.record("pilots.pilot_change_granted", change, by=by)
    if change.kind == Kind.END:
        still_open(pilot.milestones.all()).update(dropped_on=platform_day())
        pilots.end(pilot, by)
        audit.record("pilots.pilot_ended_early", pilot, by=by)


@transaction.atomic
def refuse(change: PilotChange, *, by, reason: str) -> None:
    change = locked(change)
    require(by, "pilots.grant_change", change)
    pilots.demand_distance(change.pilot, by)
    settled(change, State.REFUSED)
    audit.record("pilots.pilot_change_refused", change, by=by)


@transaction.atomic
def withdraw(change: PilotChange, *, by) -> None:
    """Called by the case, which has asserted that it is hers."""
    settled(locked(change), State.WITHDRAWN)
    audit.record("pilots.pilot_change_withdrawn", change, by=by)
