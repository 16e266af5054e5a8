from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    CalendarSource,
    Demonstration,
    EventKind,
    JobKind,
    MenuEntry,
    Panel,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
    Translatable,
)
from platform_core.ground.ui.panels import once

from .. import dates, demonstration, selectors, services, translations
from ..models import Consultation
from ..permissions import RIGHTS

SHOWN = 4
UNPUBLISHED = (Consultation.State.DRAFT, Consultation.State.REVIEW, Consultation.State.APPROVED)


def search_document(pk: int) -> SearchDocument | None:
    found = Consultation.objects.filter(pk=pk).exclude(state__in=UNPUBLISHED).first()
    if found is None:
        return None
    regions = found.regions.all()
    return SearchDocument(
        title=found.title,
        summary=found.summary,
        body={},
        route="consultations:consultation",
        key=found.code,
        day=found.opens_at.date(),
        facets={
            "topic": [str(found.topic_id)],
            "country": sorted({country.pk for country in found.countries.all()} | {one.country_id for one in regions}),
            "region": [region.code for region in regions],
        },
    )


def open_now(request, topic=None, **subject) -> dict:
    return {"consultations": selectors.open_ones(request.user, topic.number if topic else None)[:SHOWN]}


def open_here(request, region=None, country=None, **subject) -> dict:
    """On the page of a region or a country: those that ask there, the ones that name it first."""
    land, code = (region.country_id, region.code) if region else (country.pk, "")
    rows = selectors.open_in(request.user, country=land, region=code)
    return {"consultations": rows[:SHOWN], "is_place": True}


def in_preparation(request, topic, **subject) -> dict:
    """Consultations of a group that are not published yet, for those who work on them."""
    rows = selectors.consultations(request.user).filter(topic=topic, state__in=UNPUBLISHED).order_by("-opens_at", "pk")
    shown = [row for row in rows[:20] if request.user.has_perm("consultations.read_draft", row)]
    may_begin = request.user.has_perm("consultations.draw_up", topic.group)
    return {"consultations": shown, "topic": topic, "may_begin": may_begin} if shown or may_begin else None


def count_open(request, topic, **subject) -> dict:
    counts = once(request, "consultations.open", lambda: selectors.open_counts(request.user))
    return {"count": counts.get(topic.number, 0)}


consultations = [
    *RIGHTS,
    CalendarSource(code="consultations.closing", name=_("Consultations that close"), entries=dates.closing),
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
        every=lambda: Consultation.objects.exclude(state__in=UNPUBLISHED).values_list("pk", flat=True),
        order=20,
    ),
    Translatable(
        label=selectors.LABEL,
        texts=translations.texts,
        keep=translations.keep,
        things=translations.things,
        right="consultations.translate",
        review="consultations.review_translation",
        order=10,
    ),
    EventKind(verb="consultations.drawn_up", name=_("A consultation was drawn up")),
    EventKind(verb="consultations.opened", name=_("A consultation was opened")),
    EventKind(verb="consultations.closed", name=_("A consultation was closed")),
    EventKind(verb="consultations.statistics_asked", name=_("Results were asked for")),
    EventKind(verb="consultations.computed", name=_("Results were computed")),
    EventKind(verb="consultations.report_asked", name=_("A report of results was asked for")),
    EventKind(verb="consultations.report_made", name=_("A report of results was made")),
    EventKind(verb="consultations.left_out", name=_("It was chosen which questions are not published")),
    EventKind(verb="consultations.published", name=_("Results were published")),
    JobKind(code="consultations.statistics", name=_("Computing results"), perform="consultations.results.compute"),
    JobKind(code="consultations.report", name=_("Writing the report of results"), perform="consultations.reports.make"),
    Sweep(code="consultations.close_due", perform=services.close_due),
    Sweep(code="consultations.mix_participations", perform=services.mix_participations, minutes=60),
    Sweep(code="consultations.drop_old_drafts", perform=services.drop_old_drafts, minutes=60 * 24),
    MenuEntry(place="public", name=_("Consultations"), route="consultations:listing", order=30),
    MenuEntry(
        place="desk", name=_("Consultations"), route="consultations:desk", order=30, right="consultations.view_desk"
    ),
    Panel(place="home.aside", order=10, template="consultations/panel_open.html", context=open_now),
    Panel(place="topic.aside", order=10, template="consultations/panel_open.html", context=open_now),
    Panel(place="place.aside", order=10, template="consultations/panel_open.html", context=open_here),
    Panel(place="group.main", order=30, template="consultations/panel_group.html", context=in_preparation),
    Panel(place="topics.row", order=20, template="consultations/panel_count.html", context=count_open),
    Demonstration(order=40, load=demonstration.load),
]
