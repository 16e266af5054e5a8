from django.utils.translation import gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers, others, wishing
from platform_core.ground.registry.kinds import NoticeKind
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.sight import people_with

from ..models import Record


def following(event) -> list[int]:
    """Of what is published; without whoever did it."""
    found = Record.objects.filter(pk=event.thing_id, state=Record.State.PUBLISHED).first()
    return others(event, followers(found)) if found else []


def following_what_is_gone(event) -> list[int]:
    """Those to whom the page of what was withdrawn tells the reason."""
    found = Record.objects.filter(pk=event.thing_id, state=Record.State.WITHDRAWN).first()
    people = wishing(found) if found else []
    if found and found.for_members:
        members = people_with({MEMBERS}, platform_day())
        people = [pk for pk in people if pk in members]
    return others(event, people)


def facts(event) -> tuple[dict, str]:
    record = Record.objects.get(pk=event.thing_id)
    return {"title": record.title, "reason": record.why_withdrawn}, record.get_absolute_url()


about = teller(facts)
FOLLOWING = [
    NoticeKind(
        code="repository.followed_changed",
        name=_("A record you follow was revised"),
        verb="repository.changed",
        recipients=following,
        content=about(_("Revised: %(title)s"), _("“%(title)s” has a new version. Its page tells what has changed.")),
    ),
    NoticeKind(
        code="repository.followed_adopted",
        name=_("A record you follow was taken over"),
        verb="repository.adopted",
        recipients=lambda event: following(event) if event.payload["new"] else [],
        content=about(
            _("Taken over: %(title)s"), _("Somebody has taken over “%(title)s” and tells how it was adapted.")
        ),
    ),
    NoticeKind(
        code="repository.followed_withdrawn",
        name=_("A record you follow was withdrawn"),
        verb="repository.withdrawn",
        recipients=following_what_is_gone,
        content=about(_("Withdrawn: %(title)s"), _("“%(title)s” was withdrawn: %(reason)s")),
    ),
]
