from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import MenuEntry, Reference, Thing
from platform_core.ground.vocabulary.models import Region
from platform_core.ground.vocabulary.selectors import REGION

from . import services

declarations = [
    Thing(
        label=REGION,
        name=_("Region"),
        title=str,
        address=lambda region: reverse("pages:region", args=[region.code]),
        visible=lambda user: Region.objects.all(),
        ends_trails=True,
    ),
    Reference(order=50, load=services.load_reference),
    MenuEntry(place="person", name=_("My home"), route="pages:mine", order=1),
    MenuEntry(place="public", name=_("Topics"), route="pages:topics", order=10),
    MenuEntry(place="footer", name=_("Keywords"), route="pages:keywords", order=35),
    MenuEntry(place="footer", name=_("About the platform"), route="pages:about", order=10),
    MenuEntry(place="footer", name=_("Privacy"), route="pages:privacy", order=20),
    MenuEntry(place="footer", name=_("Accessibility"), route="pages:accessibility", order=30),
    MenuEntry(place="footer", name=_("Programming interface"), route="api:openapi-view", order=40),
]
