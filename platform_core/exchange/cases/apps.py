from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "platform_core.exchange.cases"
    label = "cases"
    verbose_name = _("Cases")
