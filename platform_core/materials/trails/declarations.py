from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, JobKind, MenuEntry, Panel, Sweep
from platform_core.ground.vocabulary.selectors import REGION

from . import links
from .permissions import RIGHTS


def of_region(request, region, **subject) -> dict:
    return {"label": REGION, "pk": region.pk}


declarations = [
    *RIGHTS,
    JobKind(
        code="trails.check_links",
        name=_("Asking whether links still lead somewhere"),
        perform="platform_core.materials.trails.links.check",
    ),
    Sweep(code="trails.check_links", perform=links.check_due, minutes=10),
    Panel(place="region.main", order=50, template="trails/panel.html", context=of_region),
    MenuEntry(place="desk", name=_("Broken links"), route="trails:broken", order=66, right="trails.mend_links"),
    EventKind(verb="trails.drawn", name=_("A relation was drawn")),
    EventKind(verb="trails.erased", name=_("A relation was taken away")),
]
