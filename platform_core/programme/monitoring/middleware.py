from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import counting


class UsageMiddleware:
    """Counts responses that say what they show (`response.used`), those kept for guests included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        used = getattr(response, "used", None)
        if used is not None and request.method == "GET" and response.status_code == 200:
            counting.note(used, request)
        return response
