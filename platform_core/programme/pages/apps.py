from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "platform_core.programme.pages"
    label = "pages"
    verbose_name = _("Pages")
