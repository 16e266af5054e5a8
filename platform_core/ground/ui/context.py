"""What the layouts need on every page; nothing is computed before a template asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from . import frames
from .languages import PageLanguage, language_of, language_tag, page_languages
from .menus import MenuItem, active_urlconf, menu

MESSAGES_COOKIE = "messages"


class Shell:
    """Guests are recognised by the missing cookie: their pages never read the session."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = get_language() or settings.LANGUAGE_CODE
        self.prefix = language_of(request.path)

    @property
    def has_session(self) -> bool:
        return settings.SESSION_COOKIE_NAME in self.request.COOKIES

    @property
    def has_messages(self) -> bool:
        return self.has_session or MESSAGES_COOKIE in self.request.COOKIES

    @cached_property
    def person(self) -> Any:
        """The signed-in user, or None."""
        user = self.request.user if self.has_session and hasattr(self.request, "user") else None
        return user if user is not None and user.is_authenticated else None

    @property
    def seen_as(self) -> Any:
        """The person through whose eyes somebody else is looking, or None."""
        return self.person if getattr(self.request, "watcher", None) else None

    def menu(self, place: str) -> tuple[MenuItem, ...]:
        return menu(place, self.request.path, self.person)

    @cached_property
    def person_menu(self) -> tuple[MenuItem, ...]:
        return self.menu("person") if self.person else ()

    @property
    def header(self) -> SafeString:
        own = (self.menu("desk"), self.person_menu) if self.person else None
        frame = frames.shared(active_urlconf(), "header", self.language, self.prefix, self.menu("public"), own)
        if own:
            frame = frame.replace(frames.TOKEN, get_token(self.request))
            frame = frame.replace(frames.PERSON, escape(str(self.person)))
        return self.filled(frame)

    @property
    def footer(self) -> SafeString:
        items = self.menu("footer")
        return self.filled(frames.shared(active_urlconf(), "footer", self.language, self.prefix, items))

    @property
    def languages(self) -> list[PageLanguage]:
        return page_languages(self.request.path, self.request.META.get("QUERY_STRING", ""))

    @property
    def alternates(self) -> SafeString:
        if not self.prefix:
            return SafeString("")
        return SafeString(frames.alternates(self.prefix, settings.SITE_URL).replace(frames.REST, escape(self.rest)))

    @property
    def rest(self) -> str:
        """The path after the language."""
        return self.request.path[len(self.prefix) + 2 :] if self.prefix else ""

    def filled(self, frame: str) -> SafeString:
        query = self.request.META.get("QUERY_STRING", "")
        return SafeString(frame.replace(frames.REST, escape(f"{self.rest}?{query}" if query else self.rest)))

    @property
    def canonical(self) -> str:
        return f"{settings.SITE_URL}{self.request.path}"

    @property
    def home(self) -> str:
        return f"/{self.prefix}/" if self.prefix else "/"


def page(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request), "language_tag": language_tag(get_language() or settings.LANGUAGE_CODE)}
