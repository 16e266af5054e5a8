from platform_core.exchange.messaging.selectors.notices import would_be_told

from ..models import Document, Review

STANDING = (Review.Outcome.OPEN, Review.Outcome.APPROVED)


def told_of_change(user, document: Document) -> list[tuple]:
    """Who would be told of its next version: who follows it, and who answered about what the change makes void."""
    told = would_be_told("workinggroups.document_changed", document, by=user)
    for review in document.reviews.filter(outcome__in=STANDING):
        told += would_be_told("workinggroups.review_void", document, by=user, review=review.pk)
    return told
