from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from statistics import median

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from platform_core.exchange.assessment import selectors as judged, services as assessment
from platform_core.exchange.assessment.consolidation import Picture
from platform_core.exchange.assessment.models import Assessment, Grid
from platform_core.ground.registry.kinds import Evidence
from platform_core.ground.vocabulary.days import later, platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.access.sight import people_with
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation
from platform_core.programme.network.models import Tie
from workinggroups.models import WorkingGroup

from ..models import Label, LabelRule, SelfAssessment, SelfScore
from ..selectors import excellence as selectors

LEAST = 2
VERIFIERS = ("role:stc_member", "role:reviewer")
State = SelfAssessment.State


def load_rules(rows: Sequence[dict]) -> None:
    for row in rows:
        grid = Grid.objects.get(code=row["grid"], version=row["version"])
        fields = {name: row[name] for name in ("name", "share", "judged", "months")}
        LabelRule.objects.update_or_create(grid=grid, code=row["code"], defaults=fields)


@transaction.atomic
def begin(organisation: Organisation, *, by, **fields) -> SelfAssessment:
    """Begin, or go on with what is under way; the last answers are there to begin with."""
    require(by, "benchmarking.assess_management", organisation)
    if organisation.kind != selectors.CLUSTERS:
        raise ValidationError(_("Only cluster organisations are assessed."))
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    rows = SelfAssessment.objects.filter(organisation=organisation)
    if held := rows.exclude(state=State.VERIFIED).first():
        return held
    last, grid = rows.order_by("-pk").first(), judged.grid_in_force(selectors.GRID)
    made = SelfAssessment.objects.create(
        organisation=organisation, grid=grid, begun_on=platform_day(), made_by=by, **fields
    )
    if last and last.grid_id == grid.pk:
        told = last.scores.values_list("criterion_id", "value", "text", "link")
        SelfScore.objects.bulk_create(
            SelfScore(assessment=made, criterion_id=pk, value=value, text=text, link=link)
            for pk, value, text, link in told
        )
    share(made)
    audit.record("benchmarking.self_assessment_begun", made, by=by)
    return made


def share(found: SelfAssessment, people: Sequence[int] = ()) -> None:
    """The organisation; once it is submitted who looks after labels, and who verifies it. Nobody else, ever."""
    keys = {f"org:{found.organisation_id}", *(f"person:{pk}" for pk in people)}
    access.set_audience(found, keys | (set() if found.state == State.DRAFT else {"role:lead_partner"}))


def locked(found: SelfAssessment) -> SelfAssessment:
    return SelfAssessment.objects.select_for_update().select_related("organisation", "grid").get(pk=found.pk)


@transaction.atomic
def keep(found: SelfAssessment, answers: Mapping[int, tuple[int | None, str, str]], *, by) -> SelfAssessment:
    """`answers` are level, what shows it and an address, by indicator."""
    found = locked(found)
    require(by, "benchmarking.assess_management", found)
    if found.state != State.DRAFT:
        raise ValidationError(_("It was submitted and cannot be changed any more."))
    known = set(found.grid.criteria.values_list("pk", flat=True))
    for pk, (value, text, link) in answers.items():
        if pk in known:
            told = {"value": value, "text": text, "link": link}
            SelfScore.objects.update_or_create(assessment=found, criterion_id=pk, defaults=told)
    audit.record("benchmarking.self_assessment_kept", found, by=by)
    return found


@transaction.atomic
def submit(found: SelfAssessment, answers: Mapping[int, tuple[int | None, str, str]], *, by) -> SelfAssessment:
    """Every indicator has a level, and from the steps that need it something that shows it."""
    found = keep(found, answers, by=by)
    require(by, "benchmarking.submit_management", found)
    check_complete(found)
    found.state, found.submitted_on = State.SUBMITTED, platform_day()
    found.save()
    share(found)
    audit.record("benchmarking.self_assessment_submitted", found, by=by)
    return found


def check_complete(found: SelfAssessment) -> None:
    held = {score.criterion_id: score for score in found.scores.all()}
    demanding = {step.value for step in found.grid.steps.all() if step.needs_evidence}
    problems = {}
    for criterion in found.grid.criteria.all():
        score = held.get(criterion.pk)
        if score is None or score.value is None:
            problems[f"value_{criterion.pk}"] = _("Please choose a level.")
        elif score.value in demanding and not score.text.strip():
            problems[f"text_{criterion.pk}"] = _("Please say what shows it; verifiers judge by it.")
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def return_it(found: SelfAssessment, reason: str, *, by) -> SelfAssessment:
    found = locked(found)
    require(by, "benchmarking.return_management", found)
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons.")})
    found.state, found.remark = State.DRAFT, reason.strip()
    found.save()
    share(found)
    audit.record("benchmarking.self_assessment_returned", found, by=by)
    return found


@transaction.atomic
def call_verifiers(found: SelfAssessment, people: Sequence, *, by, due_on: date) -> Assessment:
    found = locked(found)
    require(by, "benchmarking.call_verifiers", found)
    if by.pk in {person.pk for person in people}:
        raise ValidationError({"evaluators": _("Whoever calls the verifiers does not verify.")})
    found.state = State.VERIFYING
    found.save(update_fields=["state"])
    version = str(found.submitted_on or "")
    made = assessment.open_assessment(selectors.KIND, found, people, due_on=due_on, version=version, by=by)
    share(found, [person.pk for person in people])
    audit.record("benchmarking.verifiers_called", found, by=by)
    return made


