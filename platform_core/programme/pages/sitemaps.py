from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.utils.translation import override

from platform_core.ground.registry.catalogue import declared, thing_kind
from platform_core.ground.registry.kinds import Thing


class ThingSitemap(Sitemap):
    """Everything of one kind that a guest may see, in the source language; pages name their other languages themselves."""

    limit = 50_000  # of one file, by the protocol

    def __init__(self, label: str) -> None:
        self.label = label

    def items(self):
        return thing_kind(self.label).visible(AnonymousUser()).order_by("pk")

    def location(self, item):
        with override(settings.LANGUAGE_CODE):
            return thing_kind(self.label).address(item)


class LazySitemaps(dict):
    """Filled on first use, since declarations are read only after all apps are."""

    def items(self):
        return [(thing.label.replace(".", "-"), ThingSitemap(thing.label)) for thing in declared(Thing) if thing.public]

    def values(self):
        return [site for _section, site in self.items()]

    def __contains__(self, section):
        return section in dict(self.items())

    def __getitem__(self, section):
        return dict(self.items())[section]


SITEMAPS = LazySitemaps()
