from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import CaseAnswer, CaseKind, EventKind, JobKind, Sweep, Thing

from ..models import ImportSource
from ..services import imports as services
from .events import moderators


def facts(source: ImportSource) -> list[tuple]:
    waiting = source.entries.filter(state="waiting", gone_at=None).order_by("starts")
    rows = [(entry.starts.date() if entry.starts else _("without a date"), entry.title) for entry in waiting[:20]]
    return [(_("Calendar"), source.name), (_("Entries that wait"), waiting.count()), *rows]


def visible_sources(user):
    rows = ImportSource.objects.all()
    return rows if user.has_perm("events.import_calendars") else rows.none()


IMPORTS = [
    Thing(
        label="events.importsource",
        name=_("Calendar of others"),
        title=lambda source: source.name,
        address=lambda source: source.get_absolute_url(),
        visible=visible_sources,
    ),
    CaseKind(
        code="events.import",
        name=_("New entries in a calendar of others"),
        verb="events.entries_found",
        handler=moderators,
        days=14,
        title=lambda source: source.name,
        facts=facts,
        withdraw=services.leave,
        answers=(
            CaseAnswer(
                code="take",
                name=_("Take all that wait"),
                outcome=_("Taken into the calendar"),
                perform=services.take_all,
                right="events.moderate",
            ),
            CaseAnswer(
                code="decided",
                name=_("I have chosen on the page of the calendar"),
                outcome=_("Decided one by one"),
                perform=services.leave,
                right="events.moderate",
                tone="secondary",
            ),
            CaseAnswer(
                code="decline",
                name=_("Take none of them"),
                outcome=_("None was taken"),
                perform=services.decline_all,
                right="events.moderate",
                tone="danger",
            ),
        ),
    ),
    JobKind(
        code="events.read_source",
        name=_("Reading a calendar of others"),
        perform="platform_core.programme.events.services.imports.read_address",
    ),
    Sweep(code="events.read_sources", perform=services.read_due, minutes=60),
    EventKind(verb="events.source_kept", name=_("A calendar of others was described")),
    EventKind(verb="events.source_read", name=_("A calendar of others was read")),
    EventKind(verb="events.entries_found", name=_("A calendar of others has new entries")),
    EventKind(verb="events.entries_decided", name=_("Entries of a calendar of others were decided on")),
]
