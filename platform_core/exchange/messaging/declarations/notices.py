from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, MenuEntry, Panel, PersonalData, Reaction, Retention, Sweep

from .. import selectors, services
from ..permissions import RIGHTS

SHOWN = 8


def unread(request, **subject) -> dict:
    """What a person has not read yet, the newest first."""
    found = selectors.notices_for(request.user).filter(read_at=None)
    return {"rows": list(found[:SHOWN]), "more_unread": max(0, found.count() - SHOWN)}


def given_up(request, **subject) -> dict | None:
    """Mails that were given up, for who can do something about it."""
    number = selectors.given_up_count() if request.user.has_perm("messaging.send_again") else 0
    return {"number": number} if number else None


NOTICES = [
    *RIGHTS,
    Reaction(code="messaging.notices", handle=services.raise_notices),
    Sweep(code="messaging.send", perform=services.send_waiting),
    Sweep(code="messaging.digests", perform=services.send_digests, minutes=5),
    EventKind(verb="messaging.wishes_changed", name=_("A person chose how she is told")),
    EventKind(verb="messaging.sent_again", name=_("A mail that had failed is sent again")),
    Panel(place="mine.main", order=5, template="messaging/panel_given_up.html", context=given_up),
    Panel(place="mine.main", order=30, template="messaging/panel_mine.html", context=unread),
    MenuEntry(place="person", name=_("Notices"), route="messaging:notices", order=10),
    MenuEntry(place="person", name=_("How I am told"), route="messaging:wishes", order=22),
    MenuEntry(place="desk", name=_("Mails"), route="messaging:outbox", order=90, right="messaging.read_outbox"),
    Retention(code="mails", name=_("Mails that were sent"), days=90, purge=services.purge_mails),
    Retention(code="notices", name=_("Notices"), days=365, purge=services.purge_notices),
    PersonalData(
        label="messaging.following",
        fields=("person", "thing", "object_id", "is_followed", "is_muted"),
        holder="person",
        purpose=_("To tell you of what you follow, and nothing of what you have muted"),
        erasure="delete",
    ),
    PersonalData(
        label="messaging.wish",
        fields=("person", "scope", "pace", "on_site"),
        holder="person",
        purpose=_("To tell you as you want to be told"),
        erasure="delete",
    ),
    PersonalData(
        label="messaging.rhythm",
        fields=("person", "hour", "weekday", "is_stopped"),
        holder="person",
        purpose=_("To send digests when you want them"),
        erasure="delete",
    ),
    PersonalData(
        label="messaging.notice",
        fields=("recipient", "subject", "text", "thread_title"),
        holder="recipient",
        purpose=_("To tell people what concerns them"),
        erasure="delete",
    ),
    PersonalData(
        label="messaging.outboxmail",
        fields=("recipient", "subject", "text", "html", "calendar"),
        holder="recipient",
        since="created_at",
        purpose=_("To send mails once and to know that they went"),
        erasure="delete",
    ),
]
