from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "platform_core.programme.events"
    label = "events"
    verbose_name = _("Events")
