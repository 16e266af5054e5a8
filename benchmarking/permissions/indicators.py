from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .data import IMPORTERS, scope

RIGHTS = [
    Right(code="benchmarking.view_indicator", name=_("See an indicator"), who=("audience",)),
    Right(code="benchmarking.add_indicator", name=_("Add an indicator to the catalogue"), who=IMPORTERS, scope=scope),
    Right(code="benchmarking.change_indicator", name=_("Change an indicator"), who=IMPORTERS, scope=scope),
]
