from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.consolidation import Picture
from platform_core.exchange.assessment.models import Assessment
from platform_core.ground.registry.kinds import Evidence
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import holders, require
from platform_core.identity.audit import services as audit
from platform_core.materials.trails import services as trails
from repository import services as repository
from repository.creators import made_by_organisation
from repository.models import Record

from ..models import Pilot, PilotLesson, Report, SelfRating
from ..selectors import evaluations as selectors
from ..selectors.pilots import EVALUATION
from ..selectors.reports import unreported
from .pilots import demand_distance, interested, locked
from .proposals import evaluators as anybody_who_evaluates

LEARNED = "pilots.learned_in"
WELL, PARTLY = 70, 40


def check_under_way(pilot: Pilot) -> None:
    if selectors.evaluation_of(pilot):
        raise ValidationError(_("It is being evaluated already, and what the lead says of it stands."))


@transaction.atomic
def assess_own(pilot: Pilot, answers: Mapping[int, tuple[int | None, str]], *, by) -> Pilot:
    """The lead on its own pilot: a level and a reason for every criterion, until others are asked to evaluate it."""
    pilot = locked(pilot)
    require(by, "pilots.assess_own", pilot)
    check_under_way(pilot)
    problems = {}
    for one in selectors.grid_of(pilot).criteria.all():
        value, text = answers.get(one.pk, (None, ""))
        if value is None:
            problems[f"value_{one.pk}"] = _("Please choose a level.")
        elif not text.strip():
            problems[f"text_{one.pk}"] = _("Please give your reasons.")
        told = {"value": value, "text": text.strip()}
        SelfRating.objects.update_or_create(pilot=pilot, criterion=one, defaults=told)
    if problems:
        raise ValidationError(problems)
    pilot.self_assessed_on = platform_day()
    pilot.save()
    audit.record("pilots.pilot_self_assessed", pilot, by=by)
    return pilot


@transaction.atomic
def call_evaluators(pilot: Pilot, people: Sequence, *, by, due_on: date) -> Assessment:
    """When its reports are accepted and the lead has assessed it, so that both can be read beside each other."""
    pilot = locked(pilot)
    require(by, "pilots.call_evaluators", pilot)
    if pilot.self_assessed_on is None:
        raise ValidationError(_("The lead has not assessed the pilot action yet."))
    if missing := unreported(pilot):
        told = ", ".join(str(period.number) for period in missing)
        raise ValidationError(_("Reports of these periods are not accepted yet: %(periods)s.") % {"periods": told})
    if by.pk in {person.pk for person in people}:
        raise ValidationError({"evaluators": _("Whoever asks the evaluators does not evaluate.")})
    demand_distance(pilot, by)
    made = assessment.open_assessment(EVALUATION, pilot, people, due_on=due_on, version=str(pilot.finished_on), by=by)
    audit.record("pilots.evaluators_called", pilot, by=by)
    return made


def handler(pilot: Pilot) -> str:
    leaders = set(holders("wg_leader", pilot.scope))
    free = leaders and not leaders & interested(pilot)
    return f"role:wg_leader@{pilot.scope}" if free else "role:lead_partner"


def evaluators(pilot: Pilot) -> list[str]:
    return anybody_who_evaluates(pilot)


def evidence(pilot: Pilot) -> dict[str, list[Evidence]]:
    """Its accepted reports, for every criterion."""
    rows = pilot.reports.filter(state=Report.State.ACCEPTED).select_related("period")
    pieces = [
        Evidence(
            key=f"report:{row.pk}",
            words=_("Report on period %(number)s") % {"number": row.period.number},
            address=pilot.get_absolute_url(),
        )
        for row in rows
    ]
    return {one.code: pieces for one in selectors.grid_of(pilot).criteria.all()} if pieces else {}


def scored(least: int):
    def allowed(pilot: Pilot, picture: Picture) -> bool:
        return picture.score is not None and picture.score >= least

    return allowed


def conclude(pilot: Pilot, concluded: Assessment, *, by) -> None:
    pilot = locked(pilot)
    if by.pk in interested(pilot):
        raise ValidationError(_("You act for an organisation of this pilot action: somebody else concludes."))
    pilot.state, pilot.evaluated_on = Pilot.State.EVALUATED, platform_day()
    pilot.outcome, pilot.conclusion = concluded.outcome, concluded.reason
    pilot.save()
    audit.record("pilots.pilot_evaluated", pilot, by=by, outcome=concluded.outcome)


@transaction.atomic
def write_lesson(pilot: Pilot, *, by, lesson: PilotLesson | None = None, key: str = "", **fields) -> PilotLesson:
    pilot = locked(pilot)
    require(by, "pilots.write_lesson", pilot)
    if key and lesson is None and (held := pilot.lessons.filter(key=key).first()):
        return held
    if lesson:
        lesson = PilotLesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    if lesson and lesson.record_id:
        raise ValidationError(_("It is in the repository already; please change it there."))
    made = lesson or PilotLesson(pilot=pilot, written_by=by, key=key)
    for name, value in fields.items():
        setattr(made, name, value)
    made.full_clean(exclude=["key"])
    made.save()
    audit.record("pilots.lesson_written", pilot, by=by)
    return made


@transaction.atomic
def file_lesson(lesson: PilotLesson, *, by) -> Record:
    """A draft in the repository with all that is known here, and a trail back to the pilot; once for each lesson."""
    lesson = (
        PilotLesson.objects.select_for_update(of=("self",)).select_related("pilot__lead", "record").get(pk=lesson.pk)
    )
    pilot = lesson.pilot
    require(by, "pilots.write_lesson", pilot)
    if lesson.record:
        return lesson.record
    record = repository.deposit(
        by=by,
        kind="lesson",
        title=lesson.title,
        summary=lesson.problem,
        details={name: getattr(lesson, name).stored() for name in ("problem", "attempt", "failure", "differently")},
        topics=[pilot.topic_id],
        countries=[pilot.region.country_id],
        regions=[pilot.region.code],
        year=platform_day().year,
        languages=list(lesson.title),
        **made_by_organisation(str(pilot.lead)),
        organisation=pilot.lead,
        is_demonstration=pilot.is_demonstration,
    )
    trails.draw(LEARNED, record, pilot)
    lesson.record = record
    lesson.save(update_fields=["record"])
    audit.record("pilots.lesson_filed", pilot, by=by, record=record.pk)
    return record
