from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, MenuEntry, Reference, Thing
from platform_core.materials.languages.fields import of_fields

from ..selectors import indicators as selectors
from ..services import indicators as services

indicators = [
    Thing(
        label=selectors.LABEL,
        name=_("Indicator of the programme"),
        title=lambda found: found.name,
        address=lambda found: found.get_absolute_url(),
        visible=selectors.everyones,
        public=True,
        route="monitoring:indicator",
        lookup="code",
    ),
    of_fields(selectors.LABEL, selectors.everyones, order=75),
    EventKind(verb="monitoring.period_set", name=_("The days of a period were set")),
    EventKind(verb="monitoring.indicator_added", name=_("An indicator was added to the programme")),
    EventKind(verb="monitoring.indicator_changed", name=_("The target of an indicator was changed")),
    MenuEntry(
        place="desk", name=_("Programme"), route="monitoring:desk", order=48, right="monitoring.change_programme"
    ),
    Reference(order=95, load=services.load_reference),
    MenuEntry(place="footer", name=_("Programme and its indicators"), route="monitoring:programme", order=28),
]
