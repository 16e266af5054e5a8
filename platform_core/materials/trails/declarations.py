from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind

declarations = [
    EventKind(verb="trails.drawn", name=_("A relation was drawn")),
    EventKind(verb="trails.erased", name=_("A relation was taken away")),
]
