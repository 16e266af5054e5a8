from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Demonstration, PersonalData, Retention, Sweep

from . import runner, services
from .permissions import RIGHTS

declarations = [
    *RIGHTS,
    Demonstration(order=90, load=runner.finish_demonstration),
    Sweep(code="jobs.recover", perform=services.recover),
    Retention(code="jobs", name=_("Background work that is done"), days=60, purge=services.purge_jobs),
    PersonalData(
        label="jobs.job",
        fields=("asked_by",),
        holder="asked_by",
        purpose=_("To show people the background work they asked for"),
        erasure="delete",
    ),
]
