from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _, ngettext

from platform_core.ground.registry.kinds import (
    EventKind,
    JobKind,
    MenuEntry,
    NoticeContent,
    NoticeKind,
    PersonalData,
    Reaction,
    Sweep,
)
from platform_core.materials.jobs.services import start

from . import saved, selectors, services
from .models import SavedSearch


def owner(event) -> list[int]:
    """Whoever keeps the search, while anything of what was found is still hers to see."""
    kept = SavedSearch.objects.filter(pk=event.thing_id).select_related("person").first()
    return [kept.person_id] if kept and saved.news_among(kept, event.payload["entries"]) else []


def told_of_news(event) -> NoticeContent:
    """Titles of what was found, as far as it is still there."""
    kept = SavedSearch.objects.get(pk=event.thing_id)
    found = saved.news_among(kept, event.payload["entries"])
    words = {"number": len(found), "name": Truncator(kept.name).chars(80)}
    lines = [f"– {entry.title} ({selectors.kind_name(entry.thing)})" for entry in found]
    return NoticeContent(
        subject=ngettext("%(number)s new result for “%(name)s”", "%(number)s new results for “%(name)s”", len(found))
        % words,
        text="\n".join(lines),
        address=kept.get_absolute_url(),
    )


REBUILD = "search.rebuild"
declarations = [
    Reaction(code="search.index", handle=services.index_event),
    Reaction(code="search.merged", handle=lambda event: start(REBUILD), verbs=frozenset({"members.merged"})),
    JobKind(
        code=REBUILD,
        name=_("Reading everything that can be found again"),
        perform="platform_core.programme.search.services.rebuild_all",
    ),
    EventKind(verb="search.found", name=_("Something new answers a search somebody kept")),
    NoticeKind(
        code="search.found",
        name=_("Something new answers a search you kept"),
        verb="search.found",
        recipients=owner,
        content=told_of_news,
    ),
    Sweep(code="search.tell_of_news", perform=saved.tell_of_news, minutes=15),
    MenuEntry(place="person", name=_("My searches"), route="search:saved", order=40),
    PersonalData(
        label="search.savedsearch",
        fields=("name", "query"),
        holder="person",
        purpose=_("To run searches again and to tell what is new"),
        erasure="delete",
    ),
]
