"""Header, footer and language links, drawn once per language, section and menu and shared by all who have these.

`REST` stands where the rest of the page's address belongs, `PERSON` and `TOKEN` where a reader's name and token do.
"""

from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from .languages import language_tag, native_name, page_languages
from .menus import MenuItem

REST, PERSON, TOKEN = "\x00", "\x01", "\x02"
ACTIVE = SafeString(' aria-current="true"')


def language_links(prefix: str) -> SafeString:
    languages = page_languages(f"/{prefix}/{REST}" if prefix else "/")
    lines = ((one.address, one.tag, one.tag, ACTIVE if one.current else "", one.name) for one in languages)
    return format_html_join("", '<li><a href="{}" lang="{}" hreflang="{}"{}>{}</a></li>', lines)


@lru_cache(maxsize=64)
def alternates(prefix: str, site: str) -> SafeString:
    lines = ((one.tag, site, one.address) for one in page_languages(f"/{prefix}/{REST}"))
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}{}">', lines)


Menu = tuple[MenuItem, ...]


def draw(part: str, language: str, prefix: str, menu: Menu, own: tuple[Menu, Menu] | None = None) -> str:
    """`own` are the menus of somebody signed in: her desk's and her account's."""
    values = {
        "home": f"/{prefix}/" if prefix else "/",
        "menu": menu,
        "links": language_links(prefix),
        "language_tag": language_tag(language),
        "language_name": native_name(language),
    }
    if own:
        values |= {"person": PERSON, "csrf_token": TOKEN, "desk_menu": own[0], "person_menu": own[1]}
    return render_to_string(f"layouts/{part}.html", values)


@lru_cache(maxsize=2048)
def kept(urlconf: str, part: str, language: str, prefix: str, menu: Menu, own: tuple[Menu, Menu] | None = None) -> str:
    return draw(part, language, prefix, menu, own)


def shared(
    urlconf: str, part: str, language: str, prefix: str, menu: Menu, own: tuple[Menu, Menu] | None = None
) -> str:
    """Templates change while developing, so nothing is kept then."""
    if settings.DEBUG:
        return draw(part, language, prefix, menu, own)
    return kept(urlconf, part, language, prefix, menu, own)
