from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import CaseAnswer, CaseKind, EventKind, NoticeKind, PersonalData, Reaction
from platform_core.ground.texts.notices import teller
from platform_core.identity.access.selectors import may_see
from platform_core.identity.accounts.models import User

from ..models import Document, Review, Reviewer
from ..services import reviews


def facts(reviewer: Reviewer) -> list[tuple]:
    review = reviewer.review
    return [
        (_("Document"), review.document.title),
        (_("Version"), review.version.number),
        (_("Where"), review.version.get_absolute_url()),
        (_("Working group"), str(review.document.group)),
    ]


def title(reviewer: Reviewer) -> str:
    told = {"title": reviewer.review.document.title, "number": reviewer.review.version.number}
    return gettext("Review of “%(title)s”, version %(number)s") % told


def concerned(event) -> list[int]:
    """Whoever made the document and whoever asked for the review, if they still see it."""
    document = Document.objects.filter(pk=event.thing_id).first()
    review = Review.objects.filter(pk=event.payload.get("review")).first() if document else None
    if document is None or review is None:
        return []
    found = User.objects.filter(pk__in=[pk for pk in {document.made_by_id, review.asked_by_id} if pk]).order_by("pk")
    return [person.pk for person in found if may_see(person, document)]


def reviewers_of(event) -> list[int]:
    """Those who had answered, when what they answered about was changed."""
    document = Document.objects.filter(pk=event.thing_id).first()
    rows = Reviewer.objects.filter(review=event.payload.get("review")).exclude(answer="").exclude(person=None)
    people = User.objects.filter(pk__in=rows.values("person")).order_by("pk") if document else []
    return [person.pk for person in people if may_see(person, document)]


def about_document(event) -> tuple[dict, str]:
    document = Document.objects.get(pk=event.thing_id)
    return {"title": document.title}, document.get_absolute_url()


about = teller(about_document)
VERBS = {
    "review_asked": _("Somebody was asked to review a document"),
    "review_opened": _("A document was given to review"),
    "review_answered": _("A review of a document was answered"),
    "review_closed": _("A review of a document was closed"),
    "review_void": _("A review or an approval became void, since the document was changed"),
}
REVIEWS = [
    CaseKind(
        code="workinggroups.review",
        name=_("Review of a document"),
        verb="workinggroups.review_asked",
        handler=reviews.handler,
        days=14,
        due_on=lambda reviewer: reviewer.review.due_on,
        title=title,
        facts=facts,
        needs=("review__document", "review__version"),
        withdraw=reviews.let_go,
        answers=(
            CaseAnswer(code="approve", name=_("Approve"), outcome=_("Approved"), perform=reviews.approve),
            CaseAnswer(
                code="remarks",
                name=_("Approve with remarks"),
                outcome=_("Approved with remarks"),
                perform=reviews.approve_with_remarks,
                tone="secondary",
            ),
            CaseAnswer(
                code="changes",
                name=_("Ask for changes"),
                outcome=_("Changes are asked for"),
                perform=reviews.ask_changes,
                tone="secondary",
            ),
        ),
    ),
    Reaction(
        code="workinggroups.end_cases",
        handle=reviews.end_cases,
        verbs=frozenset({"workinggroups.review_void", "workinggroups.review_closed"}),
    ),
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="workinggroups.review_closed",
        name=_("A review you asked for, or of a document you made, is closed"),
        verb="workinggroups.review_closed",
        recipients=concerned,
        content=about(
            _("Review closed: %(title)s"), _("All have answered about “%(title)s”. Read there what they say.")
        ),
    ),
    NoticeKind(
        code="workinggroups.review_void",
        name=_("A document you had reviewed was changed"),
        verb="workinggroups.review_void",
        recipients=reviewers_of,
        content=about(
            _("Changed since you reviewed it: %(title)s"),
            _("“%(title)s” was changed, and what you said of it holds no longer."),
        ),
    ),
    PersonalData(
        label="workinggroups.review",
        fields=("asked_by",),
        holder="asked_by",
        purpose=_("To know who asked for a review"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.reviewer",
        fields=("answer", "remarks", "answered_at"),
        holder="person",
        purpose=_("To know who approved what"),
        erasure="unlink",
    ),
]
