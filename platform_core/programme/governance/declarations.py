from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.messaging.selectors.following import followers, others
from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    CalendarSource,
    CaseAnswer,
    CaseKind,
    Demonstration,
    EventKind,
    KeptAsItWas,
    MenuEntry,
    NoticeKind,
    PersonalData,
    Reference,
    RoleKind,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.ui.moments import moment_words
from platform_core.identity.access.selectors import may_see
from platform_core.identity.accounts.models import User

from . import dates, demonstration, seats, selectors, services
from .models import Decision
from .permissions import RIGHTS


def decision_of(event) -> Decision | None:
    found = find_thing("governance.decision", event.thing_id) if event.thing == "governance.decision" else None
    return found if isinstance(found, Decision) else None


def voting(event) -> list[int]:
    decision = decision_of(event)
    return selectors.delegates(decision) if decision else []


def missing(event) -> list[int]:
    decision = decision_of(event)
    return selectors.delegates(decision, only_missing=True) if decision else []


def following(event) -> list[int]:
    """Those who follow the decision and do not vote themselves, without whoever did it."""
    decision = decision_of(event)
    if decision is None:
        return []
    return others(event, {*followers(decision)} - {*voting(event)})


def talking(event) -> list[int]:
    """Whoever took part in the discussion before, and who proposed."""
    decision = decision_of(event)
    if decision is None:
        return []
    rows = Comment.objects.filter(thing=event.thing, object_id=decision.pk).exclude(pk=event.payload["comment"])
    last = Comment.objects.filter(pk=event.payload["comment"]).values_list("author", flat=True).first()
    people = {pk for pk in (*rows.values_list("author", flat=True), decision.proposed_by_id) if pk and pk != last}
    return [person.pk for person in User.objects.filter(pk__in=people).order_by("pk") if may_see(person, decision)]


def facts_of_decision(event) -> tuple[dict, str]:
    decision = decision_of(event)
    closes = moment_words(decision.closes_at, decision.body.time_zone) if decision.closes_at else ""
    words = {"title": decision.title, "body": decision.body, "closes": closes, "number": decision.number}
    return words, decision.get_absolute_url()


told = teller(facts_of_decision)
FOLLOWED = (
    ("opened", _("The vote on something you follow is open"), _("%(body)s votes on “%(title)s” until %(closes)s.")),
    (
        "decided",
        _("Something you follow was decided"),
        _("%(body)s: the vote on “%(title)s” has ended; see the result."),
    ),
)


def search_document(pk: int) -> SearchDocument | None:
    decision = Decision.objects.filter(pk=pk, state=Decision.State.DECIDED).select_related("body").first()
    if decision is None:
        return None
    return SearchDocument(
        title=decision.title,
        summary=decision.text,
        body={"en": decision.number},
        route="governance:decision",
        key=str(decision.pk),
        day=decision.closed_at.date(),
    )


OPINION = CaseKind(
    code="governance.opinion",
    name=_("Opinion of the scientific committee"),
    verb="governance.opinion_asked",
    handler=lambda opinion: "role:stc_member",
    days=15,
    title=lambda opinion: gettext("Opinion: %(title)s") % {"title": opinion.title},
    facts=lambda opinion: [
        (_("Question"), opinion.question),
        (_("Where the text is found"), opinion.address or "–"),
        (_("Opinion"), opinion.get_verdict_display() or "–"),
    ],
    answers=(
        CaseAnswer(
            code="give",
            name=_("Give the opinion"),
            outcome=_("The committee has given its opinion"),
            perform=services.give_opinion,
            form="platform_core.programme.governance.forms.OpinionForm",
            right="governance.give_opinion",
        ),
    ),
)

