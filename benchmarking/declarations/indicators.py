from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, Searchable, SearchDocument, Thing
from platform_core.materials.languages.fields import of_fields

from ..models import Indicator
from ..permissions.indicators import RIGHTS
from ..selectors import indicators as selectors


def search_document(pk: int) -> SearchDocument | None:
    found = Indicator.objects.filter(pk=pk).first()
    if found is None:
        return None
    newest = found.held.order_by("-version__imported_at").values_list("version__imported_at", flat=True).first()
    return SearchDocument(
        title=found.name.stored(),
        summary=found.question.stored(),
        body=found.description.stored(),
        route="benchmarking:indicator",
        key=found.code,
        day=(newest or found.added_at).date(),
        facets={"topic": [str(found.group_id)]} if found.group_id else {},
    )


indicators = [
    *RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Indicator"),
        title=lambda indicator: indicator.name,
        address=lambda indicator: indicator.get_absolute_url(),
        visible=selectors.indicators,
        public=True,
        route="benchmarking:indicator",
        lookup="code",
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Indicators"),
        document=search_document,
        every=lambda: Indicator.objects.values_list("pk", flat=True),
        order=40,
        list_route="benchmarking:indicators",
    ),
    of_fields(selectors.LABEL, selectors.indicators, order=30),
    EventKind(verb="benchmarking.indicator_added", name=_("An indicator was added to the catalogue")),
    EventKind(verb="benchmarking.indicator_changed", name=_("An indicator was changed")),
]
