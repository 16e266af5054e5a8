from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import MenuEntry, Reference

from . import services

declarations = [
    Reference(order=50, load=services.load_reference),
    MenuEntry(place="person", name=_("My home"), route="pages:mine", order=1),
    MenuEntry(place="public", name=_("Topics"), route="pages:topics", order=10),
    MenuEntry(place="footer", name=_("Keywords"), route="pages:keywords", order=35),
    MenuEntry(place="footer", name=_("About the platform"), route="pages:about", order=10),
    MenuEntry(place="footer", name=_("Privacy"), route="pages:privacy", order=20),
    MenuEntry(place="footer", name=_("Accessibility"), route="pages:accessibility", order=30),
    MenuEntry(place="footer", name=_("Programming interface"), route="api:openapi-view", order=40),
]
