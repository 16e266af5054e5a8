"""Whole pages for guests, kept until anything happens on the platform.

Every event moves the generation on, so a page is never older than the last deed. People with a session are never served
from here, and a page that sets a cookie is never kept. Pages are looked up before their address is (`middleware`).
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

GENERATION = "guest-pages"
SECONDS = 300


def cached_for_guests(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def offered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.for_guests = True  # type: ignore[attr-defined]
        patch_vary_headers(response, ["Cookie"])
        return response

    return offered


def kept(key: str, language: str) -> HttpResponse | None:
    """The page under a key, with what it shows (see `programme/monitoring`); its language becomes the active one."""
    if (page := cache.get(key)) is None:
        return None
    translation.activate(language)
    content, headers, used = page
    response = HttpResponse(content, headers=headers)
    if used is not None:
        response.used = used  # type: ignore[attr-defined]
    return response


def keep(key: str, response: HttpResponse) -> None:
    is_whole = response.status_code == 200 and not response.streaming and not response.cookies
    if is_whole and getattr(response, "for_guests", False):
        cache.set(key, (response.content, dict(response.items()), getattr(response, "used", None)), SECONDS)


def is_guest(request: HttpRequest) -> bool:
    """Somebody reads who has no session and waits for no message."""
    cookies = request.COOKIES
    return request.method == "GET" and settings.SESSION_COOKIE_NAME not in cookies and "messages" not in cookies


def key_of(request: HttpRequest, language: str) -> str:
    """Of one length, whatever the address: caches refuse long keys and control characters."""
    place = f"{language}:{request.scheme}://{request.get_host()}{request.get_full_path()}"
    return f"{GENERATION}:{generation()}:{sha256(place.encode()).hexdigest()}"


def generation() -> str:
    return cache.get_or_set(GENERATION, fresh, None)


def forget_guest_pages() -> None:
    cache.set(GENERATION, fresh(), None)


def fresh() -> str:
    return uuid4().hex
