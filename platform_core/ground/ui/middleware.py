import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request
from redis.exceptions import RedisError

from . import guest_cache

NEVER_KEPT = ("/health/", "/api/", "/feeds/", "/static/")
log = logging.getLogger(__name__)


class GuestPagesMiddleware:
    """Hands a guest the page that is kept, without asking anything else; what follows counts it and guards its headers.

    Where the cache does not answer, pages are made without it, and what tells whether it does answers still.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(NEVER_KEPT) or not guest_cache.is_guest(request):
            return self.get_response(request)
        language = get_language_from_request(request, check_path=True)
        try:
            key = guest_cache.key_of(request, language)
            page = guest_cache.kept(key, language)
        except RedisError:
            log.warning("Kept pages cannot be read", exc_info=True)
            return self.get_response(request)
        return page or self.made(request, key)

    def made(self, request: HttpRequest, key: str) -> HttpResponse:
        response = self.get_response(request)
        try:
            guest_cache.keep(key, response)
        except RedisError:
            log.warning("A page cannot be kept", exc_info=True)
        return response


class NothingSentMiddleware:
    """A page instead of an empty answer for who comes to the address of a form's deed, such as after signing in anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.streaming or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page