def share_with_verifiers(event) -> None:
    """Whoever is asked later sees it too, who steps back no longer; an abandoned verification waits again."""
    rows = Assessment.objects.filter(kind=selectors.KIND)
    abandoned = event.verb == "assessment.abandoned"
    for one in rows.filter(pk=event.thing_id) if abandoned else rows.filter(evaluations=event.thing_id):
        found = SelfAssessment.objects.filter(pk=one.object_id, state=State.VERIFYING).first()
        if found and one.state == Assessment.State.ABANDONED:
            found.state = State.SUBMITTED
            found.save(update_fields=["state"])
            share(found)
        elif found:
            share(found, verifiers_of(one))


def verifiers_of(one: Assessment) -> list[int]:
    """Those who have not stepped back: with a conflict of interest nobody reads on."""
    rows = one.evaluations.exclude(state="conflict").exclude(evaluator=None)
    return list(rows.values_list("evaluator_id", flat=True))


def evaluators(found: SelfAssessment) -> list[str]:
    groups = WorkingGroup.objects.values_list("pk", flat=True)
    return [*VERIFIERS, *(f"role:wg_expert@group:{pk}" for pk in groups)]


def interested(found: SelfAssessment) -> set[int]:
    """Everybody of the organisation, and of those it works together with; other clusters of its region compete with it."""
    own = found.organisation
    ties = Tie.objects.filter(Q(one=own) | Q(other=own), state=Tie.State.CONFIRMED)
    close = {pk for pair in ties.values_list("one", "other") for pk in pair} | {own.pk}
    if own.region_id:
        rivals = Organisation.objects.filter(region=own.region_id, kind=selectors.CLUSTERS)
        close |= set(rivals.values_list("pk", flat=True))
    people = people_with([f"org:{pk}" for pk in close], platform_day())
    return people | ({found.made_by_id} if found.made_by_id else set())


def evidence(found: SelfAssessment) -> dict[str, list[Evidence]]:
    """What the organisation says shows an indicator, by its code."""
    rows = found.scores.select_related("criterion").exclude(text="", link="")
    return {
        row.criterion.code: [Evidence(key=f"own:{row.pk}", words=row.text or row.link, address=row.link)]
        for row in rows
    }


def counted(picture: Picture) -> tuple[int, int]:
    """How many indicators are met and how many two verifiers judged."""
    lines = [line for line in picture.lines if len(line.values) >= LEAST]
    return sum(bool(line.met) for line in lines), len(lines)


def carries_label(found: SelfAssessment, picture: Picture) -> bool:
    return selectors.rule_for(found.grid, *counted(picture)) is not None


def conclude(found: SelfAssessment, concluded: Assessment, *, by) -> None:
    """Keep what was found of each indicator, and give the highest label it carries."""
    found = locked(found)
    if by.pk in interested(found):
        raise ValidationError(_("You are close to this organisation: somebody else concludes."))
    picture = judged.picture(concluded)
    for line in picture.lines:
        if len(line.values) >= LEAST:
            SelfScore.objects.update_or_create(
                assessment=found,
                criterion=line.criterion,
                defaults={"verified": Decimal(str(median(line.values)))},
            )
    found.met, found.judged = counted(picture)
    found.state, found.verified_on = State.VERIFIED, platform_day()
    found.save()
    share(found, verifiers_of(concluded))
    audit.record("benchmarking.self_assessment_verified", found, by=by)
    if concluded.outcome == "label" and (rule := selectors.rule_for(found.grid, found.met, found.judged)):
        give_label(found, rule, by=by)


def give_label(found: SelfAssessment, rule: LabelRule, *, by) -> Label:
    """The one it held until now ends; whether the organisation had published it carries over to nothing."""
    today = platform_day()
    held = Label.objects.filter(organisation=found.organisation_id, state=Label.State.VALID)
    held.update(state=Label.State.RENEWED, ended_on=today)
    fields = {"organisation_id": found.organisation_id, "rule": rule}
    made = Label.objects.create(assessment=found, begins=today, ends=later(today, rule.months), **fields)
    audit.record("benchmarking.label_given", found, by=by, label=made.pk)
    return made


@transaction.atomic
def publish_label(label: Label, is_published: bool, *, by) -> Label:
    label = Label.objects.select_for_update().select_related("assessment").get(pk=label.pk)
    require(by, "benchmarking.publish_label", label)
    label.is_published = is_published
    label.save(update_fields=["is_published"])
    audit.record("benchmarking.label_published", label.assessment, by=by, published=is_published)
    return label


@transaction.atomic
def revoke_label(label: Label, reason: str, *, by) -> Label:
    label = Label.objects.select_for_update().select_related("assessment").get(pk=label.pk)
    require(by, "benchmarking.revoke_label", label)
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons; the organisation reads them.")})
    label.state, label.reason, label.ended_on = Label.State.REVOKED, reason.strip(), platform_day()
    label.save()
    audit.record("benchmarking.label_revoked", label.assessment, by=by)
    return label


def look_after_dates() -> int:
    """Warn sixty days before a label ends, and end those that are over."""
    today, done = platform_day(), 0
    for pk in selectors.to_warn(today).values_list("pk", flat=True):
        done += settle(pk, verb="benchmarking.label_ending", warned=True)
    for pk in selectors.expired(today).values_list("pk", flat=True):
        done += settle(pk, verb="benchmarking.label_expired", state=Label.State.EXPIRED, ended_on=today)
    return done


@transaction.atomic
def settle(pk: int, *, verb: str, **fields) -> int:
    changed = Label.objects.filter(pk=pk, state=Label.State.VALID).update(**fields)
    if changed:
        audit.record(verb, Label.objects.select_related("assessment").get(pk=pk).assessment)
    return changed
