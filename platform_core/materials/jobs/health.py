"""Whether the program lives, and whether it can work: database, cache, storage and a tick not long ago."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable
from health_check.views import HealthCheckView

from .models import SweepRun

LATE = timedelta(minutes=5)


@dataclass
class Tick(HealthCheck):
    """The tick keeps promises such as closing consultations; without it they break in silence.

    Checks run in threads of their own, whose connections nobody else would close.
    """

    def run(self) -> None:
        with connection.temporary_connection():
            ticked = SweepRun.objects.filter(began_at__gt=timezone.now() - LATE).exists()
        if not ticked:
            raise ServiceUnavailable("No tick in the last five minutes.")


READY = ["health_check.Cache", "health_check.Database", "health_check.Storage", Tick]


def live(request):
    return JsonResponse({"status": "alive"})


urlpatterns = [
    path("live", live, name="health_live"),
    path("ready", HealthCheckView.as_view(checks=READY), name="health_ready"),
]
