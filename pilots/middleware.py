from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import reach


class ReachMiddleware:
    """Notices where readers come from and what they do not find, on pages kept for guests too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        used = getattr(response, "used", None)
        if used is not None and request.method == "GET" and response.status_code == 200:
            reach.note(used, request)
        return response
