"""Guidelines, proposals and pilot actions, as far as a test needs them."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from pilots.models import Call, Pilot, Proposal, Report, Scheme
from pilots.selectors.evaluations import grid_of
from pilots.services import evaluations, pilots, proposals, reports, schemes
from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.models import Assessment
from platform_core.ground.vocabulary.models import Region
from platform_core.people.members.models import Affiliation, Organisation
from tests.settling import settle
from workinggroups.models import WorkingGroup


def today() -> date:
    return timezone.localdate()


def group(number: int = 4) -> WorkingGroup:
    return WorkingGroup.objects.get(pk=number)


def own(person) -> Organisation:
    return Affiliation.objects.get(person=person).organisation


def scheme(by, *, approved: bool = True, **fields) -> Scheme:
    """Three periods of four months; the first began two hundred days ago, so that it is over and the second runs."""
    given = {
        "title": {"en": "Pilots of the programme"},
        "text": {"en": "Try **one** thing."},
        "limits": [10_000, 50_000],
        "begins": today() - timedelta(days=200),
        "number": 3,
        "months": 4,
        "days": 30,
    }
    made = schemes.write(group(), by=by, **{**given, **fields})
    return schemes.approve(made, by=by) if approved else made


def call(by, found: Scheme | None = None, *, closed: bool = False, **fields) -> Call:
    given = {"title": {"en": "First call"}, "text": {}}
    made = schemes.open_call(found or scheme(by), today(), today() + timedelta(weeks=4), by=by, **{**given, **fields})
    return close(made) if closed else made


def close(found: Call) -> Call:
    days = {"opens_on": today() - timedelta(weeks=8), "closes_on": today() - timedelta(days=1)}
    Call.objects.filter(pk=found.pk).update(**days)
    return Call.objects.get(pk=found.pk)


def proposal(found: Call, by, *, submitted: bool = False, region: str = "AT12", **fields) -> Proposal:
    given = {
        "title": {"en": "Vouchers on trial"},
        "summary": {"en": "Vouchers for small firms."},
        "baseline": {"en": "No vouchers yet."},
        "tests": "mechanism",
        "tested": "Reflective vouchers",
        "topic_id": 4,
        "region": Region.objects.get(code=region, vintage=2021),
        "band": 2,
    }
    made = proposals.propose(found, own(by), by=by, **{**given, **fields})
    return proposals.submit(made, by=by) if submitted else made


def judged(found: Proposal, judges, by) -> Assessment:
    close(found.call)
    made = proposals.call_judges(Proposal.objects.get(pk=found.pk), judges, by=by, due_on=today() + timedelta(weeks=2))
    settle()
    return made


def score(found: Assessment, people, value: int = 3) -> Assessment:
    """Everybody gives every criterion the same, and gates as met."""
    for person in people:
        values = {
            one.pk: (1 if one.kind == "gate" else value, f"Because of {one.code}.") for one in found.grid.criteria.all()
        }
        assessment.submit(found.evaluations.get(evaluator=person), values, "", by=person)
    settle()
    return found


def prepared(people, by=None, **fields) -> Pilot:
    """A selected proposal of marko's, without the way there."""
    by = by or people.marko
    made = proposal(call(people.wanda), by, submitted=True, **fields)
    Proposal.objects.filter(pk=made.pk).update(state="selected")
    return pilots.prepare(made)


def set_up(pilot: Pilot, by) -> Pilot:
    pilots.set_milestone(pilot, by=by, title={"en": "First vouchers"}, due_on=today() + timedelta(weeks=8))
    pilots.set_indicator(
        pilot, by=by, name={"en": "Vouchers given"}, unit="vouchers", baseline=Decimal(0), target=Decimal(40)
    )
    pilots.name_risk(
        pilot, by=by, text="Nobody asks for one", likelihood=2, impact=3, answer="Tell firms", owner=pilot.lead
    )
    return pilot


def running(people, by=None, **fields) -> Pilot:
    """Begun with the first day of its guideline."""
    by = by or people.marko
    made = pilots.begin(set_up(prepared(people, by, **fields), by), by=people.wanda)
    Pilot.objects.filter(pk=made.pk).update(begun_on=made.scheme.begins)
    settle()
    return Pilot.objects.get(pk=made.pk)


def report(pilot: Pilot, by, *, number: int = 1, value: int | None = 5, submitted: bool = True) -> Report:
    made = reports.begin(pilot, pilot.scheme.periods.get(number=number), by=by)
    one = pilot.indicators.get()
    values = {one.pk: None if value is None else Decimal(value)}
    reports.keep(made, by=by, narrative="We gave vouchers.", problems="", values=values)
    return reports.submit(made, by=by) if submitted else Report.objects.get(pk=made.pk)


def finished(people, by=None, found: Pilot | None = None) -> Pilot:
    """Its milestone is reached, both reports are accepted, and its lead has assessed it."""
    by = by or people.marko
    made = found or running(people, by)
    reports.accept(report(made, by), by=people.wanda)
    pilots.reach(made.milestones.get(), today(), by=by)
    made = pilots.finish(made, by=by)
    reports.accept(report(made, by, number=2, value=0), by=people.wanda)
    answers = {one.pk: (4, "It went well.") for one in grid_of(made).criteria.all()}
    return evaluations.assess_own(made, answers, by=by)
