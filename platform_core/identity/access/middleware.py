from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import selectors, watching

PRIVATE = (
    "/account/",
    "/notices/",
    "/drafts/",
    "/apply/",
    "/people/",
    "/vote/",
    "/invitations/",
    "/messages/",
    "/outbox/",
)


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


class SecondStepMiddleware:
    """Leads whoever holds a role that needs two-step sign-in to setting it up, before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.REQUIRE_SECOND_STEP or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        if "/account/" in request.path or not selectors.lacks_second_step(request.user):
            return self.get_response(request)
        messages.warning(request, _("Your role needs two-step sign-in. Please set it up; until then the role sleeps."))
        return redirect("mfa_index")


def is_private(path: str) -> bool:
    """What belongs to the person alone: her account, her notices, her drafts."""
    return any(part in path for part in PRIVATE)
