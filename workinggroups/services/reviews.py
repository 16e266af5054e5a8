from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Document, Review, Reviewer
from ..selectors.documents import last_version
from . import documents, fields

GOOD = (Reviewer.Answer.APPROVE, Reviewer.Answer.REMARKS)


def asked(document: Document) -> set[str]:
    """Whoever is asked to review it sees it for as long as the review is open."""
    rows = Reviewer.objects.filter(review__document=document, review__outcome=Review.Outcome.OPEN)
    rows = rows.exclude(answer=Reviewer.Answer.RELEASED)
    return {f"person:{pk}" for pk in rows.values_list("person", flat=True) if pk}


@transaction.atomic
def ask(document: Document, people: Iterable, *, by, due_on: date) -> Review:
    """Ask people whether the last version is good; each gets a case with that deadline."""
    document = documents.held(document)
    require(by, "workinggroups.ask_review", document)
    people = list(people)
    if not people:
        raise ValidationError({"people": _("Please choose whom you ask.")})
    if due_on < platform_day():
        raise ValidationError({"due_on": _("This day has passed.")})
    fields.demand(document)
    version = last_version(document)
    review = document.reviews.create(version=version, asked_by=by, opened_on=platform_day(), due_on=due_on)
    document.state = Document.State.IN_REVIEW
    documents.write(document)
    for person in people:
        reviewer = review.reviewers.create(person=person)
        audit.record("workinggroups.review_asked", reviewer, by=by)
    documents.show(document)
    audit.record("workinggroups.review_opened", document, by=by, version=version.number)
    return review


def handler(reviewer: Reviewer) -> str:
    """Who answers; the lead partner sees what was asked of somebody whose account is gone."""
    return f"person:{reviewer.person_id}" if reviewer.person_id else "role:lead_partner"


def approve(reviewer: Reviewer, *, by, reason: str) -> None:
    answer(reviewer, Reviewer.Answer.APPROVE, by=by, reason=reason)


def approve_with_remarks(reviewer: Reviewer, *, by, reason: str) -> None:
    answer(reviewer, Reviewer.Answer.REMARKS, by=by, reason=reason)


def ask_changes(reviewer: Reviewer, *, by, reason: str) -> None:
    answer(reviewer, Reviewer.Answer.CHANGES, by=by, reason=reason)


@transaction.atomic
def answer(reviewer: Reviewer, code: str, *, by, reason: str) -> None:
    """One answer; the last one decides. Somebody who asks for changes sends the document back."""
    require(by, "workinggroups.answer_review", reviewer)
    document = documents.held(reviewer.review.document)
    review = Review.objects.select_for_update().get(pk=reviewer.review_id)
    if review.outcome != Review.Outcome.OPEN:
        raise ValidationError(_("This review is closed: %(outcome)s.") % {"outcome": review.get_outcome_display()})
    reviewer.answer, reviewer.remarks, reviewer.answered_at = code, reason, timezone.now()
    reviewer.fingerprint = review.version.fingerprint
    reviewer.save()
    audit.record("workinggroups.review_answered", document, by=by, answer=str(code))
    decide(review, document, by=by)


@transaction.atomic
def end(document: Document, *, by) -> Document:
    """The review is taken back, whoever has answered by then; the document is a draft again."""
    document = documents.held(document)
    require(by, "workinggroups.end_review", document)
    back_to_draft(document, by=by)
    return document


def back_to_draft(document: Document, *, by) -> None:
    void(document, by=by, only_open=True)
    document.state = Document.State.DRAFT
    documents.write(document)
    documents.show(document)


@transaction.atomic
def let_go(reviewer: Reviewer, *, by) -> None:
    """Somebody is asked no longer; when all others have answered, that decides, and with nobody left there is no review."""
    document = documents.held(reviewer.review.document)
    review = Review.objects.select_for_update().get(pk=reviewer.review_id)
    reviewer.answer = Reviewer.Answer.RELEASED
    reviewer.save(update_fields=["answer"])
    if review.outcome == Review.Outcome.OPEN:
        documents.show(document)
        decide(review, document, by=by)


def decide(review: Review, document: Document, *, by) -> None:
    """Once all have answered who are still asked; whose account is gone is not waited for."""
    asked = review.reviewers.exclude(answer=Reviewer.Answer.RELEASED).exclude(person=None, answer=Reviewer.Answer.NONE)
    answers = list(asked.values_list("answer", flat=True))
    if not answers:
        back_to_draft(document, by=by)
    elif all(answers):
        good = all(given in GOOD for given in answers)
        close(review, document, Review.Outcome.APPROVED if good else Review.Outcome.CHANGES, by=by)


def close(review: Review, document: Document, outcome: str, *, by) -> None:
    review.outcome, review.closed_on = outcome, platform_day()
    review.save(update_fields=["outcome", "closed_on"])
    good = outcome == Review.Outcome.APPROVED
    document.state = Document.State.APPROVED if good else Document.State.DRAFT
    document.approved = review.version.fingerprint if good else ""
    documents.write(document)
    documents.show(document)
    audit.record("workinggroups.review_closed", document, by=by, outcome=str(outcome), review=review.pk)


def void(document: Document, *, by, only_open: bool = False) -> None:
    """A change ends an open review, and what was approved is approved no longer; both stay in the history."""
    outcomes = (Review.Outcome.OPEN,) if only_open else (Review.Outcome.OPEN, Review.Outcome.APPROVED)
    for review in document.reviews.filter(outcome__in=outcomes):
        was = review.outcome
        review.outcome, review.closed_on = Review.Outcome.VOID, platform_day()
        review.save(update_fields=["outcome", "closed_on"])
        audit.record("workinggroups.review_void", document, by=by, review=review.pk, was=str(was))


def end_cases(event) -> None:
    """The reaction to the end of a review, in its own transaction: answering locks the case before the document."""
    for reviewer in Reviewer.objects.filter(review=event.payload["review"], answer=Reviewer.Answer.NONE):
        cases.end_about(reviewer, by=None)
