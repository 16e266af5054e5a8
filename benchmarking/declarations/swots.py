from django.utils.translation import gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers
from platform_core.ground.registry.kinds import (
    EventKind,
    KeptSteps,
    MenuEntry,
    NoticeKind,
    Panel,
    PersonalData,
    Searchable,
    SearchDocument,
    Thing,
    TrailKind,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of
from platform_core.materials.languages.fields import of_fields

from ..models import Swot, SwotEntry
from ..permissions import swots as permissions
from ..selectors import swots as selectors
from ..selectors.policies import area_label


def title(swot: Swot) -> str:
    return f"SWOT: {area_label(swot.area)}, {swot.period}"


def told(event) -> list[int]:
    found = Swot.objects.filter(pk=event.thing_id).first()
    if found is None:
        return []
    return sorted({*people_of(found.scope, platform_day()), *followers(found)})


def facts(event) -> tuple[dict, str]:
    found = Swot.objects.select_related("area").get(pk=event.thing_id)
    return {"title": title(found)}, found.get_absolute_url()


def search_document(pk: int) -> SearchDocument | None:
    found = SwotEntry.objects.select_related("swot").filter(pk=pk, swot__state=Swot.State.APPROVED).first()
    if found is None:
        return None
    return SearchDocument(
        title=found.title.stored(),
        summary=found.text.stored(),
        body={},
        route="benchmarking:swot_entry",
        key=str(found.pk),
        day=found.swot.approved_on,
        facets={"topic": [str(found.topic_id)]},
    )


def of_place(request, region=None, country=None, **subject) -> dict | None:
    code = region.code if region else country.code
    rows = list(selectors.approved(request.user).filter(area__code=code)[:3])
    return {"swots": rows} if rows else None


def is_mechanism(record, entry) -> bool:
    return record.kind == "policy_mechanism"


about = teller(facts)
swots = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("SWOT"),
        title=title,
        address=lambda swot: swot.get_absolute_url(),
        visible=selectors.swots,
        public=True,
        route="benchmarking:swot",
    ),
    Thing(
        label=selectors.ENTRY,
        name=_("Point of a SWOT"),
        title=lambda entry: entry.title,
        address=lambda entry: entry.get_absolute_url(),
        visible=selectors.entries,
        public=True,
        route="benchmarking:swot_entry",
    ),
    KeptSteps(labels=(selectors.ENTRY, selectors.RECORD, selectors.FINDING), steps=selectors.steps),
    Searchable(
        label=selectors.ENTRY,
        name=_("Points of SWOTs"),
        document=search_document,
        every=lambda: SwotEntry.objects.filter(swot__state="approved").values_list("pk", flat=True),
        order=27,
        list_route="benchmarking:swots",
    ),
    TrailKind(
        code="benchmarking.responds_to",
        name=_("responds to"),
        inverse=_("is responded to by"),
        sources=("repository.record",),
        targets=(selectors.ENTRY,),
        right="repository.relate_record",
        fits=is_mechanism,
        order=32,
    ),
    of_fields(selectors.ENTRY, selectors.entries, order=23),
    EventKind(verb="benchmarking.swot_begun", name=_("A SWOT was begun")),
    EventKind(verb="benchmarking.swot_written", name=_("A point of a SWOT was written")),
    EventKind(verb="benchmarking.swot_removed", name=_("A point of a SWOT was removed")),
    EventKind(verb="benchmarking.swot_approved", name=_("A SWOT was approved")),
    EventKind(verb="benchmarking.swot_entry_published", name=_("A point of a SWOT was opened to everybody")),
    NoticeKind(
        code="benchmarking.swot_approved",
        name=_("A SWOT of your group is approved"),
        verb="benchmarking.swot_approved",
        recipients=told,
        content=about(_("Approved: %(title)s"), _("“%(title)s” is approved; everybody can read it.")),
        pace="daily",
    ),
    MenuEntry(place="desk", name=_("SWOT"), route="benchmarking:swot_desk", order=37, right="benchmarking.begin_swot"),
    Panel(place="region.main", order=41, template="benchmarking/panel_swot.html", context=of_place),
    Panel(place="country.main", order=41, template="benchmarking/panel_swot.html", context=of_place),
    PersonalData(
        label=selectors.ENTRY,
        fields=("title", "text", "author"),
        holder="author",
        purpose=_("To say who wrote a point of a SWOT"),
        erasure="unlink",
    ),
    PersonalData(
        label="benchmarking.swotevidence",
        fields=("words", "link"),
        holder="",
        purpose=_("To say what a point of a SWOT stands on"),
        erasure="keep",
    ),
]
