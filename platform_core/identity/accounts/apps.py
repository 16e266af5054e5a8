from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "platform_core.identity.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