declarations = [
    *(KeptAsItWas(label=f"governance.{name}") for name in ("vote", "participation", "proxy")),
    *RIGHTS,
    CalendarSource(code="governance.ballots", name=_("Votes that close"), entries=dates.ballots),
    OPINION,
    Reference(order=70, load=services.load_reference),
    RoleKind(code="sc_member", check=seats.check_seat, order=20),
    RoleKind(code="stc_member", order=30),
    Sweep(code="governance.close", perform=services.close_due),
    Sweep(code="governance.remind", perform=services.remind, minutes=15),
    Thing(
        label="governance.decision",
        invitable=True,
        name=_("Decision"),
        title=lambda decision: decision.title,
        address=lambda decision: decision.get_absolute_url(),
        visible=selectors.decisions,
        route="governance:decision",
    ),
    Searchable(
        label="governance.decision",
        name=_("Decisions"),
        document=search_document,
        every=lambda: Decision.objects.filter(state=Decision.State.DECIDED).values_list("pk", flat=True),
        order=45,
    ),
    EventKind(verb="governance.proposed", name=_("A decision was proposed")),
    EventKind(verb="governance.changed", name=_("A proposed decision was changed")),
    EventKind(verb="governance.discussed", name=_("The discussion of a decision was opened")),
    EventKind(verb="governance.withdrawn", name=_("A proposed decision was withdrawn")),
    EventKind(verb="governance.opened", name=_("The vote on a decision was opened")),
    EventKind(verb="governance.extended", name=_("A vote was extended")),
    EventKind(verb="governance.proxy_named", name=_("A proxy was named for a vote")),
    EventKind(verb="governance.voted", name=_("An organisation voted")),
    EventKind(verb="governance.ending", name=_("A vote ends soon")),
    EventKind(verb="governance.decided", name=_("A decision was taken or failed")),
    EventKind(verb="governance.recorded", name=_("A decision taken at a meeting was recorded")),
    EventKind(verb="governance.opinion_asked", name=_("The scientific committee was asked for an opinion")),
    NoticeKind(
        code="governance.opened",
        name=_("A vote is open"),
        verb="governance.opened",
        recipients=voting,
        content=told(_("Please vote: %(title)s"), _("%(body)s: the vote on “%(title)s” is open until %(closes)s.")),
    ),
    NoticeKind(
        code="governance.extended",
        name=_("A vote was extended"),
        verb="governance.extended",
        recipients=voting,
        content=told(_("More time: %(title)s"), _("%(body)s: the vote on “%(title)s” now ends on %(closes)s.")),
    ),
    NoticeKind(
        code="governance.ending",
        name=_("Your vote is missing"),
        verb="governance.ending",
        recipients=missing,
        content=told(_("Your vote is missing: %(title)s"), _("%(body)s: the vote on “%(title)s” ends on %(closes)s.")),
    ),
    NoticeKind(
        code="governance.decided",
        name=_("A vote has ended"),
        verb="governance.decided",
        recipients=voting,
        content=told(
            _("Decided: %(number)s %(title)s"), _("%(body)s: the vote on “%(title)s” has ended; see the result.")
        ),
    ),
    *(
        NoticeKind(
            code=f"governance.followed_{verb}",
            name=name,
            verb=f"governance.{verb}",
            recipients=following,
            content=told(_("News: %(title)s"), text),
            pace="daily",
            order=60,
        )
        for verb, name, text in FOLLOWED
    ),
    NoticeKind(
        code="governance.said",
        name=_("Somebody wrote about a decision"),
        verb="discussions.said",
        recipients=talking,
        content=told(_("New contribution: %(title)s"), _("Somebody wrote about “%(title)s”. Read and reply there.")),
        mail=False,
    ),
    MenuEntry(place="footer", name=_("Decisions"), route="governance:register", order=30),
    MenuEntry(
        place="desk", name=_("Decisions and votes"), route="governance:running", order=20, right="governance.discuss"
    ),
    PersonalData(
        label="governance.decision",
        fields=("proposed_by",),
        holder="proposed_by",
        purpose=_("To say who proposed what"),
        erasure="anonymise",
    ),
    PersonalData(
        label="governance.vote",
        fields=("cast_by", "comment"),
        holder="cast_by",
        purpose=_("To prove how an organisation voted and through whom"),
        erasure="anonymise",
    ),
    PersonalData(
        label="governance.proxy",
        fields=("person",),
        holder="person",
        purpose=_("To know who votes for an organisation"),
        erasure="delete",
    ),
    PersonalData(
        label="governance.opinion",
        fields=("asked_by",),
        holder="asked_by",
        purpose=_("To answer who asked for an opinion"),
        erasure="anonymise",
    ),
    Demonstration(order=40, load=demonstration.load),
]
