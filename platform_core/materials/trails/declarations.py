from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, JobKind, MenuEntry, Sweep

from . import links
from .permissions import RIGHTS

declarations = [
    *RIGHTS,
    JobKind(
        code="trails.check_links",
        name=_("Asking whether links still lead somewhere"),
        perform="platform_core.materials.trails.links.check",
    ),
    Sweep(code="trails.check_links", perform=links.check_due, minutes=10),
    MenuEntry(place="desk", name=_("Broken links"), route="trails:broken", order=66, right="trails.mend_links"),
    EventKind(verb="trails.drawn", name=_("A relation was drawn")),
    EventKind(verb="trails.erased", name=_("A relation was taken away")),
]
