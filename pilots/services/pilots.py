from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.access.sight import people_with
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.materials.trails import services as trails
from platform_core.programme.events.models import CalendarEvent
from platform_core.programme.events.services import events as calendar

from ..models import Milestone, Pilot, PilotChange, PilotIndicator, Proposal, Risk
from ..selectors import pilots as selectors, subjects

COPIED = ("title", "summary", "baseline", "tests", "tested", "subject", "topic", "region", "band", "is_demonstration")
TESTS, WORKSHOP = "pilots.tests", "pilots.workshop"
State = Pilot.State


def prepare(proposal: Proposal, *, by=None) -> Pilot:
    """The pilot of a selected proposal; whoever concluded had the right."""
    told = {name: getattr(proposal, name) for name in COPIED}
    made = Pilot.objects.create(scheme=proposal.call.scheme, proposal=proposal, lead=proposal.organisation, **told)
    made.partners.set(proposal.partners.all())
    share(made)
    if subject := subjects.stored(made.subject):
        trails.draw(TESTS, made, subject)
    note_translations(made, by=by)
    audit.record("pilots.pilot_prepared", made, by=by)
    return made


def share(pilot: Pilot) -> None:
    """Who works on it and who looks after it while it is prepared; from its first day, everybody."""
    if pilot.state == State.PREPARED:
        own = {f"org:{pk}" for pk in (pilot.lead_id, *pilot.partners.values_list("pk", flat=True))}
        access.set_audience(pilot, {*own, pilot.scope, "role:lead_partner"})
    else:
        access.set_audience(pilot, {PUBLIC})


def locked(pilot: Pilot) -> Pilot:
    return Pilot.objects.select_for_update(of=("self",)).select_related("scheme", "lead").get(pk=pilot.pk)


@transaction.atomic
def set_milestone(pilot: Pilot, *, by, milestone: Milestone | None = None, key: str = "", **fields) -> Milestone:
    return put(pilot, Milestone, milestone, by=by, key=key, verb="pilots.milestone_set", fields=fields)


@transaction.atomic
def set_indicator(
    pilot: Pilot, *, by, indicator: PilotIndicator | None = None, key: str = "", **fields
) -> PilotIndicator:
    if fields["target"] == fields["baseline"]:
        raise ValidationError({"target": _("The target is the baseline: nothing would change.")})
    return put(pilot, PilotIndicator, indicator, by=by, key=key, verb="pilots.indicator_set", fields=fields)


def put(pilot: Pilot, kind, held, *, by, key: str, verb: str, fields: dict):
    """A row of a pilot that is being prepared, new or changed."""
    pilot = locked(pilot)
    require(by, "pilots.set_up_pilot", pilot)
    if key and held is None and (double := kind.objects.filter(pilot=pilot, key=key).first()):
        return double
    made = held or kind(pilot=pilot, key=key)
    for name, value in fields.items():
        setattr(made, name, value)
    made.full_clean(exclude=["key"])
    made.save()
    note_translations(made, by=by)
    audit.record(verb, pilot, by=by)
    return made


@transaction.atomic
def remove(row: Milestone | PilotIndicator, *, by) -> Pilot:
    pilot = locked(row.pilot)
    require(by, "pilots.set_up_pilot", pilot)
    row.delete()
    audit.record("pilots.set_up_changed", pilot, by=by)
    return pilot


@transaction.atomic
def name_risk(pilot: Pilot, *, by, risk: Risk | None = None, key: str = "", **fields) -> Risk:
    pilot = locked(pilot)
    require(by, "pilots.keep_pilot", pilot)
    if key and risk is None and (held := pilot.risks.filter(key=key).first()):
        return held
    if fields["owner"].pk not in {pilot.lead_id, *pilot.partners.values_list("pk", flat=True)}:
        raise ValidationError({"owner": _("Please choose the lead or a partner of this pilot action.")})
    made = risk or Risk(pilot=pilot, key=key)
    for name, value in fields.items():
        setattr(made, name, value)
    made.full_clean(exclude=["key"])
    made.save()
    audit.record("pilots.risk_named", pilot, by=by)
    return made


