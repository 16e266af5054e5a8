"""What of the working groups counts towards the indicators of the programme."""

from collections.abc import Iterator

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Counted, IndicatorRule
from platform_core.ground.vocabulary.days import platform_day

from .models import Call, ConceptPaper, Document, Expression, Minutes, Review, SetUp

AGREED = (Document.State.APPROVED, Document.State.PUBLISHED)
DOCUMENT, MEETING, EXPRESSION = "workinggroups.document", "workinggroups.meeting", "workinggroups.expression"
REVIEWED = frozenset(
    {
        "workinggroups.review_answered",
        "workinggroups.review_closed",
        "workinggroups.review_void",
        "workinggroups.document_published",
        "workinggroups.document_superseded",
        "workinggroups.document_taken_back",
        "workinggroups.document_trashed",
        "workinggroups.document_reinstated",
        "workinggroups.document_destroyed",
        "workinggroups.template_applied",
        "workinggroups.set_up_written",
    }
)


def agreed(rows: QuerySet) -> QuerySet:
    """Those whose document is approved, with the day on which its last review said so."""
    reviews = Review.objects.filter(
        document=OuterRef("document"), outcome=Review.Outcome.APPROVED, closed_on__isnull=False
    )
    rows = rows.select_related("document").filter(document__state__in=AGREED, document__trashed_on=None)
    return rows.annotate(agreed_on=Subquery(reviews.order_by("-pk").values("closed_on")[:1]))


def counted(row, key: str) -> Counted:
    day = row.agreed_on or platform_day(row.document.changed_at)
    return Counted(thing=DOCUMENT, pk=row.document_id, key=key, day=day, topic=row.document.group_id)


def concept_papers() -> Iterator[Counted]:
    for row in agreed(ConceptPaper.objects.all()):
        yield counted(row, f"group:{row.group_id}")


def setups() -> Iterator[Counted]:
    for row in agreed(SetUp.objects.all()):
        yield counted(row, f"call:{row.call_id}")


def expressions() -> Iterator[Counted]:
    """Sealed ones, of calls that are still open, are not told of in any number."""
    rows = Expression.objects.exclude(state=Expression.State.WITHDRAWN)
    rows = rows.exclude(call__state__in=(Call.State.DRAFT, Call.State.OPEN))
    for row in rows.select_related("organisation__region", "call"):
        yield Counted(
            thing=EXPRESSION,
            pk=row.pk,
            key=f"call:{row.call_id}:organisation:{row.organisation_id}",
            day=platform_day(row.submitted_at),
            organisation=row.organisation_id,
            country=row.organisation.country_id,
            region=row.organisation.region.code if row.organisation.region else "",
            topic=row.call.group_id,
        )


def meetings() -> Iterator[Counted]:
    rows = Minutes.objects.filter(state=Minutes.State.FINAL, meeting__starts__isnull=False).select_related("meeting")
    for row in rows:
        day = platform_day(row.meeting.starts)
        yield Counted(
            thing=MEETING, pk=row.meeting_id, key=f"meeting:{row.meeting_id}", day=day, topic=row.meeting.group_id
        )


RULES = [
    IndicatorRule(
        code="workinggroups.concept_papers",
        name=_("Concept papers of working groups"),
        once_per=_("working group"),
        event=_("its concept paper is approved; an edit that voids the approval takes it off the list"),
        confirmed_by=_("the reviewers of the document"),
        counted=concept_papers,
        verbs=REVIEWED,
    ),
    IndicatorRule(
        code="workinggroups.expressions",
        name=_("Expressions of interest received"),
        once_per=_("organisation and call"),
        event=_("the call closes with it; one that is withdrawn before is never counted"),
        confirmed_by=_("the organisation that submits it"),
        counted=expressions,
        verbs=frozenset(
            {
                "workinggroups.call_closed",
                "workinggroups.expression_received",
                "workinggroups.expression_completed",
            }
        ),
    ),
    IndicatorRule(
        code="workinggroups.setups",
        name=_("Set-up documents of working groups"),
        once_per=_("call for expressions of interest"),
        event=_("the document written from its result is approved"),
        confirmed_by=_("the reviewers of the document"),
        counted=setups,
        verbs=REVIEWED,
    ),
    IndicatorRule(
        code="workinggroups.meetings",
        name=_("Meetings with final minutes"),
        once_per=_("meeting"),
        event=_("its minutes are final; it counts on the day of the meeting"),
        confirmed_by=_("the leader of the group"),
        counted=meetings,
        verbs=frozenset({"workinggroups.minutes_final", "workinggroups.minutes_reopened"}),
    ),
]
