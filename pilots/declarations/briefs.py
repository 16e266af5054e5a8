from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import MenuEntry, Panel


def anywhere(request, region=None, topic=None, **subject) -> dict:
    """The way to a brief, with what the page is about already chosen."""
    return {"region_code": region.code if region else "", "topic_number": topic.number if topic else ""}


PLACES = {"home.main": 30, "topic.main": 30, "region.main": 5, "pilots.index": 10}
briefs = [
    MenuEntry(place="footer", name=_("Brief for my region"), route="pilots:briefs", order=5),
    *(
        Panel(place=place, order=order, template="pilots/panel_brief.html", context=anywhere)
        for place, order in PLACES.items()
    ),
]
