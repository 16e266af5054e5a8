from functools import partial

from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers
from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    Demonstration,
    EventKind,
    IndicatorRule,
    JobKind,
    MenuEntry,
    NoticeKind,
    Panel,
    PersonalData,
    Reaction,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
    TrailKind,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_with
from platform_core.materials.languages.fields import of_fields

from ..demonstration import reviews as demonstration
from ..models import Finding, FollowUp, Peer, PeerReview, Recommendation
from ..permissions import reviews as permissions
from ..selectors import reviews as selectors
from ..services import review_results as results, reviews as services

SHOWN = 5
PIECES = {
    "pilots.finding": (_("Finding of a peer review"), Finding),
    "pilots.recommendation": (_("Recommendation of a peer review"), Recommendation),
    "pilots.followup": (_("Follow-up of a peer review"), FollowUp),
}
VERBS = {
    "pilots.review_begun": _("An application for a peer review was begun"),
    "pilots.review_changed": _("An application for a peer review was changed"),
    "pilots.review_deleted": _("An application for a peer review that was never sent was deleted"),
    "pilots.review_applied": _("A peer review was applied for"),
    "pilots.review_accepted": _("An application for a peer review was found eligible"),
    "pilots.review_refused": _("An application for a peer review was refused"),
    "pilots.review_taken_back": _("An application for a peer review was taken back"),
    "pilots.peer_invited": _("Somebody was invited as a peer"),
    "pilots.peer_joined": _("A peer takes part in a review"),
    "pilots.peer_declined": _("A peer does not take part in a review"),
    "pilots.review_planned": _("Days and agenda of a peer review were fixed"),
    "pilots.review_called_off": _("A peer review was called off"),
    "pilots.review_written": _("Results of a peer review were written"),
    "pilots.review_published": _("The report of a peer review was published"),
    "pilots.recommendation_updated": _("It was told how far a recommendation of a peer review is"),
    "pilots.review_followed": _("A peer review was followed up"),
    "pilots.follow_up_due": _("The follow-up of a peer review is due"),
}


def application(review: PeerReview) -> list[tuple]:
    return [
        (_("Host"), str(review.host)),
        (_("Region"), str(review.region)),
        (_("Topic"), str(review.topic)),
        (_("Question to the peers"), str(review.question)),
        (_("Background"), str(review.background)),
    ]


def invitation(peer: Peer) -> list[tuple]:
    return [*application(peer.review), (_("Why you are asked"), peer.get_why_display())]


def everybody(event) -> list[int]:
    """The host, the peers who take part, owners of recommendations, and who follows it."""
    found = PeerReview.objects.filter(pk=event.thing_id).first()
    if found is None:
        return []
    keys = [*permissions.writers(found), *permissions.followers(found)]
    return sorted({*people_with(keys, platform_day()), *followers(found)})


def called_together(event) -> list[int]:
    """The host, the leaders, and the peers who take part or were asked."""
    found = PeerReview.objects.filter(pk=event.thing_id).first()
    if found is None:
        return []
    asked = found.peers.exclude(state=Peer.State.DECLINED).exclude(person=None).values_list("person", flat=True)
    keys = [*permissions.host(found), f"role:wg_leader@{found.scope}", *(f"person:{pk}" for pk in asked)]
    return sorted({*people_with(keys, platform_day()), *followers(found)})


def owners(event) -> list[int]:
    """The host and whoever owns a recommendation."""
    found = PeerReview.objects.filter(pk=event.thing_id).first()
    return sorted(people_with(permissions.followers(found), platform_day())) if found else []


def facts(event) -> tuple[dict, str]:
    found = PeerReview.objects.select_related("region").get(pk=event.thing_id)
    words = {"title": found.title, "region": found.region, "day": found.first_day, "reason": found.reason}
    return words, found.get_absolute_url()


def search_document(pk: int) -> SearchDocument | None:
    whole = PeerReview.objects.select_related("region").prefetch_related("findings", "recommendations")
    found = whole.filter(pk=pk, state=PeerReview.State.PUBLISHED).first()
    if found is None:
        return None
    body: dict[str, list[str]] = {}
    for text in [
        found.background,
        found.summary,
        *(row.text for row in [*found.findings.all(), *found.recommendations.all()]),
    ]:
        for code, words in text.items():
            body.setdefault(code, []).append(words)
    return SearchDocument(
        title=found.title.stored(),
        summary=found.question.stored(),
        body={code: "\n".join(texts) for code, texts in body.items()},
        route="pilots:review",
        key=str(found.pk),
        day=found.published_on,
        facets={
            "topic": [str(found.topic_id)],
            "country": [found.region.country_id],
            "region": [found.region.code],
        },
    )


def of_place(request, region=None, country=None, **subject) -> dict | None:
    place = {"region": region.code} if region else {"country": country.pk}
    rows = list(selectors.published(request.user, **place)[:SHOWN])
    return {"reviews": rows} if rows else None


def newest(request, **subject) -> dict:
    may_apply = request.user.is_authenticated and request.user.has_perm("pilots.apply_for_review")
    return {"reviews": list(selectors.published(request.user)[:SHOWN]), "may_apply": may_apply}