@transaction.atomic
def reach(milestone: Milestone, done_on: date, *, by) -> Milestone:
    pilot = locked(milestone.pilot)
    require(by, "pilots.keep_pilot", pilot)
    if pilot.state != State.RUNNING:
        raise ValidationError(_("The pilot action has not begun yet."))
    milestone.refresh_from_db()
    if milestone.dropped_on:
        raise ValidationError(_("This milestone is given up."))
    if done_on > platform_day():
        raise ValidationError({"done_on": _("This day is still to come.")})
    Milestone.objects.filter(pk=milestone.pk).update(done_on=done_on)
    milestone.done_on = done_on
    audit.record("pilots.milestone_reached", pilot, by=by, milestone=milestone.pk)
    return milestone


def interested(pilot: Pilot) -> set[int]:
    """Everybody of the lead and of the partners."""
    keys = [f"org:{pk}" for pk in (pilot.lead_id, *pilot.partners.values_list("pk", flat=True))]
    return people_with(keys, platform_day())


def demand_distance(pilot: Pilot, by) -> None:
    """Nobody decides on a pilot action that her own organisation carries out."""
    if by.pk in interested(pilot):
        raise ValidationError(_("You act for an organisation that carries it out: somebody else decides."))


@transaction.atomic
def begin(pilot: Pilot, *, by) -> Pilot:
    """With a milestone, an indicator and a risk at least; from now on everybody reads it."""
    pilot = locked(pilot)
    require(by, "pilots.begin_pilot", pilot)
    demand_distance(pilot, by)
    if selectors.hindrances(pilot):
        raise ValidationError(_("Before it begins, a pilot action names its milestones, indicators and risks."))
    pilot.state, pilot.begun_on = State.RUNNING, platform_day()
    pilot.save()
    share(pilot)
    audit.record("pilots.pilot_begun", pilot, by=by)
    return pilot


@transaction.atomic
def finish(pilot: Pilot, *, by) -> Pilot:
    """When every milestone is reached; what is out of reach is moved or left out by a change first."""
    pilot = locked(pilot)
    require(by, "pilots.finish_pilot", pilot)
    if selectors.still_open(pilot.milestones.all()).exists():
        raise ValidationError(
            _("Some milestones are not reached yet: ask for a change that moves them or gives them up.")
        )
    end(pilot, by)
    audit.record("pilots.pilot_finished", pilot, by=by)
    return pilot


def end(pilot: Pilot, by) -> None:
    """Its last day is today; changes that were asked for are pointless now."""
    pilot.state, pilot.finished_on = State.FINISHED, platform_day()
    pilot.save()
    for change in pilot.changes.filter(state=PilotChange.State.ASKED):
        change.state, change.answered_on = PilotChange.State.WITHDRAWN, platform_day()
        change.save()
        cases.end_about(change, by=by)


@transaction.atomic
def hold_workshop(pilot: Pilot, begins: datetime, ends: datetime, *, by, key: str = "", **fields) -> CalendarEvent:
    """Its final workshop, proposed for the calendar and linked to the pilot."""
    pilot = locked(pilot)
    require(by, "pilots.hold_workshop", pilot)
    if key and (held := CalendarEvent.objects.filter(form_key=key).first()):
        return held
    event = calendar.propose(
        by=by,
        topics=[pilot.topic_id],
        kind=CalendarEvent.Kind.WORKSHOP,
        starts=begins,
        ends=ends,
        country_id=pilot.region.country_id,
        organisation=pilot.lead,
        form_key=key or None,
        **fields,
    )
    trails.draw(WORKSHOP, pilot, event)
    audit.record("pilots.workshop_proposed", pilot, by=by, event=event.pk)
    return event
