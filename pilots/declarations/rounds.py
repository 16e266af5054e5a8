from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.discussions.models import Comment
from platform_core.ground.registry.kinds import (
    CalendarEntry,
    CalendarSource,
    Demonstration,
    EventKind,
    NoticeKind,
    Panel,
    PersonalData,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.sight import people_of

from ..demonstration import rounds as demonstration
from ..models import ReflectiveRound
from ..permissions import rounds as permissions
from ..selectors import rounds as selectors
from .days import moment, span, whole_days

SHOWN = 5


def of_event(event) -> ReflectiveRound | None:
    rows = ReflectiveRound.objects.select_related("round", "version__mechanism__published")
    return rows.filter(pk=event.thing_id).first()


def asked(event) -> set[int]:
    """Members, but who asks."""
    found = of_event(event)
    return people_of(MEMBERS, platform_day()) - {found.round.opened_by_id} if found else set()


def answered(event) -> set[int]:
    found = Comment.objects.filter(pk=event.payload["comment"], author__isnull=False).first()
    return {found.author_id} if found else set()


def spoken(event) -> set[int]:
    found = of_event(event)
    return selectors.speakers(found) if found else set()


def group_of(event) -> set[int]:
    found = of_event(event)
    return people_of(found.scope, platform_day()) if found else set()


def facts(event) -> tuple[dict, str]:
    found = of_event(event)
    told = {"title": found.version.headline, "day": found.round.closes_on}
    return told, found.get_absolute_url()


def of_the_mechanism(request, mechanism, **subject) -> dict | None:
    told = selectors.outcomes(request.user, mechanism)
    may_ask = (
        request.user.is_authenticated
        and request.user.has_perm("pilots.open_round", mechanism)
        and selectors.askable(mechanism) is not None
        and not selectors.has_open(mechanism)
    )
    return {"outcomes": told, "may_ask": may_ask} if told or may_ask else None


def of_the_app(request, **subject) -> dict | None:
    """Rounds in which the reader can comment now."""
    if not request.user.is_authenticated:
        return None
    rows = list(selectors.open_ones(request.user)[: SHOWN + 1])
    return {"rounds": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


def closing(user, begin: datetime, end: datetime) -> Iterator[CalendarEntry]:
    """The last day of each open round, for those who may comment in it."""
    if not user.is_authenticated:
        return
    for row in selectors.open_ones(user).filter(**span("round__closes_on", begin, end)):
        yield entry(row)


def entry(found: ReflectiveRound) -> CalendarEntry:
    return whole_days(
        f"reflective-round-{found.pk}",
        gettext("Comments until: %(title)s") % {"title": found.version.headline},
        found.round.closes_on,
        found,
        topics=[found.version.mechanism.group_id],
        changed_at=moment(found.round.opened_on),
    )


about = teller(facts)
rounds = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Reflective round"),
        title=lambda found: found.version.headline,
        address=lambda found: found.get_absolute_url(),
        visible=selectors.rounds,
        invitable=True,
        invite_right="pilots.open_round",
        route="pilots:round",
    ),
    CalendarSource(code="pilots.rounds", name=_("Reflective rounds that close"), entries=closing),
    EventKind(verb="pilots.round_opened", name=_("Partners were asked for comments on a learning mechanism")),
    EventKind(verb="pilots.round_commented", name=_("Somebody commented in a reflective round")),
    EventKind(verb="pilots.comment_answered", name=_("A comment of a reflective round was answered")),
    EventKind(verb="pilots.round_closed", name=_("A reflective round was closed")),
    NoticeKind(
        code="pilots.round_opened",
        name=_("Your comments on a learning mechanism are asked for"),
        verb="pilots.round_opened",
        recipients=asked,
        content=about(
            _("Comments asked for: %(title)s"),
            _("Until %(day)s you can comment on “%(title)s”. Each comment gets an answer with reasons."),
        ),
        pace="daily",
    ),
    NoticeKind(
        code="pilots.round_commented",
        name=_("There are comments in a reflective round of your group"),
        verb="pilots.round_commented",
        recipients=group_of,
        content=about(_("Comments: %(title)s"), _("Somebody has commented on “%(title)s”. Answer each comment there.")),
        pace="daily",
    ),
    NoticeKind(
        code="pilots.comment_answered",
        name=_("Your comment in a reflective round is answered"),
        verb="pilots.comment_answered",
        recipients=answered,
        content=about(_("Answered: %(title)s"), _("Your comment on “%(title)s” has an answer with reasons.")),
        pace="daily",
    ),
    NoticeKind(
        code="pilots.round_closed",
        name=_("A reflective round you commented in is closed"),
        verb="pilots.round_closed",
        recipients=spoken,
        content=about(
            _("Closed: %(title)s"), _("The round on “%(title)s” is closed. Read there what has changed because of it.")
        ),
        pace="daily",
    ),
    Demonstration(order=67, load=demonstration.load),
    Panel(place="pilots.mechanism", order=20, template="pilots/panel_rounds.html", context=of_the_mechanism),
    Panel(place="pilots.index", order=15, template="pilots/panel_open_rounds.html", context=of_the_app),
    PersonalData(
        label="pilots.commentanswer",
        fields=("answered_by", "reasons"),
        holder="answered_by",
        purpose=_("To know who answered a comment, and with which reasons"),
        erasure="unlink",
    ),
]
