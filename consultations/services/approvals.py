"""Approvals belong to exactly one state of the questions, named by its hash."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Approval, Consultation, Questionnaire
from ..selectors import approvals as selectors, drafting


def current(version: Questionnaire):
    return version.approvals.filter(voided_at=None)


@transaction.atomic
def ask(consultation: Consultation, people: Iterable, *, by, due_on: date) -> list[Approval]:
    """Ask people whether these questions are good; each gets a case with that deadline."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.ask_approval", consultation)
    version, people = drafting.draft(consultation), list(people)
    if version is None:
        raise ValidationError(_("There is no draft to approve. Begin the next version first."))
    if not people:
        raise ValidationError({"people": _("Please choose whom you ask.")})
    if due_on < platform_day():
        raise ValidationError({"due_on": _("This day has passed.")})
    if current(version).filter(answer="").exclude(person=None).exists():
        raise ValidationError(_("Somebody is asked already and has not answered yet."))
    if drafting.problems(version):
        raise ValidationError(_("Please mend what is wrong with the questions first."))
    void(version, by=by)
    asked = [
        version.approvals.create(sha256=version.sha256, person=person, asked_by=by, due_on=due_on) for person in people
    ]
    for approval in asked:
        audit.record("consultations.approval_asked", approval, by=by)
    stand(consultation, Consultation.State.REVIEW)
    audit.record("consultations.review_opened", consultation, by=by, version=version.number)
    return asked


def stand(consultation: Consultation, state: str) -> None:
    """Where a consultation stands before it is opened; an open one stays open while its next version is approved."""
    if consultation.state in ("draft", "review", "approved") and consultation.state != state:
        consultation.state = state
        consultation.save(update_fields=["state"])
        access.set_audience(consultation, consultation.audience_before)


def handler(approval: Approval) -> str:
    return f"person:{approval.person_id}" if approval.person_id else "role:lead_partner"


def approve(approval: Approval, *, by, reason: str) -> None:
    answer(approval, Approval.Answer.APPROVE, by=by, reason=reason)


def ask_changes(approval: Approval, *, by, reason: str) -> None:
    answer(approval, Approval.Answer.CHANGES, by=by, reason=reason)


@transaction.atomic
def answer(approval: Approval, code: str, *, by, reason: str) -> None:
    """One answer; the last one decides."""
    require(by, "consultations.approve", approval)
    consultation = Consultation.objects.select_for_update().get(pk=approval.version.consultation_id)
    approval = Approval.objects.select_for_update().select_related("version").get(pk=approval.pk)
    if approval.voided_at or approval.answer or approval.sha256 != approval.version.sha256:
        raise ValidationError(_("The questions were changed since you were asked, so there is nothing to approve."))
    approval.answer, approval.remarks, approval.answered_at = code, reason, timezone.now()
    approval.save(update_fields=["answer", "remarks", "answered_at"])
    decide(consultation, approval.version, by=by)


@transaction.atomic
def let_go(approval: Approval, *, by) -> None:
    """Somebody is asked no longer; with nobody left there is no review."""
    consultation = Consultation.objects.select_for_update().get(pk=approval.version.consultation_id)
    approval.answer = Approval.Answer.RELEASED
    approval.save(update_fields=["answer"])
    if approval.voided_at is None:
        decide(consultation, approval.version, by=by)


def decide(consultation: Consultation, version: Questionnaire, *, by) -> None:
    standing = selectors.standing(version)
    if standing == "asked":
        return
    stand(consultation, Consultation.State.APPROVED if standing == "approved" else Consultation.State.DRAFT)
    audit.record("consultations.review_closed", consultation, by=by, version=version.number, outcome=standing)


def void(version: Questionnaire, *, by) -> None:
    """What was approved, or is being looked at, holds no longer."""
    gone = list(current(version).exclude(answer=Approval.Answer.RELEASED).values_list("pk", flat=True))
    current(version).update(voided_at=timezone.now())
    stand(version.consultation, Consultation.State.DRAFT)
    if gone:
        audit.record("consultations.approval_void", version.consultation, by=by, approvals=gone)


@transaction.atomic
def take_back(consultation: Consultation, *, by) -> Consultation:
    """Into preparation again; approvals are void, whoever has given them."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.take_back", consultation)
    for version in consultation.versions.filter(published_at=None):
        void(version, by=by)
    consultation.refresh_from_db()
    audit.record("consultations.taken_back", consultation, by=by)
    return consultation


def end_cases(event) -> None:
    """The reaction to void approvals, in its own transaction: answering locks the case before the consultation."""
    for approval in Approval.objects.filter(pk__in=event.payload["approvals"], answer=Approval.Answer.NONE):
        cases.end_about(approval, by=None)
