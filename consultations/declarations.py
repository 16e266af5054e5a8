from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    JobKind,
    MenuEntry,
    Panel,
    PersonalData,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
)
from platform_core.ground.ui.panels import once

from . import demonstration, selectors, services
from .models import Consultation
from .permissions import RIGHTS


def search_document(pk: int) -> SearchDocument | None:
    found = Consultation.objects.filter(pk=pk).exclude(state=Consultation.State.DRAFT).first()
    if found is None:
        return None
    return SearchDocument(
        title=found.title,
        summary=found.summary,
        body={},
        route="consultations:consultation",
        key=found.code,
        day=found.opens_at.date(),
        facets={"topic": [str(found.topic_id)]},
    )


def open_now(request, topic=None, **subject) -> dict:
    return {"consultations": selectors.open_ones(request.user, topic.number if topic else None)[:4], "topic": topic}


def count_open(request, topic, **subject) -> dict:
    counts = once(request, "consultations.open", lambda: selectors.open_counts(request.user))
    return {"count": counts.get(topic.number, 0)}


declarations = [
    *RIGHTS,
    Thing(
        label=selectors.LABEL,
        invitable=True,
        name=_("Consultation"),
        title=lambda consultation: consultation.title,
        address=lambda consultation: consultation.get_absolute_url(),
        visible=selectors.consultations,
        public=True,
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Consultations"),
        document=search_document,
        every=lambda: Consultation.objects.exclude(state=Consultation.State.DRAFT).values_list("pk", flat=True),
        order=20,
    ),
    EventKind(verb="consultations.drawn_up", name=_("A consultation was drawn up")),
    EventKind(verb="consultations.opened", name=_("A consultation was opened")),
    EventKind(verb="consultations.closed", name=_("A consultation was closed")),
    EventKind(verb="consultations.statistics_asked", name=_("Results were asked for")),
    EventKind(verb="consultations.computed", name=_("Results were computed")),
    EventKind(verb="consultations.published", name=_("Results were published")),
    JobKind(code="consultations.statistics", name=_("Computing results"), perform="consultations.results.compute"),
    Sweep(code="consultations.close_due", perform=services.close_due),
    Sweep(code="consultations.mix_participations", perform=services.mix_participations, minutes=60),
    Sweep(code="consultations.drop_old_drafts", perform=services.drop_old_drafts, minutes=60 * 24),
    MenuEntry(place="public", name=_("Consultations"), route="consultations:listing", order=30),
    MenuEntry(
        place="desk", name=_("Consultations"), route="consultations:desk", order=30, right="consultations.view_desk"
    ),
    Panel(place="home.aside", order=10, template="consultations/panel_open.html", context=open_now),
    Panel(place="topic.aside", order=10, template="consultations/panel_open.html", context=open_now),
    Panel(place="place.aside", order=10, template="consultations/panel_open.html", context=open_now),
    Panel(place="topics.row", order=20, template="consultations/panel_count.html", context=count_open),
    PersonalData(
        label="consultations.response",
        fields=("person", "answers"),
        holder="person",
        purpose=_("To count what those who answered think; with a name only in consultations that say so"),
        erasure="unlink",
    ),
    PersonalData(
        label="consultations.answerdraft",
        fields=("answers",),
        holder="",
        purpose=_("To let people answer in several sittings; deleted when sent or 30 days after closing"),
        erasure="delete",
    ),
    PersonalData(
        label="consultations.participation",
        fields=("person",),
        holder="person",
        purpose=_("To know who took part, apart from what was answered"),
        erasure="delete",
    ),
    Demonstration(order=40, load=demonstration.load),
]