def case_kinds() -> list[CaseKind]:
    return [
        CaseKind(
            code="pilots.review",
            name=_("Application for a peer review"),
            verb="pilots.review_applied",
            handler=services.handler,
            organisation=lambda review: review.host_id,
            days=21,
            title=lambda review: gettext("Peer review: %(title)s") % {"title": review.title},
            facts=application,
            needs=("host", "region", "topic"),
            withdraw=services.take_back,
            answers=(
                CaseAnswer(
                    code="eligible",
                    name=_("It is eligible: find peers"),
                    outcome=_("Eligible"),
                    perform=services.accept,
                    right="pilots.decide_review",
                ),
                CaseAnswer(
                    code="refuse",
                    name=_("It is not eligible"),
                    outcome=_("Not eligible"),
                    perform=services.refuse,
                    right="pilots.decide_review",
                    tone="secondary",
                ),
            ),
        ),
        CaseKind(
            code="pilots.peer",
            name=_("Invitation to be a peer"),
            verb="pilots.peer_invited",
            handler=lambda peer: f"person:{peer.person_id}",
            days=14,
            title=lambda peer: gettext("Be a peer: %(title)s") % {"title": peer.review.title},
            facts=invitation,
            needs=("review", "review__host", "review__region", "review__topic"),
            withdraw=services.take_back_invitation,
            answers=(
                CaseAnswer(code="join", name=_("I take part"), outcome=_("Takes part"), perform=services.join),
                CaseAnswer(
                    code="decline",
                    name=_("I cannot take part"),
                    outcome=_("Does not take part"),
                    perform=services.decline,
                    tone="secondary",
                ),
            ),
        ),
    ]


about = teller(facts)
reviews = [
    *permissions.RIGHTS,
    *case_kinds(),
    Demonstration(order=85, load=demonstration.load),
    Thing(
        label=selectors.LABEL,
        name=_("Peer review"),
        title=lambda review: review.title,
        address=lambda review: review.get_absolute_url(),
        visible=selectors.reviews,
        public=True,
        route="pilots:review",
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Peer reviews"),
        document=search_document,
        every=lambda: PeerReview.objects.filter(state="published").values_list("pk", flat=True),
        order=43,
        list_route="pilots:reviews",
    ),
    IndicatorRule(
        code="pilots.reviews_published",
        name=_("Peer reviews held and published"),
        once_per=_("peer review"),
        event=_("the report of a peer review is published"),
        confirmed_by=_("the leader of the working group, or the lead partner"),
        counted=selectors.counted,
        verbs=frozenset({"pilots.review_published"}),
    ),
    TrailKind(
        code=selectors.ABOUT,
        name=_("is a peer review of"),
        inverse=_("was looked at in the peer review"),
        sources=(selectors.LABEL,),
        targets=selectors.SUBJECTS,
        right="pilots.write_review",
        order=73,
    ),
    *(
        Thing(
            label=label,
            name=name,
            title=lambda piece: piece.text,
            address=lambda piece: piece.review.get_absolute_url(),
            visible=partial(selectors.pieces, model),
        )
        for label, (name, model) in PIECES.items()
    ),
    of_fields(selectors.LABEL, selectors.reviews, order=63),
    *(of_fields(label, partial(selectors.pieces, model), order=64) for label, (_name, model) in PIECES.items()),
    *(EventKind(verb=verb, name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.review_planned",
        name=_("A peer review you take part in has its days and its agenda"),
        verb="pilots.review_planned",
        recipients=everybody,
        content=about(
            _("Planned: %(title)s"), _("The peer review “%(title)s” begins on %(day)s. Read the agenda there.")
        ),
    ),
    NoticeKind(
        code="pilots.review_called_off",
        name=_("A peer review you take part in is called off"),
        verb="pilots.review_called_off",
        recipients=called_together,
        content=about(_("Called off: %(title)s"), _("The peer review “%(title)s” does not take place. %(reason)s")),
    ),
    NoticeKind(
        code="pilots.review_published",
        name=_("The report of a peer review you take part in is published"),
        verb="pilots.review_published",
        recipients=everybody,
        content=about(_("Published: %(title)s"), _("Everybody can read the report of the peer review “%(title)s”.")),
    ),
    NoticeKind(
        code="pilots.follow_up_due",
        name=_("Tell what became of the recommendations of a peer review"),
        verb="pilots.follow_up_due",
        recipients=owners,
        content=about(
            _("What became of it? %(title)s"),
            _(
                "Some months ago the report of “%(title)s” was published. "
                "Please say how far each recommendation is, and what became of the whole."
            ),
        ),
    ),
    Reaction(
        code="pilots.write_review_report",
        handle=results.write_report,
        verbs=frozenset({"pilots.review_published"}),
    ),
    JobKind(
        code=results.JOB,
        name=_("Writing the report of a peer review"),
        perform="pilots.services.review_results.make_report",
    ),
    Sweep(code="pilots.remind_of_reviews", perform=results.remind, minutes=60),
    MenuEntry(
        place="desk", name=_("Peer reviews"), route="pilots:reviews_desk", order=63, right="pilots.apply_for_review"
    ),
    Panel(place="pilots.index", order=58, template="pilots/panel_reviews.html", context=newest),
    Panel(place="region.main", order=49, template="pilots/panel_reviews.html", context=of_place),
    Panel(place="country.main", order=49, template="pilots/panel_reviews.html", context=of_place),
    PersonalData(
        label=selectors.LABEL,
        fields=("title", "background", "summary", "reason", "applied_by"),
        holder="applied_by",
        purpose=_("To know who applied for a peer review"),
        erasure="unlink",
    ),
    PersonalData(
        label="pilots.peer",
        fields=("person", "why", "reason"),
        holder="person",
        purpose=_("To know who was asked to be a peer, and who was one"),
        erasure="unlink",
        clear=("reason",),
    ),
]
