from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import find_thing, thing_kind
from platform_core.ground.registry.kinds import EventKind, MenuEntry, NoticeKind, PersonalData, Retention, Sweep
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.texts.notices import teller
from platform_core.ground.ui.languages import native_name

from . import selectors, services
from .permissions import RIGHTS
from .texts import translatable


def translators_told(event) -> list[int]:
    """Who translated into the languages concerned, and may still; whoever changed the source knows."""
    thing, kind = find_thing(event.thing, event.thing_id), translatable(event.thing)
    if thing is None or kind is None:
        return []
    people = selectors.translators_of(thing, event.payload["languages"])
    return selectors.still_translating(kind, thing, people, besides=event.actor)


def facts(event) -> tuple[dict, str]:
    thing, known = find_thing(event.thing, event.thing_id), thing_kind(event.thing)
    names = ", ".join(native_name(interface_code(code)) for code in event.payload["languages"])
    told = {"title": known.title(thing) if known and thing else "–", "languages": names}
    return told, selectors.address_of(event.thing, event.thing_id)


of_thing = teller(facts)
declarations = [
    *RIGHTS,
    EventKind(verb="languages.kept", name=_("Translations were kept")),
    EventKind(verb="languages.source_changed", name=_("A text changed from which translations were made")),
    EventKind(verb="languages.taken_on", name=_("Somebody took on a translation")),
    EventKind(verb="languages.given_back", name=_("Somebody gave a translation back")),
    EventKind(verb="languages.brought", name=_("A file of translations was brought")),
    NoticeKind(
        code="languages.source_changed",
        name=_("The source of your translation has changed"),
        verb="languages.source_changed",
        recipients=translators_told,
        content=of_thing(
            _("To be translated again: %(title)s"),
            _("“%(title)s” has changed. Translations into these languages are out of date: %(languages)s."),
        ),
        pace="daily",
    ),
    Sweep(code="languages.count", perform=services.count_uncounted, minutes=5),
    Retention(
        code="translations_brought",
        name=_("Files of translations that were brought"),
        days=30,
        purge=services.drop_brought,
    ),
    MenuEntry(place="desk", name=_("Translations"), route="languages:overview", order=50, right="languages.view_desk"),
    PersonalData(
        label="languages.translationstate",
        fields=("translator", "reviewer", "draft"),
        holder="translator",
        purpose=_("To know who translated a text and to tell her when its source changes"),
        erasure="unlink",
    ),
    PersonalData(
        label="languages.translationstate",
        fields=("translator", "reviewer"),
        holder="reviewer",
        purpose=_("To know who found a translation good"),
        erasure="unlink",
    ),
    PersonalData(
        label="languages.assignment",
        fields=("person",),
        holder="person",
        purpose=_("To know who translates what"),
        erasure="delete",
    ),
    PersonalData(
        label="languages.broughtfile",
        fields=("person", "name", "entries"),
        holder="person",
        purpose=_("To show what a file of translations would change before it is kept"),
        erasure="delete",
    ),
]
