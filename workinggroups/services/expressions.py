import hashlib
import json
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.models import Assessment
from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import keys_of, require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation

from ..models import Call, CallAnswer, CallQuestion, Candidate, Expression
from ..permissions.calls import chair
from ..selectors import calls as selectors, expressions as asking, ranking
from . import candidates as naming

State = Expression.State


class LateError(ValidationError):
    """The call is over; nothing was kept of what was sent."""


class OvertakenError(ValidationError):
    """A colleague has sent another edition since the form was opened."""


def share(expression: Expression) -> None:
    """Its organisation alone while the call is open; from then on those who evaluate it too."""
    call = expression.call
    keys = {f"org:{expression.organisation_id}"}
    if not call.is_sealed and expression.state != State.WITHDRAWN:
        keys |= {chair(call), "role:lead_partner"} | scorers(expression)
    access.set_audience(expression, keys)


def scorers(expression: Expression) -> set[str]:
    """Those who are asked to score it."""
    rows = Assessment.objects.filter(kind=ranking.KIND, thing=asking.LABEL, object_id=expression.pk)
    people = rows.values_list("evaluations__evaluator", flat=True)
    return {f"person:{pk}" for pk in people if pk}


@transaction.atomic
def submit(
    call: Call, organisation: Organisation, *, by, edition: int, answers: dict, people: list[dict]
) -> Expression:
    """Send, or replace what was sent. The call's row is locked, so that nothing comes in after its end and nothing twice.

    `answers` are values by question: a text, a number, an option or a file; `people` are those named, with files. What
    has a file already keeps it where none is sent. `edition` is the one the form was shown with, 0 for none.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    held = call.expressions.exclude(state=State.WITHDRAWN).filter(organisation=organisation).first()
    demand(call, organisation, held, by)
    if held and held.edition != edition:
        if digest(held, answers, people) == held.fingerprint:
            return held  # the second click of the same form
        raise OvertakenError(
            _("Your organisation has sent another edition meanwhile. Look at it before you send yours.")
        )
    check_people(call, people)
    expression = held or Expression(call=call, organisation=organisation, edition=0)
    expression.edition, expression.made_by, expression.language = expression.edition + 1, by, active_code()
    expression.submitted_at, expression.state = timezone.now(), State.SUBMITTED
    expression.fingerprint = digest(expression, answers, people)
    expression.save()
    write_answers(expression, answers, by)
    naming.write(expression, people, by=by)
    share(expression)
    if not call.is_sealed:
        expression.complete_until = None
        expression.save(update_fields=["complete_until"])
        audit.record("workinggroups.expression_completed", expression, by=by, fingerprint=expression.fingerprint)
    return expression


def demand(call: Call, organisation: Organisation, held: Expression | None, by) -> None:
    """Whether this organisation may send anything now: until the end, or until the day it was asked to complete by."""
    if f"org:{organisation.pk}" not in keys_of(by):
        raise PermissionDenied
    completing = held is not None and held.state == State.COMPLETION and call.state == Call.State.CLOSED
    if completing and held is not None:
        if held.complete_until is None or held.complete_until < platform_day():
            raise LateError(_("The day until which it could be completed is over."))
        return
    if not call.takes_answers:
        raise LateError(_("The call is over. Nothing was sent; what you typed is kept as a draft."))
    require(by, "workinggroups.answer_call", call)
    unmet = [check.words for check in selectors.automatic_checks(call, organisation) if not check.met]
    if unmet:
        raise ValidationError([_("Your organisation does not meet: %(words)s") % {"words": words} for words in unmet])


def check_people(call: Call, people: list[dict]) -> None:
    if not people:
        raise ValidationError(_("Please name at least one person."))
    if len(people) > call.people_limit:
        raise ValidationError(_("At most %(most)s people can be named.") % {"most": call.people_limit})
    addresses = [person["email"].lower() for person in people]
    if len(set(addresses)) < len(addresses):
        raise ValidationError(_("The same person is named twice."))
    sought = {Candidate.Role.REPRESENTATIVE: call.representatives, Candidate.Role.EXPERT: call.experts}
    for person in people:
        if not sought[person["role"]]:
            raise ValidationError(_("The call seeks nobody for this seat: %(seat)s") % {"seat": person["role"].label})


def digest(expression: Expression, answers: dict, people: list[dict]) -> str:
    """SHA-256 over all that is sent; a file counts by its own hash, one that was sent before and is not sent again too."""
    files_held = {row.question_id: row.file for row in expression.answers.select_related("file")}
    cvs_held = {row.email.lower(): row.cv for row in expression.candidates.select_related("cv")}
    told = {}
    for question in expression.call.questions.all():
        value = answers.get(question.pk)
        is_file = question.kind == CallQuestion.Kind.FILE
        told[question.pk] = hash_of(value, files_held.get(question.pk)) if is_file else str(value or "")
    named = [person | {"cv": hash_of(person.get("cv"), cvs_held.get(person["email"].lower()))} for person in people]
    content = [expression.call_id, expression.organisation_id, told, named]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def hash_of(sent: Any, kept: StoredFile | None) -> str:
    if sent:
        return files.sha256(sent)[0]
    return kept.sha256 if kept else ""


def write_answers(expression: Expression, answers: dict, by) -> None:
    held = {row.question_id: row for row in expression.answers.all()}
    for question in expression.call.questions.all():
        value = answers.get(question.pk)
        row = held.get(question.pk) or CallAnswer(expression=expression, question=question)
        put(row, question, value, by)
        row.save()


def put(row: CallAnswer, question: CallQuestion, value: Any, by) -> None:
    kind = CallQuestion.Kind
    if question.kind == kind.FILE:
        if value:
            row.file, row.name = files.keep(value, value.name, by=by), value.name[:150]
    elif question.kind == kind.NUMBER:
        row.number = value
    elif question.kind == kind.CHOICE:
        row.option = value
    else:
        row.text = value or ""


@transaction.atomic
def withdraw(expression: Expression, *, by) -> None:
    """Until the end it can be taken back; what was said of people is gone at once."""
    Call.objects.select_for_update().get(pk=expression.call_id)
    found = Expression.objects.select_for_update().select_related("call").get(pk=expression.pk)
    require(by, "workinggroups.change_expression", found)
    if not found.call.takes_answers:
        raise ValidationError(_("The call is over; write to whoever evaluates it."))
    found.state = State.WITHDRAWN
    found.save(update_fields=["state"])
    found.candidates.all().delete()
    found.answers.all().delete()
    share(found)


def unseal(call: Call) -> None:
    """At the end: what has come in enters the log, those who evaluate see it, and people who were named are asked."""
    for expression in call.expressions.exclude(state=State.WITHDRAWN):
        share(expression)
        told = {"fingerprint": expression.fingerprint, "edition": expression.edition}
        audit.record("workinggroups.expression_received", expression, by=expression.made_by, **told)
        naming.ask(expression)


def abandon_assessments(call: Call, reason: str, *, by) -> None:
    for one in ranking.assessments(call).values():
        if one.state == Assessment.State.OPEN and by.has_perm("assessment.conclude", one):
            assessment.abandon(one, reason, by=by)


def forget_people(call: Call) -> int:
    rows = Candidate.objects.filter(expression__call=call).exclude(seat=Candidate.Seat.TAKEN)
    return rows.delete()[0]


# Eligibility


@transaction.atomic
def judge(expression: Expression, *, by, findings: dict[int, bool], reason: str) -> Expression:
    """Whether it is eligible: every condition, by facts and by hand; a refusal needs its reasons and is told."""
    found = held(expression, by)
    for condition in found.call.conditions.filter(kind="manual"):
        met = findings.get(condition.pk)
        if met is None:
            raise ValidationError(_("Please judge every condition: %(condition)s") % {"condition": condition})
        found.findings.update_or_create(condition=condition, defaults={"met": met})
    good = all(check.met for check in asking.checks(found)) and agreed(found)
    if not good and not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons; the organisation reads them.")})
    found.state = State.ELIGIBLE if good else State.INELIGIBLE
    found.reason, found.complete_until = reason.strip(), None
    found.save()
    audit.record("workinggroups.expression_judged", found, by=by, eligible=good)
    return found


def agreed(expression: Expression) -> bool:
    """Whether anybody is left of those who were named."""
    return expression.candidates.exclude(consent=Candidate.Consent.DECLINED).exists()


def held(expression: Expression, by) -> Expression:
    found = Expression.objects.select_for_update().select_related("call").get(pk=expression.pk)
    require(by, "workinggroups.check_expression", found)
    if found.call.state != Call.State.CLOSED or found.state not in (
        "submitted",
        "completion",
        "eligible",
        "ineligible",
    ):
        raise ValidationError(_("Eligibility is judged after the end of a call and before its ranking."))
    if ranking.assessments(found.call).get(found.pk):
        raise ValidationError(_("It is being scored already."))
    return found


@transaction.atomic
def ask_completion(expression: Expression, *, by, reason: str, until) -> Expression:
    """Ask an organisation for what is lacking, until a day."""
    found = held(expression, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Please say what is lacking.")})
    if not platform_day() <= until <= platform_day() + timedelta(days=60):
        raise ValidationError({"until": _("Please give a day within the next sixty.")})
    found.state, found.reason, found.complete_until = State.COMPLETION, reason.strip(), until
    found.save()
    audit.record("workinggroups.completion_asked", found, by=by, until=until)
    return found
