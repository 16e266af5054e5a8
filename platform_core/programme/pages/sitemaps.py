from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.utils.translation import override

from platform_core.ground.registry.catalogue import declared, thing_kind
from platform_core.ground.registry.kinds import Thing
from platform_core.ground.texts.codes import tag


class ThingSitemap(Sitemap):
    """Everything of one kind that a guest may see, at its address in every language, each naming the others.

    A file holds `limit` things, so that it stays far below the protocol's 50 megabytes. Only those of the page asked for are
    read, where Django would pair every thing with every language first.
    """

    limit = 250

    def __init__(self, label: str) -> None:
        self.label, self.kind = label, thing_kind(label)

    def items(self):
        return self.kind.visible(AnonymousUser()).order_by("pk")

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        root = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        things = self.paginator.page(page).object_list
        return [url for thing in things for url in self.urls_of(thing, root)]

    def urls_of(self, thing, root: str) -> list[dict]:
        places = {code: root + self.place(thing, code) for code, _name in settings.LANGUAGES}
        others = [{"lang_code": tag(code), "location": place} for code, place in places.items()]
        others.append({"lang_code": "x-default", "location": places[settings.LANGUAGE_CODE]})
        changed = getattr(thing, self.kind.changed) if self.kind.changed else None
        return [{"location": place, "lastmod": changed, "alternates": others} for place in places.values()]

    def place(self, thing, language: str) -> str:
        with override(language):
            return self.kind.address(thing)

    def get_latest_lastmod(self):
        changed = self.kind.changed
        return self.items().order_by().aggregate(last=Max(changed))["last"] if changed else None


class LazySitemaps(dict):
    """Filled on first use, since declarations are read only after all apps are. The index names those that hold anything."""

    def items(self):
        sites = [(section, self[section]) for section in sections()]
        return [(section, site) for section, site in sites if site.items().exists()]

    def __contains__(self, section):
        return section in sections()

    def __getitem__(self, section):
        return ThingSitemap(sections()[section])


def sections() -> dict[str, str]:
    """Labels of what is public, by their place in the addresses."""
    return {thing.label.replace(".", "-"): thing.label for thing in declared(Thing) if thing.public}


SITEMAPS = LazySitemaps()
