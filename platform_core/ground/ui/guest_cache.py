"""Whole pages for guests, kept until anything happens on the platform.

Every event moves the generation on, so a page is never older than the last deed. People with a session are never served
from here, and a page that sets a cookie is never kept.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

GENERATION = "guest-pages"
SECONDS = 300
KEPT = ("Content-Type", "Content-Disposition", "Link")


def cached_for_guests(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def cached(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
            return view(request, *args, **kwargs)
        key = key_of(request)
        if (kept := cache.get(key)) is not None:
            content, headers, used = kept
            return vary(marked(HttpResponse(content, headers=headers), used))
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response = response.render()
        if response.status_code == 200 and not response.streaming and not response.cookies:
            headers = {name: response[name] for name in KEPT if name in response}
            cache.set(key, (response.content, headers, getattr(response, "used", None)), SECONDS)
        return vary(response)

    return cached


def marked(response: HttpResponse, used: Any) -> HttpResponse:
    """What a page shows (see `programme/monitoring`) is remembered with it."""
    if used is not None:
        response.used = used  # type: ignore[attr-defined]
    return response


def key_of(request: HttpRequest) -> str:
    """Of one length, whatever the address: caches refuse long keys and control characters."""
    place = f"{get_language()}:{request.get_host()}{request.get_full_path()}"
    return f"{GENERATION}:{generation()}:{sha256(place.encode()).hexdigest()}"


def vary(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    return response


def generation() -> str:
    return cache.get_or_set(GENERATION, fresh, None)


def forget_guest_pages() -> None:
    cache.set(GENERATION, fresh(), None)


def fresh() -> str:
    return uuid4().hex
