"""Addresses for these tests alone: the gallery with and without a language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from platform_core.ground.ui.views import gallery


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def refuse(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=403)


urlpatterns = [
    path("ui/", include("platform_core.ground.ui.urls")),
    path("fail/", fail, name="fail"),
    *i18n_patterns(
        path("topics/", gallery, name="topics"),
        path("topics/finance/", gallery, name="finance"),
    ),
]
