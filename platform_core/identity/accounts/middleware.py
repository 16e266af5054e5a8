from django.conf import settings
from django.utils import timezone


class PersonalSettingsMiddleware:
    """Times are shown in the zone of whoever is signed in, else in the platform's; a guest costs no query."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        zone = settings.DISPLAY_TIME_ZONE
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            zone = request.user.time_zone
        with timezone.override(zone):
            return self.get_response(request)
