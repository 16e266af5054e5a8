"""What the peers of a review found and recommended, what became of it, and the report as a file."""

import io

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, override

from platform_core.ground.reports.papers import paper
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.selectors import own_organisations

from ..models import Finding, FollowUp, PeerReview, Recommendation
from ..review_paper import parts
from ..selectors import reviews as selectors
from .reviews import locked

JOB = "pilots.review_report"


@transaction.atomic
def summarise(review: PeerReview, summary, *, by) -> PeerReview:
    review = locked(review)
    require(by, "pilots.write_review", review)
    review.summary = summary
    review.full_clean(exclude=["key"])
    review.save(update_fields=["summary"])
    note_translations(review, by=by)
    audit.record("pilots.review_written", review, by=by)
    return review


@transaction.atomic
def find(review: PeerReview, text, *, by, key: str = "") -> Finding:
    review = locked(review)
    require(by, "pilots.write_review", review)
    if key and (held := review.findings.filter(key=key).first()):
        return held
    made = Finding(review=review, text=text, key=key)
    made.full_clean(exclude=["key"])
    made.save()
    note_translations(made, by=by)
    audit.record("pilots.review_written", review, by=by, finding=made.pk)
    return made


@transaction.atomic
def recommend(review: PeerReview, *, by, key: str = "", **fields) -> Recommendation:
    """Each has an owner, a deadline and a state."""
    review = locked(review)
    require(by, "pilots.write_review", review)
    if key and (held := review.recommendations.filter(key=key).first()):
        return held
    made = Recommendation(review=review, key=key, **fields)
    made.full_clean(exclude=["key"])
    if made.due_on <= platform_day():
        raise ValidationError({"due_on": _("This day has passed.")})
    made.save()
    note_translations(made, by=by)
    audit.record("pilots.review_written", review, by=by, recommendation=made.pk)
    return made


@transaction.atomic
def remove(row: Finding | Recommendation, *, by) -> PeerReview:
    review = locked(row.review)
    require(by, "pilots.write_review", review)
    audit.record("pilots.review_written", review, by=by, removed=row.pk)
    row.delete()
    return review


@transaction.atomic
def update(row: Recommendation, state: str, progress, *, by) -> Recommendation:
    """The host or its owner tells how far a recommendation is."""
    review = locked(row.review)
    require(by, "pilots.follow_review", review)
    row = Recommendation.objects.select_for_update().get(pk=row.pk)
    if not own_organisations(by).filter(pk__in=(review.host_id, row.owner_id)).exists():
        raise PermissionDenied
    if state == Recommendation.State.DROPPED and not progress:
        raise ValidationError({"progress": _("Please say why it is not followed.")})
    row.state, row.progress, row.changed_on = state, progress, platform_day()
    row.full_clean(exclude=["key"])
    row.save()
    note_translations(row, by=by)
    audit.record("pilots.recommendation_updated", review, by=by, recommendation=row.pk, state=state)
    return row


@transaction.atomic
def follow_up(row: FollowUp, text, *, by) -> FollowUp:
    review = locked(row.review)
    require(by, "pilots.follow_review", review)
    if not own_organisations(by).filter(pk=review.host_id).exists():
        raise PermissionDenied
    if row.due_on > platform_day():
        raise ValidationError(_("This follow-up is not due yet."))
    row.text, row.done_on = text, platform_day()
    row.full_clean()
    row.save()
    note_translations(row, by=by)
    audit.record("pilots.review_followed", review, by=by, months=row.months)
    return row


def remind() -> int:
    """Ask the host what became of the recommendations, once for each follow-up; gives how many."""
    return sum(note_due(row) for row in selectors.due())


@transaction.atomic
def note_due(row: FollowUp) -> int:
    noted = FollowUp.objects.filter(pk=row.pk, is_told=False).update(is_told=True)
    if noted:
        audit.record("pilots.follow_up_due", row.review, months=row.months)
    return noted


def write_report(event) -> None:
    """After publication, in the language the question was written in; safe to repeat."""
    review = PeerReview.objects.filter(pk=event.thing_id, state=PeerReview.State.PUBLISHED).first()
    if review:
        ask_report(review, review.question.source)


def ask_report(review: PeerReview, language: str) -> Job:
    return jobs.start(JOB, review=review.pk, language=language)


def make_report(job, review: int, language: str) -> dict[str, int]:
    """The job. A review that is gone or not published gets no report."""
    found = PeerReview.objects.filter(pk=review, state=PeerReview.State.PUBLISHED).first()
    if found is None:
        return {"reports": 0}
    with override(interface_code(language)):
        content = paper("pdf", str(found.title), parts(selectors.whole(found)), language)
    with job.writing():
        stored = files.keep(io.BytesIO(content), "report.pdf")
        found.reports.update_or_create(language=language, defaults={"file": stored})
    return {"reports": 1}
