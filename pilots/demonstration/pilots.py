"""Invented pilot actions under an invented guideline, labelled as demonstration data."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from platform_core.exchange.assessment import selectors as judged, services as assessment
from platform_core.ground.vocabulary.days import later, platform_day
from platform_core.identity.accounts.models import User
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.models import Organisation
from repository import services as repository
from workinggroups.models import WorkingGroup

from ..models import Call, Milestone, Period, Pilot, Proposal, Report, Scheme
from ..selectors import evaluations as evaluated, pilots as standing, proposals as proposing, subjects
from ..selectors.mechanisms import published
from ..services import evaluations, pilots, proposals, reports, schemes

FOLDER = Path(__file__).parent
LEADER = "donaukreis@example.org"
MONTHS, PERIODS, DAYS = 6, 5, 45


def load() -> str:
    leader = User.objects.filter(email=LEADER).first()
    if leader is None or Scheme.objects.exists():
        return ""
    told = json.loads((FOLDER / "pilots.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        scheme = write(told["scheme"], leader)
        first, second = (open_call(scheme, row, leader) for row in told["calls"])
        for row in told["pilots"]:
            carry_out(first, row, leader)
        propose_to_judge(first, told["judged"], leader)
        Call.objects.filter(pk=first.pk).update(opens_on=scheme.begins, closes_on=scheme.begins + timedelta(weeks=8))
        propose(second, told["draft"])
    return f"{Pilot.objects.count()} pilot actions"


def write(row: dict, leader: User) -> Scheme:
    """Two periods are over, the third runs; reports of the second are due soon."""
    begins = later(platform_day().replace(day=1), -2 * MONTHS)
    made = schemes.write(
        WorkingGroup.objects.get(pk=row["group"]),
        by=leader,
        title={"en": row["title"]},
        text={"en": row["text"]},
        limits=row["limits"],
        begins=begins,
        number=PERIODS,
        months=MONTHS,
        days=DAYS,
        is_demonstration=True,
    )
    return schemes.approve(made, by=leader)


def open_call(scheme: Scheme, row: dict, leader: User) -> Call:
    today = platform_day()
    texts = {"title": {"en": row["title"]}, "text": {"en": row["text"]}}
    return schemes.open_call(scheme, today, today + timedelta(weeks=6), by=leader, is_demonstration=True, **texts)


def person_of(organisation: Organisation) -> User:
    return organisation.affiliations.order_by("pk").first().person


def propose(call: Call, row: dict) -> Proposal | None:
    """None where the organisation of the demonstration cannot propose today."""
    lead = Organisation.objects.filter(code=row["lead"]).select_related("region").first()
    if lead is None or lead not in proposing.proposing(person := person_of(lead)):
        return None
    return proposals.propose(
        call,
        lead,
        by=person,
        partners=list(Organisation.objects.filter(code__in=row.get("partners", []))),
        region=lead.region,
        topic_id=row["topic"],
        subject=subject_of(row),
        is_demonstration=True,
        **{name: {"en": row[name]} for name in ("title", "summary", "baseline")},
        **{name: row[name] for name in ("tests", "tested", "band")},
    )


def propose_to_judge(call: Call, row: dict, leader: User) -> None:
    """One that two are asked to judge, where two can be."""
    made = propose(call, row)
    if made is None:
        return
    made = proposals.submit(made, by=made.made_by)
    people = list(judged.eligible(judged.kind_named(proposing.KIND), made, besides=leader.pk)[:2])
    days = {"opens_on": call.scheme.begins, "closes_on": platform_day() - timedelta(days=1)}
    Call.objects.filter(pk=call.pk).update(**days)
    due = platform_day() + timedelta(weeks=3)
    try:
        with transaction.atomic():
            proposals.call_judges(made, people, by=leader, due_on=due)
    except ValidationError:  # too few of the demonstration may judge; it waits
        return


def carry_out(call: Call, row: dict, leader: User) -> None:
    proposal = propose(call, row)
    if proposal is None:
        return
    lead = proposal.made_by
    proposals.submit(proposal, by=lead)
    Proposal.objects.filter(pk=proposal.pk).update(state=Proposal.State.SELECTED, submitted_on=call.scheme.begins)
    pilot = pilots.prepare(Proposal.objects.get(pk=proposal.pk))
    set_up(pilot, row, lead)
    if row["state"] == "prepared":
        return
    pilots.begin(pilot, by=leader)
    Pilot.objects.filter(pk=pilot.pk).update(begun_on=call.scheme.begins + timedelta(days=14))
    pilot = Pilot.objects.get(pk=pilot.pk)
    for number in range(1, len(row["reports"]) + 1):
        report(pilot, row, number, lead, leader)
    reach(pilot, row["state"])
    if row["state"] in ("finished", "evaluated"):
        pilots.finish(pilot, by=lead)
        last = pilot.scheme.periods.get(number=len(row["reports"]))
        Pilot.objects.filter(pk=pilot.pk).update(finished_on=last.ends)
        evaluate(Pilot.objects.get(pk=pilot.pk), row, lead, leader)


def set_up(pilot: Pilot, row: dict, lead: User) -> None:
    day = platform_day() if row["state"] == "prepared" else pilot.scheme.begins
    for title in row["milestones"]:
        day = later(day, 4)
        pilots.set_milestone(pilot, by=lead, title={"en": title}, due_on=day)
    for name, unit, baseline, target, _gained in row["indicators"]:
        fields = {"baseline": Decimal(baseline), "target": Decimal(target)}
        pilots.set_indicator(pilot, by=lead, name={"en": name}, unit=unit, **fields)
    for text, likelihood, impact, answer in row["risks"]:
        fields = {"text": text, "likelihood": likelihood, "impact": impact, "answer": answer}
        pilots.name_risk(pilot, by=lead, owner=pilot.lead, **fields)


def subject_of(row: dict) -> str:
    """The published mechanism of the same name, or the page that is named; nothing where it is not there."""
    told = row.get("subject", "")
    if told == "mechanism":
        found = [one for one in published(AnonymousUser()) if one.headline["en"] == row["tested"]]
        told = f"pilots.mechanism:{found[0].pk}" if found else ""
    return told if subjects.subject(told) else ""


def report(pilot: Pilot, row: dict, number: int, lead: User, leader: User) -> None:
    period: Period = pilot.scheme.periods.get(number=number)
    narrative, problems = row["reports"][number - 1]
    gained = {name: told for name, _unit, _baseline, _target, told in row["indicators"]}
    values = {one.pk: Decimal(gained[one.name["en"]][number - 1]) for one in pilot.indicators.all()}
    proof = ContentFile(f"period,value\n{number},{next(iter(values.values()))}\n".encode(), name=f"period-{number}.csv")
    made = reports.begin(pilot, period, by=lead)
    uploads = {next(iter(values)): proof}
    reports.keep(made, by=lead, narrative=narrative, problems=problems, values=values, uploads=uploads)
    made = reports.submit(made, by=lead)
    days: dict[str, date] = {"submitted_on": min(period.due_on, platform_day())}
    if row.get("waiting") == "returned":
        reports.return_it(made, row["remark"], by=leader)
    elif row.get("waiting") != "submitted":
        reports.accept(made, by=leader)
        days["reviewed_on"] = days["submitted_on"]
    Report.objects.filter(pk=made.pk).update(**days)


def reach(pilot: Pilot, state: str) -> None:
    """All of a finished pilot, those due of a running one but for the last."""
    rows = list(pilot.milestones.all())
    for milestone in rows if state != "running" else rows[:-1]:
        day = min(milestone.due_on, platform_day())
        Milestone.objects.filter(pk=milestone.pk).update(done_on=day)


def evaluate(pilot: Pilot, row: dict, lead: User, leader: User) -> None:
    criteria = list(evaluated.grid_of(pilot).criteria.all())
    told = {one.pk: (value, row["own_text"]) for one, value in zip(criteria, row["own"], strict=True)}
    pilot = evaluations.assess_own(pilot, told, by=lead)
    people = list(judged.eligible(judged.kind_named(standing.EVALUATION), pilot, besides=leader.pk)[:2])
    due = platform_day() + timedelta(weeks=4)
    try:
        with transaction.atomic():
            found = evaluations.call_evaluators(pilot, people, by=leader, due_on=due)
    except ValidationError:  # too few of the demonstration may evaluate; it waits
        return
    if row["state"] != "evaluated":
        return
    for number, person in enumerate(people):
        values = {
            one.pk: (max(0, score - number * (place % 2)), "Invented: as far as the reports and a visit tell.")
            for place, (one, score) in enumerate(zip(criteria, row["scores"], strict=True))
        }
        assessment.submit(found.evaluations.get(evaluator=person), values, "", by=person)
    assessment.conclude(found, "well", row["reason"], by=leader)
    teach(pilot, row["lesson"], lead)


def teach(pilot: Pilot, row: dict, lead: User) -> None:
    """Its lesson, published."""
    pilot = Pilot.objects.get(pk=pilot.pk)
    lesson = evaluations.write_lesson(pilot, by=lead, **{name: {"en": words} for name, words in row.items()})
    record = evaluations.file_lesson(lesson, by=lead)
    repository.publish(record)
    note_translations(record)
