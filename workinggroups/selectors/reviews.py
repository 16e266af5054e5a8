from platform_core.exchange.cases.selectors import open_about
from platform_core.exchange.messaging.selectors.following import holding
from platform_core.exchange.messaging.selectors.notices import would_be_told
from platform_core.identity.access.selectors import audience_of

from ..models import Document, Review, Reviewer
from ..services.documents import keys_of_draft

STANDING = (Review.Outcome.OPEN, Review.Outcome.APPROVED)


def told_of_change(user, document: Document) -> list[tuple]:
    """Who would be told of its next version: who follows it, who answered about what the change makes void, and who need
    not answer any more. With it the document is a draft again, of which those alone are told who see drafts.
    """
    standing = document.reviews.filter(outcome__in=STANDING)
    told = would_be_told("workinggroups.document_changed", document, by=user)
    for review in standing:
        told += would_be_told("workinggroups.review_void", document, by=user, review=review.pk)
    keys = keys_of_draft(document) | {key for key in audience_of(document) if key.startswith("activity:")}
    seeing = holding(keys, {person.pk for _kind, people in told for person in people})
    found = [(kind, [person for person in people if person.pk in seeing]) for kind, people in told]
    for reviewer in Reviewer.objects.filter(review__in=standing, answer=Reviewer.Answer.NONE):
        for case in open_about(reviewer):
            found += would_be_told("cases.withdrawn", case, by=user)
    return [(kind, people) for kind, people in found if people]
