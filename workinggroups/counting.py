"""What of the working groups counts towards the indicators of the programme."""

from collections.abc import Iterator, Sequence

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Counted, IndicatorRule
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.selectors import acting_for

from .models import Call, Candidate, ConceptPaper, Document, Expression, Minutes, Participant, Review, SetUp

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


def counted(row, key: str, countries: Sequence[str] = ()) -> Counted:
    """With the organisation for which the document was made."""
    day, maker = row.agreed_on or platform_day(row.document.changed_at), row.document.made_by_id
    own = acting_for([maker], day).get(maker) if maker else None
    told = {"organisation": own.pk, "country": own.country_id} if own else {}
    topic = row.document.group_id
    return Counted(thing=DOCUMENT, pk=row.document_id, key=key, day=day, topic=topic, countries=countries, **told)


def concept_papers() -> Iterator[Counted]:
    for row in agreed(ConceptPaper.objects.all()):
        yield counted(row, f"group:{row.group_id}")


def setups() -> Iterator[Counted]:
    """With the countries of the organisations that get a seat."""
    for row in agreed(SetUp.objects.all()):
        yield counted(row, f"call:{row.call_id}", seated(row.call_id))


def seated(call: int) -> list[str]:
    rows = Candidate.objects.filter(expression__call=call, seat__in=(Candidate.Seat.OFFERED, Candidate.Seat.TAKEN))
    return sorted(set(rows.values_list("expression__organisation__country", flat=True)))


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
    """With the countries of the organisations that were there, and the organisation of whoever made the minutes final."""
    there = Prefetch("meeting__participants", Participant.objects.filter(attended=True).select_related("organisation"))
    rows = Minutes.objects.filter(state=Minutes.State.FINAL, meeting__starts__isnull=False).select_related("meeting")
    for row in rows.prefetch_related(there):
        present = [one for one in row.meeting.participants.all() if one.organisation]
        led = next((one.organisation for one in present if one.person_id and one.person_id == row.final_by_id), None)
        yield Counted(
            thing=MEETING,
            pk=row.meeting_id,
            key=f"meeting:{row.meeting_id}",
            day=platform_day(row.meeting.starts),
            topic=row.meeting.group_id,
            organisation=led.pk if led else None,
            country=led.country_id if led else "",
            countries=sorted({one.organisation.country_id for one in present}),
        )


BEFORE = _("It sets up the working groups, before they work on any policy.")
RULES = [
    IndicatorRule(
        code="workinggroups.concept_papers",
        name=_("Concept papers of working groups"),
        once_per=_("working group"),
        event=_("its concept paper is approved; an edit that voids the approval takes it off the list"),
        confirmed_by=_("the reviewers of the document"),
        without_stage=BEFORE,
        counted=concept_papers,
        verbs=REVIEWED,
    ),
    IndicatorRule(
        code="workinggroups.expressions",
        name=_("Expressions of interest received"),
        once_per=_("organisation and call"),
        event=_("the call closes with it; one that is withdrawn before is never counted"),
        confirmed_by=_("the organisation that submits it"),
        without_stage=BEFORE,
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
        without_stage=BEFORE,
        counted=setups,
        verbs=REVIEWED,
    ),
    IndicatorRule(
        code="workinggroups.meetings",
        name=_("Meetings with final minutes"),
        once_per=_("meeting"),
        event=_("its minutes are final; it counts on its day, for the countries of the organisations that were there"),
        confirmed_by=_("the leader of the group"),
        without_stage=_("A meeting goes over policies at several stages."),
        counted=meetings,
        verbs=frozenset({"workinggroups.minutes_final", "workinggroups.minutes_reopened"}),
    ),
]
