from django.conf import settings
from django.shortcuts import render

from . import selectors, watching

PRIVATE = ("/account/", "/notices/", "/drafts/", "/members/apply/")


class SeeingAsMiddleware:
    """While the lead partner sees as somebody else, `request.user` is that person and `request.watcher` is she."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or watching.KEY not in request.session:
            return self.get_response(request)
        person = watching.person_seen(request)
        if person is None or not selectors.may_see_as(request.user, person) or request.path.endswith("/see-as/stop/"):
            return self.get_response(request)
        request.watcher, request.user = request.user, person
        if request.method not in ("GET", "HEAD") or is_private(request.path):
            response = render(request, "access/read_only.html", status=403)
        else:
            with watching.read_only():
                response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response


def is_private(path: str) -> bool:
    """What belongs to the person alone: her account, her notices, her drafts."""
    return any(part in path for part in PRIVATE)
