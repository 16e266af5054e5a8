from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Document, Review, Reviewer
from . import documents

GOOD = (Reviewer.Answer.APPROVE, Reviewer.Answer.REMARKS)


def asked(document: Document) -> set[str]:
    """Whoever is asked to review it sees it for as long as the review is open."""
    rows = Reviewer.objects.filter(review__document=document, review__outcome=Review.Outcome.OPEN)
    return {f"person:{pk}" for pk in rows.values_list("person", flat=True) if pk}


@transaction.atomic
def ask(document: Document, people: Iterable, *, by, due_on: date) -> Review:
    """Ask people whether the last version is good; each gets a case with that deadline."""
    document = documents.held(document)
    require(by, "workinggroups.ask_review", document)
    people = list(people)
    if not people:
        raise ValidationError({"people": _("Please choose whom you ask.")})
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("This day has passed.")})
    version = documents.last_version(document)
    review = document.reviews.create(version=version, asked_by=by, opened_on=timezone.localdate(), due_on=due_on)
    document.state = Document.State.IN_REVIEW
    documents.write(document)
    for person in people:
        reviewer = review.reviewers.create(person=person)
        audit.record("workinggroups.review_asked", reviewer, by=by)
    documents.show(document)
    audit.record("workinggroups.review_opened", document, by=by, version=version.number)
    return review


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
    answers = list(review.reviewers.values_list("answer", flat=True))
    if all(answers):
        good = all(given in GOOD for given in answers)
        close(review, document, Review.Outcome.APPROVED if good else Review.Outcome.CHANGES, by=by)


def close(review: Review, document: Document, outcome: str, *, by) -> None:
    review.outcome, review.closed_on = outcome, timezone.localdate()
    review.save(update_fields=["outcome", "closed_on"])
    good = outcome == Review.Outcome.APPROVED
    document.state = Document.State.APPROVED if good else Document.State.DRAFT
    document.approved = review.version.fingerprint if good else ""
    documents.write(document)
    documents.show(document)
    audit.record("workinggroups.review_closed", document, by=by, outcome=str(outcome), review=review.pk)


def void(document: Document, *, by) -> None:
    """A change ends an open review, and what was approved is approved no longer; both stay in the history."""
    for review in document.reviews.filter(outcome__in=(Review.Outcome.OPEN, Review.Outcome.APPROVED)):
        was = review.outcome
        review.outcome, review.closed_on = Review.Outcome.VOID, timezone.localdate()
        review.save(update_fields=["outcome", "closed_on"])
        audit.record("workinggroups.review_void", document, by=by, review=review.pk, was=str(was))


def end_cases(event) -> None:
    """The reaction to a void review, in its own transaction: answering locks the case before the document."""
    for reviewer in Reviewer.objects.filter(review=event.payload["review"], answer=Reviewer.Answer.NONE):
        cases.end_about(reviewer, by=None)
